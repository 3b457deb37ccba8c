"""Decisions that an authority signed on paper before the portal; for `past_recognitions`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.models import Unit
from scoring.domain.decision_states import DecisionState
from scoring.models import Certificate, Decision

Key = tuple[int, int, str]  # unit, year, number
Said = tuple[Unit, Level, str, date]  # who decided, at which level, under which number, when


def key_of(unit: Unit, decided_on: date, number: str) -> Key:
    return unit.pk, decided_on.year, number


def enter_many(said: Sequence[Said], *, by: User, at: datetime) -> dict[Key, Decision]:
    """The decisions of these numbers; recorded where the portal holds none yet.

    Refused: a number that is held with another day.
    """
    wanted = {key_of(unit, day, number): (unit, level, day) for unit, level, number, day in said}
    found = _held(wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        new = [_decision(key, *wanted[key], by=by, at=at) for key in missing]
        try:
            with transaction.atomic():
                many_rows.write(new)
        except IntegrityError:  # somebody recorded one of them meanwhile
            return enter_many(said, by=by, at=at)
        journal.record_many(
            "scoring.decision.recorded",
            (
                (each, {"number": each.number, "decided_on": each.decided_on.isoformat()})
                for each in new
            ),
            actor=by,
            at=at,
        )
        found |= {key_of(each.unit, each.decided_on, each.number): each for each in new}
    for unit, _level, number, day in said:
        _check_day(found[key_of(unit, day, number)], day)
    return found


def last_places(decisions: Iterable[int]) -> dict[int, int]:
    """By recorded decision: the place in it that was given last.

    No running number is known from a register: the decision's, and the place in it.
    """
    last = Certificate.objects.filter(decision=OuterRef("pk")).order_by("-pk").values("number")[:1]
    rows = Decision.objects.filter(pk__in=set(decisions), state=DecisionState.RECORDED)
    rows = rows.order_by().annotate(last=Subquery(last))
    places: dict[int, int] = defaultdict(int)
    for pk, number in rows.values_list("pk", "last"):
        if number:
            places[pk] = int(number.rpartition("-")[2])
    return places


def _held(wanted: Iterable[Key]) -> dict[Key, Decision]:
    keys = set(wanted)
    rows = Decision.objects.filter(
        unit__in={unit for unit, _year, _number in keys},
        year__in={year for _unit, year, _number in keys},
        number__in={number for _unit, _year, number in keys},
    )
    held = {(each.unit_id, each.year, each.number): each for each in rows.order_by("pk")}
    return {key: each for key, each in held.items() if key in keys}


def _decision(key: Key, unit: Unit, level: Level, day: date, *, by: User, at: datetime) -> Decision:
    _unit, year, number = key
    return Decision(
        unit=unit,
        year=year,
        number=number,
        level=level,
        decided_on=day,
        title=term("Công nhận sản phẩm OCOP"),
        state=DecisionState.RECORDED,
        drafted_at=at,
        drafted_by=by,
    )


def _check_day(decision: Decision, day: date) -> None:
    if decision.decided_on != day:
        raise RuleBroken(
            "past.other_day",
            term("Quyết định %(number)s đã có trong sổ với ngày %(day)s."),
            field="decided_on",
            number=decision.number,
            day=f"{decision.decided_on:%d/%m/%Y}",
        )
