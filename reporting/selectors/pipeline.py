"""How far the products of a person's area have come: enrolments by step, dossiers by state."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.domain.turn import Party, turn_of_dossier
from cycle.models import Move
from cycle.selectors import visible_dossiers, visible_enrolments
from cycle.selectors.durations import OPENINGS
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import standing_of
from reporting.domain.spreads import Spread, spreads_of_steps

MOST_MOVES = 20_000  # the latest; a page's cost does not grow with the years
PARTIES = {
    Party.SUBJECT: term("Chủ thể"),
    Party.OFFICE: term("Cơ quan tiếp nhận"),
    Party.COUNCIL: term("Hội đồng"),
    Party.AUTHORITY: term("Người ký quyết định"),
}


@dataclass(frozen=True)
class StepCount:
    """Enrolments whose present step this is: going on, and ended there."""

    step: Step
    going_on: int
    ended: int
    spread: Spread | None = None


@dataclass(frozen=True)
class StateCount:
    state: DossierState
    count: int


@dataclass(frozen=True)
class WaitedFor:
    """How many open dossiers wait for a party."""

    label: str
    count: int


@dataclass(frozen=True)
class Pipeline:
    """The counts of a day for what the person may see."""

    on: date
    steps: tuple[StepCount, ...]
    states: tuple[StateCount, ...]
    waiting: tuple[WaitedFor, ...] = ()

    @property
    def going_on(self) -> int:
        return sum(each.going_on for each in self.steps)

    @property
    def dossiers(self) -> int:
        return sum(each.count for each in self.states)


def has_an_area(user: User, on: date) -> bool:
    """Whether the person has a posting on a unit: figures of one's own subject need no table."""
    return bool(standing_of(user, on).paths)


def pipeline(user: User, *, on: date) -> Pipeline:
    """Every step and every state in its order, zeros included; shields and scope apply."""
    by_step = {
        step: (going_on, ended)
        for step, going_on, ended in visible_enrolments(user, on)
        .order_by()
        .values_list("step")
        .annotate(
            going_on=Count("pk", filter=Q(ended_at__isnull=True), distinct=True),
            ended=Count("pk", filter=Q(ended_at__isnull=False), distinct=True),
        )
    }
    spreads = _spreads(user, on)
    by_state = dict(
        visible_dossiers(user, on)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk", distinct=True))
    )
    return Pipeline(
        on=on,
        steps=tuple(
            StepCount(step, *by_step.get(step.value, (0, 0)), spreads.get(step))
            for step in Step
            if step is not Step.GUIDANCE
        ),
        states=tuple(StateCount(state, by_state.get(state.value, 0)) for state in DossierState),
        waiting=_waiting(user, on),
    )


def _spreads(user: User, on: date) -> Mapping[Step, Spread]:
    """How long each step took in the person's area, of the latest moves; one query."""
    seen = visible_enrolments(user, on).order_by().values("pk")
    moves = Move.objects.filter(name__in=OPENINGS, enrolment__in=seen).order_by("-at", "-id")
    rows = list(moves.values_list("enrolment_id", "at", "id", "to_state")[:MOST_MOVES])
    return spreads_of_steps(
        (passage, Step(to), legal_day(at)) for passage, at, _id, to in sorted(rows)
    )


def _waiting(user: User, on: date) -> tuple[WaitedFor, ...]:
    """Open dossiers by whose turn it is."""
    counts: Counter[Party] = Counter()
    rows = visible_dossiers(user, on).order_by().values_list("state", "level")
    for state, level, count in rows.annotate(count=Count("pk", distinct=True)):
        counts[turn_of_dossier(DossierState(state), Level(level)).party] += count
    return tuple(WaitedFor(label, counts[party]) for party, label in PARTIES.items())
