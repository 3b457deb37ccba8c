"""How far the products of a person's area have come: enrolments by step, dossiers by state."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.selectors import visible_dossiers, visible_enrolments
from ocop_portal.accounts.models import User
from registry.selectors import standing_of


@dataclass(frozen=True)
class StepCount:
    """Enrolments whose present step this is: going on, and ended there."""

    step: Step
    going_on: int
    ended: int


@dataclass(frozen=True)
class StateCount:
    state: DossierState
    count: int


@dataclass(frozen=True)
class Pipeline:
    """The counts of a day for what the person may see."""

    on: date
    steps: tuple[StepCount, ...]
    states: tuple[StateCount, ...]

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
    by_state = dict(
        visible_dossiers(user, on)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk", distinct=True))
    )
    return Pipeline(
        on=on,
        steps=tuple(
            StepCount(step, *by_step.get(step.value, (0, 0)))
            for step in Step
            if step is not Step.GUIDANCE
        ),
        states=tuple(StateCount(state, by_state.get(state.value, 0)) for state in DossierState),
    )
