"""Who issues a paper, where and when, who signs: the head and the foot of every document."""

from datetime import date
from typing import Any

from registry.domain.regime import Level
from registry.selectors import UnitNames
from scoring.domain.authorities import authority_name, head_of, place_of, symbol_of
from scoring.models import Decision

NO_NUMBER = "……"
FEBRUARY = 2  # a written 1 or 2 is soon made an 11 or 12; days under ten likewise


def letterhead(decision: Decision, names: UnitNames) -> dict[str, Any]:
    """Who issues, where and when, who signs; by the names of the day of the decision."""
    level = Level(decision.level)
    authority = authority_name(level, names.name(decision.unit))
    return {
        **dated(decision.decided_on, place_of(level, names.short_name(decision.unit))),
        "unit": authority,
        "above": "",
        "authority": authority,
        "signer": decision.signer_name,
        "signer_title": decision.signer_title or head_of(level, ""),
        "number": decision.number or f"{NO_NUMBER}/{symbol_of(level)}",
        "decided_on": shown_day(decision.decided_on),
        "decided_long": long_day(decision.decided_on),
    }


def dated(on: date, place: str) -> dict[str, Any]:
    return {
        "place_and_date": f"{place}, {long_day(on)}",
        "date": [on.year, on.month, on.day],
    }


def long_day(on: date) -> str:
    """The day as a document says it: a zero before days under ten and the first two months."""
    month = f"{on.month:02d}" if on.month <= FEBRUARY else f"{on.month}"
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def shown_day(on: date) -> str:
    return f"{on:%d/%m/%Y}"
