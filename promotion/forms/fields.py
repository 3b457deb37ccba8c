"""Fields that promotion's forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from registry.domain.regime import Division, Level
from registry.domain.text import fold
from registry.models import Unit
from registry.selectors import find_units

MOST_OFFERED = 5
MOST_LOOKED_AT = 60


class CommuneNameField(forms.CharField):
    """A commune of today by its name, with or without marks; the answer is the Unit.

    A name that several places bear is not guessed: the person is shown them and adds the province.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        units = _communes_called(text)
        if not units:
            raise ValidationError(gettext("Không có xã, phường nào tên như vậy hiện nay."))
        exact = [unit for unit in units if _bears(unit, text)]
        if len(exact) == 1:
            return exact[0]
        if len(units) == 1:
            return units[0]
        raise ValidationError(
            gettext("Có nhiều nơi khớp, hãy ghi thêm tên tỉnh: %(places)s.")
            % {"places": "; ".join(unit.long_name for unit in units[:MOST_OFFERED])}
        )

    def clean(self, value: Any) -> Any:
        unit = self.to_python(value)
        if unit is None and self.required:
            raise ValidationError(self.error_messages["required"])
        return unit


def _communes_called(text: str) -> list[Unit]:
    """Communes found by what stands before a comma, and holding every word of the whole."""
    found = find_units(text.partition(",")[0], division=Division.TWO_TIER, levels=(Level.COMMUNE,))
    words = fold(text.replace(",", " ")).split()
    return [
        unit
        for unit in found[:MOST_LOOKED_AT]
        if all(word in f"{fold(unit.long_name)} {unit.search_text}" for word in words)
    ]


def _bears(unit: Unit, text: str) -> bool:
    """Whether the text is the unit's own name, in full or with those above it."""
    return text.strip().casefold() in {unit.name.casefold(), unit.long_name.casefold()}
