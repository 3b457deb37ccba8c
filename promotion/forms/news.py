"""What an office is asked for a piece of news."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm, UploadField
from registry.models import Unit


class NewsForm(NfcForm):
    """The text in Vietnamese, in English where there is one, and the version that was read."""

    unit = forms.ModelChoiceField(
        label=_("Cơ quan đăng"), queryset=Unit.objects.none(), empty_label=None
    )
    title_vi = forms.CharField(label=_("Tiêu đề"), max_length=200)
    body_vi = forms.CharField(
        label=_("Nội dung"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Chữ thường, để một dòng trống giữa các đoạn. Địa chỉ web tự thành liên kết."),
    )
    title_en = forms.CharField(label=_("Tiêu đề tiếng Anh"), max_length=200, required=False)
    body_en = forms.CharField(
        label=_("Nội dung tiếng Anh"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, offices: Iterable[Unit] | None = None, **kwargs: Any) -> None:
        """With `offices` a new piece is written for one of them; without, an old one is revised."""
        super().__init__(*args, **kwargs)
        if offices is None:
            del self.fields["unit"]
        else:
            del self.fields["version"]
            chosen = [office.pk for office in offices]
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=chosen)  # type: ignore[attr-defined] # it is a ModelChoiceField


class NewsFileForm(NfcForm):
    """A file with its title."""

    title = forms.CharField(label=_("Tên tài liệu"), max_length=200)
    file = UploadField(label=_("Tệp"))


class NewsReasonForm(NfcForm):
    """Why a piece is withdrawn."""

    reason = forms.CharField(label=_("Lý do gỡ tin"), max_length=300)
