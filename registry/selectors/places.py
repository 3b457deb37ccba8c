"""Units: by place, by name, by succession; and the search that ignores marks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from registry.domain.errors import RuleBroken
from registry.domain.places import COUNTRY_PATH, KINDS
from registry.domain.regime import Division, Level
from registry.domain.text import fold, term
from registry.models import Unit, UnitName, UnitSuccession

Row = TypeVar("Row", bound=Model)
MOST_NAMES = 3


def matching(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The rows whose search text holds every word of `text`, whatever its marks and case."""
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def country() -> Unit:
    return Unit.objects.get(path=COUNTRY_PATH)


def units() -> QuerySet[Unit]:
    """Every unit with those above it, ready to be named in full."""
    return Unit.objects.select_related("parent__parent").order_by("sort_key", "path")


def unit_at(division: Division, code: str) -> Unit:
    """The unit of a code, the one in force before those that have ended; else DoesNotExist."""
    rows = units().filter(division=division, code=code)
    found = rows.order_by(F("valid_to").desc(nulls_first=True), "-pk").first()
    if found is None:
        raise Unit.DoesNotExist(code)
    return found


def provinces(division: Division) -> QuerySet[Unit]:
    return units().filter(division=division, level=Level.PROVINCE)


def children_of(unit: Unit) -> QuerySet[Unit]:
    """The units directly below; of the country, the provinces of both divisions."""
    return units().filter(parent=unit)


def communes_under(unit: Unit) -> QuerySet[Unit]:
    """Every commune at or below a unit."""
    return units().filter(level=Level.COMMUNE, path__startswith=unit.path)


def find_units(
    text: str, *, division: Division | None = None, levels: tuple[Level, ...] = ()
) -> QuerySet[Unit]:
    """Units found by name or code, by a name of before, or by a unit whose land they took over.

    “phuc xuan thai nguyen” finds the commune that Phúc Xuân went into, and the name of a former
    district all communes that came out of it. Those whose own name begins with the text come
    first, those that have ended after those in force.
    """
    folded = fold(text)
    words = folded.split() or [""]
    own, inherited = Q(), Q(new=OuterRef("pk"))
    for word in words:
        own &= Q(search_text__contains=word)
        inherited &= (
            Q(old__search_text__contains=word)
            | Q(new__search_text__contains=word)
            | Q(old__parent__kind__in=_kinds_with(word))
        )
    took_over = UnitSuccession.objects.filter(inherited)
    named = " ".join(word for word in words if not _kinds_with(word)) or folded
    found = units().filter(own | Exists(took_over))
    if division is not None:
        found = found.filter(division=division)
    if levels:
        found = found.filter(level__in=levels)
    return found.annotate(
        nearness=Case(
            When(search_text__startswith=f"{folded} ", then=Value(0)),
            When(search_text__startswith=folded, then=Value(1)),
            When(search_text__contains=folded, then=Value(2)),
            When(own, then=Value(3)),
            When(Exists(took_over.filter(old__search_text__contains=named)), then=Value(4)),
            default=Value(5),
            output_field=IntegerField(),
        )
    ).order_by("nearness", F("valid_to").desc(nulls_first=True), "sort_key", "path")


def predecessors_of(unit: Unit) -> QuerySet[Unit]:
    """The old units whose land, or a part of it, became this unit."""
    return units().filter(successions__new=unit)


def former_units_of(unit: Unit) -> QuerySet[Unit]:
    """Those of them that lay in the division of before 1 July 2025."""
    return predecessors_of(unit).filter(division=Division.THREE_TIER)


def names_of_before(found: Iterable[Unit], text: str) -> dict[int, list[str]]:
    """By unit: the names of before that a search for `text` may have meant, a few of each."""
    words = fold(text).split()
    names: dict[int, list[str]] = defaultdict(list)
    rows = list(found)
    for name in UnitName.objects.filter(unit__in=rows).order_by("-valid_to"):
        if any(word in fold(name.name) for word in words):
            names[name.unit_id].append(name.name)
    pairs = UnitSuccession.objects.filter(new__in=rows).select_related("old__parent", "new")
    for pair in pairs.order_by("old__sort_key", "old__path"):
        above = fold(pair.old.parent.name) if pair.old.parent else ""
        known = f"{pair.old.search_text} {above} {pair.new.search_text}"
        is_meant = not all(word in pair.new.search_text for word in words)
        if is_meant and all(word in known for word in words):
            names[pair.new_id].append(_with_district(pair.old))
    return {key: list(dict.fromkeys(each))[:MOST_NAMES] for key, each in names.items()}


def _kinds_with(word: str) -> list[str]:
    """“huyện”, “thành phố” …: search texts hold only the bare names of the units above."""
    return [kind for kind in KINDS if word in fold(kind).split()]


def _with_district(unit: Unit) -> str:
    parent = unit.parent
    is_in_district = parent is not None and parent.level == Level.DISTRICT
    return f"{unit.name}, {parent.name}" if parent and is_in_district else unit.name


def successors_of(unit: Unit) -> QuerySet[Unit]:
    """The units that took over this one's land."""
    return units().filter(predecessions__old=unit)


def heirs_of(unit: Unit) -> QuerySet[Unit]:
    """Those of its successors that are there today; all of them, however often it went on."""
    return successors_of(unit).filter(division=Division.TWO_TIER, valid_to__isnull=True)


def ended(commune: Unit, on: date) -> RuleBroken | None:
    """That a commune of today's division is no more: since when, and what took it over."""
    is_of_today = commune.division == Division.TWO_TIER
    if not is_of_today or commune.valid_to is None or commune.valid_to >= on:
        return None
    return RuleBroken(
        "commune.ended",
        term("%(commune)s đã kết thúc ngày %(day)s, nay thuộc: %(heirs)s. Hãy chọn đơn vị mới."),
        field="commune",
        commune=commune.name,
        day=f"{commune.valid_to:%d/%m/%Y}",
        heirs=", ".join(heir.name for heir in heirs_of(commune)) or "–",
    )


def below(path: str) -> Q:
    """Rows whose commune, of today or of before, lies at or below a path."""
    if path == COUNTRY_PATH:
        return Q()
    return Q(commune__path__startswith=path) | Q(former_commune__path__startswith=path)
