"""What the portal knows of a period in a place: stars at both ends and between, targets, funnel.

The figures of a day are those of the star statistics (`star_choices.held`); what happened between
is read from the same recognitions, so that the balance of a report adds up.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Q

from cycle.domain.steps import Step
from cycle.models import Move
from cycle.selectors import visible_enrolments
from cycle.selectors.durations import OPENINGS
from ocop_portal.accounts.models import User
from promotion.domain.recognition import Change, Turn
from promotion.domain.stars import RECOGNISED
from promotion.models import Recognition
from promotion.selectors import catalogue, certificates
from registry.domain.clock import LEGAL_ZONE
from registry.models import Unit
from registry.selectors import UnitNames, names_on, standing_of
from reporting.domain.movements import (
    ONE_DAY,
    Balance,
    Decided,
    Event,
    PlaceRow,
    Run,
    balance,
    decided_in,
    events_in,
    place_rows,
)
from reporting.domain.periods import Period
from reporting.domain.targets import Programme, Progress
from reporting.selectors import targets
from reporting.selectors.star_choices import Choice, held
from scoring.domain.certificate_states import CertificateState
from scoring.models import Certificate

STARS = tuple(reversed(RECOGNISED))
SET, UNIT = 0, 1  # the places of a run
Counts = Mapping[Hashable, int]


@dataclass(frozen=True)
class Standing:
    """The products of one day, and the subjects behind them by legal form."""

    by_star: Mapping[int, int]
    by_set: Counts
    by_unit: Counts
    subjects: Mapping[str, int]


@dataclass(frozen=True)
class PeriodFigures:
    """Everything that a report of a period tells; `funnel` only to who may see enrolments."""

    period: Period
    place: Unit | None
    balance: Balance
    decided: Sequence[Decided]
    sets: Sequence[PlaceRow]
    units: Sequence[PlaceRow]
    unit_names: Mapping[int, Unit]
    names: UnitNames  # of the last day
    subjects: tuple[Mapping[str, int], Mapping[str, int]]
    programme: Programme | None
    progress: Sequence[Progress]
    funnel: Mapping[Step, int] | None = None

    @property
    def place_name(self) -> str:
        """What the place was called on the last day; empty for the country."""
        return self.names.name(self.place) if self.place else ""


def figures_of(
    period: Period, *, place: Unit | None, today: date, reader: User | None = None
) -> PeriodFigures:
    """The report of a period for the country, or for one of today's provinces."""
    opening, closing = (_standing(day, place) for day in (period.day_before, period.last))
    runs = _runs(period, place)
    events, decided = events_in(runs, period), decided_in(runs, period)
    sets, units = (_rows(opening, closing, decided, events, at) for at in (SET, UNIT))
    known = Unit.objects.in_bulk([row.value for row in units if row.value])
    programme = targets.programme_on(period.last)
    return PeriodFigures(
        period=period,
        place=place,
        balance=balance(opening.by_star, events, closing.by_star, stars=STARS),
        decided=decided,
        sets=sets,
        units=units,
        unit_names=known,
        names=names_on(period.last),
        subjects=(opening.subjects, closing.subjects),
        programme=programme,
        progress=targets.progress(programme, on=period.last, today=today, province=place)
        if programme
        else (),
        funnel=_funnel(period, place, reader, today) if reader else None,
    )


def _rows(
    opening: Standing,
    closing: Standing,
    decided: Sequence[Decided],
    events: Sequence[Event],
    at: int,
) -> list[PlaceRow]:
    first, last = (
        (opening.by_set, closing.by_set) if at == SET else (opening.by_unit, closing.by_unit)
    )
    return place_rows(first, last, decided=decided, events=events, place=at)


def _standing(day: date, place: Unit | None) -> Standing:
    choice = Choice(on=day, province=place.code if place else "")
    found = held(choice, provinces=catalogue.provinces()).order_by()
    counted = found.values_list("stars", "certificate__product_set__name", _unit(place))
    by_star, by_set, by_unit = Counter[int](), Counter[Hashable](), Counter[Hashable]()
    for star, name, unit, count in counted.annotate(count=Count("pk")):
        by_star[star] += count
        by_set[name] += count
        by_unit[unit] += count
    forms = found.values_list("subject_kind").annotate(count=Count("subject", distinct=True))
    return Standing(by_star, by_set, by_unit, dict(forms))


