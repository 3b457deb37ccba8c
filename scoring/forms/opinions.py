"""What an adviser hands in: a sheet with remarks, and three fields on the whole."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.text import nfc

REMARK_PREFIX = "n-"
LONGEST_REMARK = 2000


class OpinionForm(NfcForm):
    """The visit to the place, and what the dossier still lacks."""

    visited_on = forms.DateField(
        label=_("Ngày thẩm tra thực tế"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    visit_note = forms.CharField(
        label=_("Ghi nhận khi thẩm tra thực tế"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    supplements = forms.CharField(
        label=_("Đề nghị bổ sung"),
        help_text=_("Gửi tới chủ tịch và thư ký hội đồng cùng với ý kiến."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def remarks_in(data: Mapping[str, str]) -> dict[str, str]:
    """The remarks that were sent, by criterion; unknown codes are for the rule to refuse."""
    return {
        name.removeprefix(REMARK_PREFIX): nfc(value).strip()[:LONGEST_REMARK]
        for name, value in data.items()
        if name.startswith(REMARK_PREFIX) and value.strip()
    }
