"""What is asked of a paper."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.documents import MAX_FILE_BYTES, EvidenceKind


class EvidenceForm(NfcForm):
    """A file with what it proves."""

    title = forms.CharField(label=_("Tên minh chứng"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"))
    file = forms.FileField(
        label=_("Tệp"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}),
        help_text=_("PDF, JPG, PNG, DOCX hoặc XLSX, tối đa %(limit)s MB.")
        % {"limit": MAX_FILE_BYTES // (1024 * 1024)},
        allow_empty_file=True,  # the service says what is wrong with an empty one
    )
    valid_until = forms.DateField(
        label=_("Có giá trị đến hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Bỏ trống nếu giấy không ghi thời hạn."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Hãy chọn")), *((k.value, _(k.label)) for k in EvidenceKind)]
