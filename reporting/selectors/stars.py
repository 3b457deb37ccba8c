"""How many products held which star on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from promotion.models import Recognition
from promotion.selectors import recognitions
from registry.models import Unit
from reporting.domain.tables import StarCell


@dataclass(frozen=True)
class Choice:
    """The filters of a star table; empty means any."""

    on: date
    stars: int | None = None
    group: str = ""
    province: str = ""
    regime: str = ""
    year: int | None = None


def held(choice: Choice, *, provinces: Mapping[str, Unit]) -> QuerySet[Recognition]:
    """The recognitions in force on the day that the filters leave."""
    found = recognitions.held(on=choice.on).order_by()
    wanted: dict[str, object] = {
        "stars": choice.stars,
        "group": choice.group,
        "regime": choice.regime,
        "year": choice.year,
    }
    if choice.province:
        unit = provinces.get(choice.province)
        wanted["province"] = unit.pk if unit else 0
    return found.filter(
        **{name: value for name, value in wanted.items() if value not in (None, "")}
    )


def cells(choice: Choice, *, provinces: Mapping[str, Unit]) -> list[StarCell]:
    """The counts from which every table of the page is added up: one query, no joins."""
    codes = {unit.pk: unit.code for unit in provinces.values()}
    rows = (
        held(choice, provinces=provinces)
        .values_list("stars", "group", "province", "regime", "year")
        .annotate(count=Count("pk"))
    )
    return [
        StarCell(stars, group, codes.get(province, ""), regime, year, count)
        for stars, group, province, regime, year, count in rows
    ]


def subjects(choice: Choice, *, provinces: Mapping[str, Unit]) -> int:
    """How many subjects have these products."""
    spread = held(choice, provinces=provinces).aggregate(subjects=Count("subject", distinct=True))
    return int(spread["subjects"])
