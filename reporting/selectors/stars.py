"""How many products held which star on a day, by everything that a recognition knows.

Today's figures and those of the last year ends come from tallies and margins counted beforehand, a
province at a time; a province that is out of step is counted from the recognitions themselves, so
a figure is never stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet, Sum

from promotion.models import Recognition
from registry.models import Unit
from reporting.domain.star_margins import ALL_STARS, WHOLE
from reporting.domain.tables import COUNTED, Dimension, StarCell
from reporting.models import StarMargin, StarTally
from reporting.selectors import star_counts
from reporting.selectors.star_choices import Choice, held, wanted

COLUMNS = ("stars", "group", "province", "regime", "year", "subject_kind", "level", "turn")
NO_VALUES: dict[str, Any] = {"group": "", "province": "", "regime": "", "year": 0}


@dataclass(frozen=True)
class Figures:
    """For every dimension the cells that its table is added up from, and the subjects behind."""

    cells: Mapping[Dimension, list[StarCell]]
    subjects: int


def figures(choice: Choice, *, provinces: Mapping[str, Unit]) -> Figures:
    """All tables but those of places, and how many subjects have these products."""
    if choice.is_local or choice.narrowed:
        every = cells(choice, provinces=provinces)
        return Figures(dict.fromkeys(COUNTED, every), _subjects(choice, provinces))
    if not choice.province and (found := _of_whole(choice, provinces)):
        return found
    asked = star_counts.scope(choice, provinces)
    in_step = star_counts.in_step([choice.on], asked)[choice.on]
    margins = StarMargin.objects.filter(province__in=in_step, counted_for=choice.on)
    found = _added(choice, provinces, margins)
    if len(in_step) == len(asked):
        return replace(found, subjects=found.subjects + _guests(choice, provinces))
    rest = _rest(choice, provinces, in_step)
    raw = _raw_cells(rest, provinces)
    return Figures(
        {dimension: [*known, *raw] for dimension, known in found.cells.items()},
        found.subjects + _at_home(rest) + _guests(choice, provinces),
    )


def cells(choice: Choice, *, provinces: Mapping[str, Unit]) -> list[StarCell]:
    """The counts by all values at once, from which any table can be added up; no joins."""
    if choice.is_local:
        return _raw_cells(held(choice, provinces=provinces), provinces)
    asked = star_counts.scope(choice, provinces)
    in_step = star_counts.in_step([choice.on], asked)[choice.on]
    tallies = StarTally.objects.filter(
        counted_for=choice.on, validity=choice.validity.value, **wanted(choice, provinces)
    )
    rows = tallies.filter(province__in=in_step).order_by().values_list(*COLUMNS)
    codes = _codes(provinces)
    found = [_cell(row, codes) for row in rows.annotate(count=Sum("products"))]
    if len(in_step) < len(asked):
        found += _raw_cells(_rest(choice, provinces, in_step), provinces)
    return found


def _of_whole(choice: Choice, provinces: Mapping[str, Unit]) -> Figures | None:
    """From the sum of the country where it stands: no adding up, no guests to look for."""
    found = _added(choice, provinces, star_counts.whole(choice.on))
    if found.cells[Dimension.PROVINCE]:
        return found
    return None


def _added(choice: Choice, provinces: Mapping[str, Unit], margins: QuerySet[StarMargin]) -> Figures:
    """The cells of each dimension with that value alone, and the subjects of everything."""
    found = margins.filter(validity=choice.validity.value, dimension__in=(WHOLE, *COUNTED))
    if choice.stars:
        found = found.filter(stars=choice.stars)
    rows = found.order_by().values_list("dimension", "value", "stars", "products", "subjects")
    codes = {str(key): code for key, code in _codes(provinces).items()}
    cells: dict[Dimension, list[StarCell]] = {dimension: [] for dimension in COUNTED}
    subjects = 0
    for name, value, stars, products, makers in rows:
        if name == WHOLE and stars == (choice.stars or ALL_STARS):
            subjects += makers
        elif name != WHOLE and stars != ALL_STARS:
            dimension = Dimension(name)
            cells[dimension].append(_marginal(dimension, value, stars, products, codes))
    return Figures(cells, subjects)


def _marginal(
    dimension: Dimension, value: str, stars: int, count: int, codes: Mapping[str, str]
) -> StarCell:
    """A cell that knows the value of one dimension."""
    typed: Any = value
    if dimension is Dimension.PROVINCE:
        typed = codes.get(value, "")
    elif dimension is Dimension.YEAR:
        typed = int(value)
    return StarCell(stars=stars, count=count, **{**NO_VALUES, dimension.value: typed})


def _subjects(choice: Choice, provinces: Mapping[str, Unit]) -> int:
    """From the margin where one value was chosen at most; else the recognitions alone know."""
    if choice.is_local or len(choice.narrowed) > 1:
        found = held(choice, provinces=provinces)
        return int(found.aggregate(subjects=Count("subject", distinct=True))["subjects"])
    asked = star_counts.scope(choice, provinces)
    in_step = star_counts.in_step([choice.on], asked)[choice.on]
    margin = StarMargin.objects.filter(
        counted_for=choice.on,
        province__in=in_step,
        stars=choice.stars or ALL_STARS,
        **star_counts.margin_of(choice),
    )
    at_home = int(margin.aggregate(subjects=Sum("subjects", default=0))["subjects"])
    if len(in_step) < len(asked):
        at_home += _at_home(_rest(choice, provinces, in_step))
    return at_home + _guests(choice, provinces)


def _at_home(found: QuerySet[Recognition]) -> int:
    """Subjects with products in their own province: each has one, so provinces add up."""
    counted = found.filter(is_away=False).aggregate(subjects=Count("subject", distinct=True))
    return int(counted["subjects"])


def _guests(choice: Choice, provinces: Mapping[str, Unit]) -> int:
    """Subjects whose products lie away from home and who have none of the choice at home."""
    found = held(choice, provinces=provinces)
    guests = set(found.filter(is_away=True).values_list("subject", flat=True))
    if not guests:
        return 0
    at_home = found.filter(is_away=False, subject__in=guests)
    return len(guests.difference(at_home.values_list("subject", flat=True)))


def _rest(
    choice: Choice, provinces: Mapping[str, Unit], in_step: frozenset[int]
) -> QuerySet[Recognition]:
    """What no count in step knows."""
    return held(choice, provinces=provinces).exclude(province__in=in_step)


def _raw_cells(found: QuerySet[Recognition], provinces: Mapping[str, Unit]) -> list[StarCell]:
    codes = _codes(provinces)
    return [_cell(row, codes) for row in star_counts.counted(found, COLUMNS)]


def _cell(row: tuple[Any, ...], codes: Mapping[int, str]) -> StarCell:
    stars, group, province, regime, year, kind, level, turn, count = row
    code = codes.get(province, "")
    return StarCell(stars, group, code, regime, year, count, kind, level, turn)


def _codes(provinces: Mapping[str, Unit]) -> dict[int, str]:
    return {unit.pk: unit.code for unit in provinces.values()}
