"""The administrators' form for an edited rubric: typed into the page, or as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm

LARGEST = 400_000


class RubricDocumentForm(NfcForm):
    """The TOML text of one set; a file goes before what stands in the field."""

    document = forms.CharField(
        label=_("Văn bản TOML của bộ tiêu chí"),
        max_length=LARGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )
    upload = forms.FileField(label=_("Hoặc tải tệp .toml lên"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("upload")
        if upload is not None:
            cleaned["document"] = self._text_of(upload)
        if not cleaned.get("document") and not self.errors:
            self.add_error("document", _("Hãy nhập văn bản hoặc chọn tệp."))
        return cleaned

    def _text_of(self, upload: Any) -> str:
        if upload.size > LARGEST:
            self.add_error("upload", _("Tệp quá lớn."))
            return ""
        try:
            return str(upload.read().decode("utf-8"))
        except UnicodeDecodeError:
            self.add_error("upload", _("Tệp không phải văn bản UTF-8."))
            return ""
