"""Finding a place for the star tables by typing a part of its name, of today or of before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from registry.domain.regime import Division, Level
from registry.models import Unit
from registry.selectors import find_units, names_of_before, units
from reporting.selectors.star_choices import UNKNOWN, Choice

ASKED = "noi"
LONGEST = 100
OFFERED = 8
LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
PLACE_WORDS = ("province", "commune", "former", "division")
PASSING = (ASKED, "country", "page")


@dataclass(frozen=True)
class FoundPlace:
    """A place with the names it had before, and the address of its star tables."""

    unit: Unit
    before: list[str]
    url: str


def place_search(request: HttpRequest, choice: Choice) -> Mapping[str, Any]:
    """What was typed, what it found, and the place below a province that is shown now."""
    asked = request.GET.get(ASKED, "")[:LONGEST].strip()
    found = list(_found(asked)[: OFFERED + 1]) if asked else []
    before = names_of_before(found, asked) if found else {}
    return {
        "asked": asked,
        "kept": [pair for pair in _without(request, PASSING).lists() if any(pair[1])],
        "found": [
            FoundPlace(unit, before.get(unit.pk, []), _address(request, _words(unit)))
            for unit in found[:OFFERED]
        ],
        "there_are_more": len(found) > OFFERED,
        "local": _local(choice),
        "without": _address(request, {"country": "1"}),
    }


def _found(asked: str) -> QuerySet[Unit]:
    """Places in force, and all of before July 2025: those of today that ended have no tables."""
    return find_units(asked, levels=LEVELS).exclude(
        division=Division.TWO_TIER, valid_to__isnull=False
    )


def _words(unit: Unit) -> dict[str, str]:
    """The filter of the tables that shows this place."""
    if unit.division == Division.THREE_TIER:
        return {"division": Division.THREE_TIER.value, "former": unit.code}
    province = unit.province
    words = {"province": province.code} if province else {}
    return words | ({"commune": unit.code} if unit.level == Level.COMMUNE else {})


def _local(choice: Choice) -> Unit | None:
    """The place below today's provinces, or of before, that the filter names."""
    if not choice.is_local or choice.former == UNKNOWN:
        return None
    division = Division.TWO_TIER if choice.commune else Division.THREE_TIER
    return units().filter(division=division, code=choice.commune or choice.former).first()


def _without(request: HttpRequest, words: Iterable[str]) -> QueryDict:
    """The other filters, which stay as they are."""
    rest = request.GET.copy()
    for word in words:
        rest.pop(word, None)
    return rest


def _address(request: HttpRequest, words: Mapping[str, str]) -> str:
    rest = _without(request, (*PASSING, *PLACE_WORDS))
    for word, value in words.items():
        rest[word] = value
    return f"{request.path}?{rest.urlencode()}"
