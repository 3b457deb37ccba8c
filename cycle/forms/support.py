"""What a producer asks for, and what the office answers."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.support import SUPPORT, SupportKind, SupportMove, SupportState
from cycle.models import SupportRequest
from cycle.services.support import Answer
from ocop_portal.web.forms import NfcForm

MAX_TEXT = 5_000
MAX_MONEY = 10**12


class SupportForm(NfcForm):
    """A request in the producer's own words."""

    kind = forms.ChoiceField(label=_("Cần hỗ trợ về"))
    text = forms.CharField(
        label=_("Nội dung đề nghị"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Việc gì, để làm gì, khi nào cần."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Hãy chọn")), *((k.value, _(k.label)) for k in SupportKind)]


class SupportAnswerForm(NfcForm):
    """The moves that the request allows now, with what each of them needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    move = forms.ChoiceField(label=_("Quyết định"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Trả lời chủ thể"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    provider = forms.CharField(
        label=_("Đơn vị hỗ trợ"),
        required=False,
        max_length=200,
        help_text=_("Bắt buộc khi đồng ý hỗ trợ: ai làm."),
    )
    source = forms.CharField(
        label=_("Nguồn kinh phí"),
        required=False,
        max_length=200,
        help_text=_("Bắt buộc khi đồng ý hỗ trợ: ngân sách, chương trình, tự nguyện…"),
    )
    money = forms.IntegerField(
        label=_("Số tiền (đồng)"), required=False, min_value=0, max_value=MAX_MONEY
    )
    outcome = forms.CharField(
        label=_("Kết quả"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi ghi đã hỗ trợ xong."),
    )

    def __init__(self, *args: Any, asked: SupportRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = SupportState(asked.state)
        choices = [row.move for row in SUPPORT.rows if state in row.sources]
        cast(forms.ChoiceField, self.fields["move"]).choices = [
            (move.value, _(SupportMove(move).label)) for move in choices
        ]
        for name in ("version", "answer", "provider", "source", "money", "outcome"):
            self.fields[name].initial = getattr(asked, name)

    def said(self) -> Answer:
        facts = self.cleaned_data
        return Answer(
            text=facts["answer"],
            provider=facts["provider"],
            source=facts["source"],
            money=facts["money"],
            outcome=facts["outcome"],
        )
