"""Form bases: every text that comes in is composed (NFC) and free of signs nobody can see."""

import re
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

# Control characters but tab and line ends, zero-width spaces, marks that turn the direction of
# writing: pasted along from documents, they hide in names and spoil searches and exports. NUL
# stays for Django's own refusal, the joiner for emoji.
_UNSEEN = re.compile(
    "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)


class NfcMixin:
    """Composes the text of every character field before it is validated."""

    fields: dict[str, forms.Field]

    def compose_fields(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.to_python = _composing(field.to_python)  # type: ignore[method-assign] # per field, per form


def _composing(to_python: Any) -> Any:
    def composed(value: Any) -> Any:
        text = to_python(_UNSEEN.sub("", value) if isinstance(value, str) else value)
        return unicodedata.normalize("NFC", text) if isinstance(text, str) else text

    return composed


def _about_uploads() -> str:
    limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    said = _("PDF, JPG, PNG, DOCX hoặc XLSX, tối đa %(limit)s MB.") % {"limit": limit}
    scanned = (
        _("Tệp được quét vi-rút khi tải lên.")
        if settings.CLAMD
        else _("Máy chủ này chưa bật quét vi-rút.")
    )
    return f"{said} {scanned}"


def _most_bytes() -> str:
    return str(settings.MAX_UPLOAD_BYTES)


def _about_too_large() -> str:
    return _("Tệp này quá lớn; tối đa %(limit)s MB. Hãy chọn tệp nhỏ hơn.") % {
        "limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    }


class UploadField(forms.FileField):
    """A document: says what is accepted, and how large, before it is sent.

    The service judges the file, an empty one included; the browser may only warn.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"})
        about = lazy(_about_uploads, str)()
        super().__init__(widget=widget, help_text=about, allow_empty_file=True, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Read when the page is drawn: the limit is a setting, the sentence has a language."""
        return {
            **super().widget_attrs(widget),
            "data-max-bytes": lazy(_most_bytes, str)(),
            "data-too-large": lazy(_about_too_large, str)(),
        }


class NfcForm(NfcMixin, forms.Form):
    """A plain form whose texts are composed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compose_fields()
