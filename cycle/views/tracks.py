"""The six steps of an enrolment as a track: what is done, what is current, where each leads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from cycle.domain.durations import Typical
from cycle.domain.journey import JourneyMove
from cycle.domain.steps import Step
from cycle.domain.turn import Waiting
from cycle.models import Enrolment, Move
from cycle.selectors import enrolment_waiting_on, typical_days
from registry.domain.clock import legal_day

OPENED_BY = {
    Step.PLAN: JourneyMove.ACCEPT_IDEA,
    Step.IMPLEMENTATION: JourneyMove.ACCEPT_PLAN,
    Step.EVALUATION: JourneyMove.FINISH_IMPLEMENTATION,
    Step.PROMOTION: JourneyMove.OPEN_PROMOTION,
}
PAGES = {
    Step.IDEA: "cycle:idea",
    Step.PLAN: "cycle:plan",
    Step.IMPLEMENTATION: "cycle:implementation",
}


@dataclass(frozen=True)
class TrackStep:
    """One step as the component draws it; `opened_at` for the table below."""

    label: str
    state: str
    url: str
    opened_at: datetime | None
    step: Step


@dataclass(frozen=True)
class StepRow:
    """One step in full: its days, whose turn it is, and how long it usually takes here."""

    label: str
    state: str
    url: str
    opened_on: date | None
    closed_on: date | None
    days: int | None
    waiting: Waiting | None
    typical: Typical | None


def track_of(enrolment: Enrolment) -> list[TrackStep]:
    """The six steps with the day on which each was opened."""
    moves = {move.name: move.at for move in Move.objects.filter(enrolment=enrolment)}
    here = Step(enrolment.step)
    return [
        TrackStep(
            label=step.label,
            state=_state(step, here),
            url=_url(enrolment, step, here),
            opened_at=_opened_at(enrolment, step, moves),
            step=step,
        )
        for step in Step
    ]


def steps_of(enrolment: Enrolment, track: list[TrackStep], on: date) -> list[StepRow]:
    """The steps of the track with their days, as they stand on a day."""
    typical = typical_days(enrolment)
    ended_on = legal_day(enrolment.ended_at) if enrolment.ended_at else None
    rows = []
    for place, each in enumerate(track):
        opened_on = legal_day(each.opened_at) if each.opened_at else None
        following = next((later.opened_at for later in track[place + 1 :] if later.opened_at), None)
        closed_on = legal_day(following) if following and opened_on else None
        until = closed_on or ended_on or on
        is_here = each.state == "current" and enrolment.is_active
        rows.append(
            StepRow(
                label=each.label,
                state=each.state,
                url=each.url,
                opened_on=opened_on,
                closed_on=closed_on,
                days=(until - opened_on).days if opened_on else None,
                waiting=enrolment_waiting_on(enrolment) if is_here else None,
                typical=typical.get(each.step),
            )
        )
    return rows


def _state(step: Step, here: Step) -> str:
    if step.order < here.order:
        return "done"
    return "current" if step is here else "todo"


def _url(enrolment: Enrolment, step: Step, here: Step) -> str:
    if step.order > here.order:
        return ""
    if step is Step.EVALUATION:
        return enrolment.dossier.get_absolute_url() if enrolment.dossier else ""
    # An upgrade or a re-evaluation has no idea and no plan of its own.
    written = {Step.IDEA: "idea", Step.PLAN: "plan", Step.IMPLEMENTATION: "plan"}.get(step)
    if written is None or not hasattr(enrolment, written):
        return ""
    return reverse(PAGES[step], args=[enrolment.pk])


def _opened_at(enrolment: Enrolment, step: Step, moves: dict[str, datetime]) -> datetime | None:
    move = OPENED_BY.get(step)
    if move is not None and (at := moves.get(f"enrolment.{move}")):
        return at
    return enrolment.opened_at if step == _first(enrolment) else None


def _first(enrolment: Enrolment) -> Step:
    return Step.IDEA if hasattr(enrolment, "idea") else Step.EVALUATION
