"""What programs send: composed text, no field that nobody reads."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class InputSerializer(serializers.Serializer[Any]):
    """Texts are composed (NFC); an unknown field is refused by its name, not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            for name in data:
                if name not in known:
                    sentence = _("Không có trường này; các trường: %(words)s.")
                    told = sentence % {"words": ", ".join(sorted(known))}
                    raise serializers.ValidationError({str(name): [told]})
        return super().to_internal_value(composed(data))


def composed(value: Any) -> Any:
    """The same with every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    if isinstance(value, dict):
        return {key: composed(each) for key, each in value.items()}
    return value
