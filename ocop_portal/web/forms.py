"""Form bases: every text that comes in is in composed form (NFC)."""

import unicodedata
from typing import Any

from django import forms


class NfcMixin:
    """Composes the text of every character field before it is validated."""

    fields: dict[str, forms.Field]

    def compose_fields(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.to_python = _composing(field.to_python)  # type: ignore[method-assign] # per field, per form


def _composing(to_python: Any) -> Any:
    def composed(value: Any) -> Any:
        text = to_python(value)
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
