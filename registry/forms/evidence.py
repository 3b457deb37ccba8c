"""What is asked of a paper."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm, UploadField
from registry.domain.documents import EvidenceKind


def _day_field() -> forms.DateField:
    return forms.DateField(
        label=_("Có giá trị đến hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Bỏ trống nếu giấy không ghi thời hạn."),
    )


class RenewalForm(NfcForm):
    """The file that takes the place of one that runs out."""

    title = forms.CharField(label=_("Tên minh chứng"), max_length=200)
    file = UploadField(label=_("Tệp mới"))
    valid_until = _day_field()


class EvidenceForm(NfcForm):
    """A file with what it proves."""

    title = forms.CharField(label=_("Tên minh chứng"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"))
    file = UploadField(label=_("Tệp"))
    valid_until = _day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Hãy chọn")), *((k.value, _(k.label)) for k in EvidenceKind)]
