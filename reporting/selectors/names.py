"""The words of the values that tables are made of, and the order of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from promotion.domain.recognition import Turn
from promotion.selectors import catalogue
from registry import selectors as registry
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Level
from registry.models import Unit
from registry.selectors import UnitNames
from reporting.domain.tables import Dimension

TODAY = registry.UnitNames({})
NO_PLACES: Mapping[str, Unit] = MappingProxyType({})
CHOICES = {
    Dimension.KIND: SubjectKind.choices(),
    Dimension.LEVEL: Level.choices(),
    Dimension.TURN: Turn.choices(),
}


@dataclass(frozen=True)
class Names:
    """Groups and provinces by their code."""

    groups: Mapping[str, str]
    provinces: Mapping[str, Unit]
    places: Mapping[str, Unit] = field(default_factory=dict)
    on_the_day: UnitNames = TODAY

    def of(self, dimension: Dimension) -> dict[Any, str]:
        """Value → words, in the order of the rows; years speak for themselves."""
        if dimension is Dimension.GROUP:
            return dict(self.groups)
        if dimension is Dimension.PROVINCE:
            return {code: self.on_the_day.name(unit) for code, unit in self.provinces.items()}
        if dimension is Dimension.REGIME:
            return dict(registry.regime_choices())
        if dimension is Dimension.PLACE:
            return {code: self.on_the_day.name(unit) for code, unit in self.places.items()}
        if dimension in CHOICES:
            return {value: gettext(label) for value, label in CHOICES[dimension]}
        return {}


def names(
    provinces: Mapping[str, Unit],
    places: Mapping[str, Unit] = NO_PLACES,
    *,
    on_the_day: UnitNames = TODAY,
) -> Names:
    """The words of today's taxonomies; provinces and places as they were called on the day."""
    return Names(catalogue.groups(), provinces, places, on_the_day)


def called_on(day: date, *, today: date) -> UnitNames:
    """What units were called on a day that is over; of today nothing is looked up."""
    return registry.names_on(day) if day < today else TODAY
