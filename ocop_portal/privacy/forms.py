"""What is asked of a person who asks about personal data, and of who answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.forms import PresentPasswordForm
from ocop_portal.privacy.models import RequestState
from ocop_portal.privacy.requests import LONGEST_TEXT
from ocop_portal.web.forms import NfcForm

APPROVE, REFUSE = "approve", "refuse"


class CorrectionForm(NfcForm):
    """What is wrong and how it should read."""

    text = forms.CharField(
        label=_("Điều cần sửa"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ghi dữ liệu nào sai và phải là gì, ví dụ địa chỉ thư đăng nhập."),
    )


class DeletionForm(PresentPasswordForm):
    """The present password: an open browser alone deletes nobody."""

    field_order = ("text", "present")
    text = forms.CharField(
        label=_("Lý do"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(NfcForm):
    """Yes or no, with words for the person."""

    verdict = forms.ChoiceField(
        label=_("Trả lời"),
        choices=((APPROVE, _("Nhận")), (REFUSE, RequestState.REFUSED.label)),
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Lời nhắn cho người yêu cầu"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không làm được thì ghi lý do và căn cứ, ví dụ dữ liệu phải lưu theo luật."),
    )
