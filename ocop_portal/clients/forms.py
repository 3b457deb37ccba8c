"""Forms of tokens and webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.clients import destinations, feeds
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import kinds
from ocop_portal.web.forms import NfcForm

DAYS = ((30, _("30 ngày")), (90, _("90 ngày")), (365, _("Một năm")))
USUAL_DAYS = 90


class TokenForm(NfcForm):
    """A name to recognise the program by, what it may do, for how long."""

    name = forms.CharField(
        label=_("Tên phần mềm"),
        max_length=80,
        help_text=_("Để bạn nhận ra sau này, ví dụ: Phần mềm truy xuất của tỉnh."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Được làm gì"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Dùng được trong"),
        choices=DAYS,
        coerce=int,
        initial=USUAL_DAYS,
        widget=forms.RadioSelect,
    )

    def chosen_scopes(self) -> list[Scope]:
        return [Scope(value) for value in self.cleaned_data["scopes"]]


class WebhookForm(NfcForm):
    """Where changes are sent, and which kinds; none chosen stands for all."""

    url = forms.CharField(
        label=_("Địa chỉ nhận"),
        max_length=300,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Loại tin"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn loại nào thì nhận mọi loại."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [  # type: ignore[attr-defined] # of a choice field
            (kind, kinds.title_of(kind)) for kind in feeds.kinds()
        ]

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        destinations.check(url)
        return url
