"""What is asked about a colleague: a reason, who takes work over, the first password."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.forms import InvitedPersonForm, another_address
from ocop_portal.accounts.models import User
from ocop_portal.web.forms import NfcForm

LONGEST_REASON = 500


class InvitedForm(InvitedPersonForm):
    """Who comes in by an invitation to an office: a name and a password."""


class ReasonForm(NfcForm):
    """Why: the person reads it in the mail, the colleagues in the history."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Người này đọc được lý do trong thư báo; lý do ở lại trong lịch sử."),
    )


class DeactivateForm(ReasonForm):
    """Why, and whether the roles end or sleep."""

    ends = forms.BooleanField(
        label=_("Kết thúc luôn các vai trò"),
        required=False,
        help_text=_(
            "Không chọn thì vai trò tạm nghỉ cùng tài khoản và có lại khi mở lại tài khoản."
        ),
    )


class PersonAddressForm(ReasonForm):
    """The address with which the person is to log in, and why."""

    field_order = ("email", "reason")
    email = forms.EmailField(label=_("Thư điện tử mới"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        return another_address(self.cleaned_data["email"], self.person)


class ColleagueForm(NfcForm):
    """Who takes a piece of work over, out of the people of the reader's area."""

    to = forms.ModelChoiceField(
        label=_("Chuyển cho"), queryset=User.objects.none(), empty_label=_("Chọn đồng nghiệp")
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined] # a model choice
