"""The words of the values that tables are made of, and the order of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from promotion.selectors import catalogue
from registry import selectors as registry
from registry.models import Unit
from reporting.domain.tables import Dimension


@dataclass(frozen=True)
class Names:
    """Groups and provinces by their code."""

    groups: Mapping[str, str]
    provinces: Mapping[str, Unit]

    def of(self, dimension: Dimension) -> dict[Any, str]:
        """Value → words, in the order of the rows; years speak for themselves."""
        if dimension is Dimension.GROUP:
            return dict(self.groups)
        if dimension is Dimension.PROVINCE:
            return {code: unit.name for code, unit in self.provinces.items()}
        if dimension is Dimension.REGIME:
            return dict(registry.regime_choices())
        return {}


def names(provinces: Mapping[str, Unit]) -> Names:
    """The words of today's taxonomies and of these provinces."""
    return Names(catalogue.groups(), provinces)
