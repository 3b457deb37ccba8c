"""The six steps of an enrolment as a track: what is done, what is current, where each leads."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cycle.domain.journey import JourneyMove
from cycle.domain.steps import Step
from cycle.models import Enrolment, Move

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
        )
        for step in Step
    ]


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
