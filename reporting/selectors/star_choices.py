"""Which recognitions a star figure counts: the filters of the tables, who held what on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from promotion.models import Recognition
from promotion.selectors import recognitions
from registry.domain.regime import Division
from registry.domain.text import term
from registry.models import Unit
from reporting.domain.tables import Dimension

UNKNOWN = "0"  # the place of products whose place is not known
# Where the values of a dimension stand, in recognitions and tallies alike.
COLUMN_OF = {
    Dimension.GROUP: "group",
    Dimension.REGIME: "regime",
    Dimension.YEAR: "year",
    Dimension.KIND: "subject_kind",
    Dimension.LEVEL: "level",
    Dimension.TURN: "turn",
}


class Validity(StrEnum):
    """Whether a product holds its star on the day, or lost it by expiry and got none since."""

    VALID = "valid"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return _VALIDITIES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(validity.value, validity.label) for validity in cls]


_VALIDITIES = {
    Validity.VALID: term("Còn hiệu lực"),
    Validity.EXPIRED: term("Đã hết hạn, chưa công nhận lại"),
}


@dataclass(frozen=True)
class Choice:
    """The filters of a star table; empty means any.

    `commune` is the code of one of today's; `former` of a province, district or commune of
    before 1 July 2025, and `division` says by which units the tables of places count.
    """

    on: date
    stars: int | None = None
    group: str = ""
    province: str = ""
    regime: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""
    turn: str = ""
    validity: Validity = Validity.VALID
    commune: str = ""
    former: str = ""
    division: Division = Division.TWO_TIER

    @property
    def narrowed(self) -> dict[Dimension, Any]:
        """The values that were chosen of the dimensions besides star and place."""
        values = {dimension: getattr(self, dimension) for dimension in COLUMN_OF}
        return {dimension: value for dimension, value in values.items() if value not in (None, "")}

    @property
    def is_local(self) -> bool:
        """Whether it names a place below today's provinces, or one of before."""
        return bool(self.commune or self.former)


def held(choice: Choice, *, provinces: Mapping[str, Unit]) -> QuerySet[Recognition]:
    """The recognitions of the day that the filters leave; at most one for each product."""
    found = on_day(choice.on, choice.validity).filter(**wanted(choice, provinces))
    if choice.commune:
        commune = Unit.objects.filter(division=Division.TWO_TIER, code=choice.commune)
        found = found.filter(commune__in=commune.values("pk"))
    if choice.former == UNKNOWN:
        found = found.filter(former_unit__isnull=True)
    elif choice.former:
        found = found.filter(_in_former(choice.former))
    return found


def on_day(on: date, validity: Validity) -> QuerySet[Recognition]:
    """What is counted on a day as valid, or as expired with nothing since."""
    if validity is Validity.VALID:
        return recognitions.held(on=on).order_by()
    is_last = Q(next_starts_on__isnull=True) | Q(next_starts_on__gt=on)
    return Recognition.objects.filter(is_last, ends_on__lt=on, ends_naturally=True).order_by()


def wanted(choice: Choice, provinces: Mapping[str, Unit]) -> dict[str, Any]:
    """The plain equalities; the same column names stand in recognitions and tallies."""
    found = {COLUMN_OF[dimension]: value for dimension, value in choice.narrowed.items()}
    return found | by_star_and_province(choice, provinces)


def by_star_and_province(choice: Choice, provinces: Mapping[str, Unit]) -> dict[str, Any]:
    """The star and the province, where they were chosen; an unknown province has nothing."""
    found: dict[str, Any] = {"stars": choice.stars} if choice.stars else {}
    if choice.province:
        unit = provinces.get(choice.province)
        found["province"] = unit.pk if unit else 0
    return found


def _in_former(code: str) -> Q:
    """At or below the units of before July 2025 that bear the code (of any level)."""
    paths = Unit.objects.filter(division=Division.THREE_TIER, code=code)
    below = Q(pk__in=[])
    for path in paths.values_list("path", flat=True):
        below |= Q(former_unit__path__startswith=path)
    return below
