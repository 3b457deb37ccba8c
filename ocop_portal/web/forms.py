"""Form bases: every text that comes in is composed (NFC) and free of signs nobody can see."""

import re
import unicodedata
from typing import Any

from django import forms

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


class NfcForm(NfcMixin, forms.Form):
    """A plain form whose texts are composed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compose_fields()


class NfcModelForm(NfcMixin, forms.ModelForm):  # type: ignore[type-arg] # the model is named by each form
    """A model form whose texts are composed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compose_fields()
