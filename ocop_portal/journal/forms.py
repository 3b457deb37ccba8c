"""Forms of the outbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.web.forms import NfcForm


def _kinds() -> list[tuple[str, Any]]:
    choices = [
        (notice.kind, kinds.title_of(notice.kind))
        for notice in notices.registered()
        if not notice.essential
    ]
    return [("", _("Mọi loại")), *sorted(choices, key=lambda choice: choice[1])]


class MuteForm(NfcForm):
    """Which mail is kept from going out, and to whom."""

    kind = forms.ChoiceField(label=_("Loại thư"), choices=_kinds, required=False)
    email = forms.EmailField(
        label=_("Chỉ cho người có địa chỉ"),
        required=False,
        help_text=_("Để trống thì tắt cho mọi người."),
    )

    def clean_email(self) -> User | None:
        """The person of the address; an unknown one is refused (only managers come here)."""
        address = str(self.cleaned_data["email"]).lower()
        if not address:
            return None
        person = User.objects.filter(email=address).first()
        if person is None:
            raise forms.ValidationError(_("Không có tài khoản nào dùng địa chỉ này."))
        return person