def _unit(place: Unit | None) -> str:
    """By which units a report counts: the country's provinces, a province's communes."""
    return "commune" if place else "province"


def _runs(period: Period, place: Unit | None) -> list[Run]:
    """The runs that begin in the period or ended just before a day of it, with neighbours."""
    touched = Recognition.objects.filter(
        Q(starts_on__range=(period.first, period.last))
        | Q(ends_on__range=(period.day_before, period.last - ONE_DAY))
    )
    near = Recognition.objects.filter(
        listing__in=touched.order_by().values("listing"),
        ends_on__gte=period.day_before,
        starts_on__lte=period.last,
    )
    if place:
        near = near.filter(province=place)
    rows = list(
        near.order_by("listing", "starts_on").values(
            "listing",
            "stars",
            "starts_on",
            "ends_on",
            "turn",
            "ends_naturally",
            "certificate",
            "certificate__issued_on",
            "certificate__product_set__name",
            _unit(place),
        )
    )
    cut = {row["certificate"] for row in rows if not row["ends_naturally"]}
    changes = certificates.changes_of(list(Certificate.objects.filter(pk__in=cut)))
    found = []
    for _listing, of_product in groupby(rows, key=lambda row: row["listing"]):
        chain: list[dict[str, Any] | None] = [None, *of_product, None]
        for before, row, after in zip(chain, chain[1:], chain[2:], strict=False):
            if row is not None:
                found.append(_run(before, row, after, changes, place))
    return found


def _run(
    before: dict[str, Any] | None,
    row: dict[str, Any],
    after: dict[str, Any] | None,
    changes: Mapping[int, Sequence[Change]],
    place: Unit | None,
) -> Run:
    def next_to(other: dict[str, Any] | None, first: str, last: str) -> int | None:
        """The stars of a neighbour that leaves no day between."""
        if other is None or abs(other[last] - row[first]) != ONE_DAY:
            return None
        return int(other["stars"])

    return Run(
        stars=row["stars"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        turn=Turn(row["turn"] or Turn.FIRST),
        begins_by_decision=row["starts_on"] == row["certificate__issued_on"],
        stars_before=next_to(before, "starts_on", "ends_on"),
        stars_after=next_to(after, "ends_on", "starts_on"),
        ended_by="" if row["ends_naturally"] else _state_after(row, changes),
        places=(row["certificate__product_set__name"], row[_unit(place)]),
    )


def _state_after(row: dict[str, Any], changes: Mapping[int, Sequence[Change]]) -> str:
    """The state that cut a run short."""
    day = row["ends_on"] + ONE_DAY
    states = [each.state for each in changes.get(row["certificate"], ()) if each.on == day]
    return states[-1] if states else CertificateState.REVOKED.value


def _funnel(
    period: Period, place: Unit | None, reader: User, today: date
) -> Mapping[Step, int] | None:
    """Enrolments that came to each step in the period; None where the place is not the reader's."""
    path = place.path if place else "/"
    if not any(path.startswith(each) for each in standing_of(reader, today).paths):
        return None
    begins, ends = (
        datetime.combine(day, time.min, tzinfo=LEGAL_ZONE)
        for day in (period.first, period.last + timedelta(days=1))
    )
    seen = visible_enrolments(reader, today).order_by().values("pk")
    moves = Move.objects.filter(name__in=OPENINGS, at__gte=begins, at__lt=ends, enrolment__in=seen)
    if place:
        moves = moves.filter(enrolment__product__commune__path__startswith=place.path)
    counted = moves.order_by().values_list("to_state")
    reached = dict(counted.annotate(count=Count("enrolment", distinct=True)))
    return {step: reached.get(step.value, 0) for step in Step if step is not Step.GUIDANCE}
