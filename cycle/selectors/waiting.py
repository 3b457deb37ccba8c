"""Who must act, until when; and what waits for a person."""

from datetime import date

from django.db.models import F, Q, QuerySet

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.posts import LEVEL_OF
from cycle.domain.steps import Step
from cycle.domain.turn import (
    Party,
    Turn,
    Waiting,
    turn_of_appraisal,
    turn_of_dossier,
    turn_of_step,
    words_for,
)
from cycle.models import Dossier, Enrolment
from cycle.selectors.dossiers import visible_dossiers
from cycle.selectors.enrolments import visible_enrolments
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, regime, regimes

INTAKE = (DossierState.LODGED, DossierState.FORWARDED)


def unit_above(commune: Unit, level: Level) -> Unit | None:
    """The unit of a level at or above a commune; None for the country, which needs no name."""
    unit: Unit | None = commune
    while unit is not None and unit.level != level:
        unit = None if unit.is_country else unit.parent
    return None if level is Level.CENTRAL else unit


def waiting_on(dossier: Dossier) -> Waiting:
    """Who must act on a dossier, and until when."""
    state = DossierState(dossier.state)
    turn = turn_of_dossier(state, Level(dossier.level))
    until = dossier.due_on
    if state is DossierState.DRAFT:
        until = dossier.enrolment.round.closes_on
    return _said(turn, until, dossier.enrolment)


def enrolment_waiting_on(enrolment: Enrolment) -> Waiting:
    """Who must act on an enrolment, at whichever step it is."""
    if enrolment.ended_at is not None:
        return _said(Turn(Party.NOBODY), None, enrolment)
    if enrolment.step == Step.EVALUATION and (dossier := enrolment.dossier):
        state = DossierState(dossier.state)
        until = enrolment.round.closes_on if state is DossierState.DRAFT else dossier.due_on
        return _said(turn_of_dossier(state, Level(dossier.level)), until, enrolment)
    # Set by the selectors of enrolments; a row that was read otherwise knows no day.
    nearest: date | None = getattr(enrolment, "next_due", None)
    return _said(_turn_before_dossier(enrolment), nearest, enrolment)


def _turn_before_dossier(enrolment: Enrolment) -> Turn:
    idea_level = regime(enrolment.regime).idea_level
    if enrolment.step == Step.IDEA:
        return turn_of_appraisal(AppraisalState(enrolment.idea.state), idea_level)
    if enrolment.step == Step.PLAN:
        return turn_of_appraisal(AppraisalState(enrolment.plan.state), idea_level)
    return turn_of_step(Step(enrolment.step))


def _said(turn: Turn, until: date | None, enrolment: Enrolment) -> Waiting:
    who = words_for(turn)
    if turn.party is Party.SUBJECT:
        who = enrolment.product.subject.name
    elif turn.party is Party.OFFICE and turn.level is not None:
        unit = unit_above(enrolment.commune, turn.level)
        who = unit.name if unit else who
    return Waiting(who=who, until=until, turn=turn)


def dossiers_waiting_for(user: User, on: date) -> QuerySet[Dossier]:
    """Dossiers on which the person has to act, those with the nearest day first."""
    mine = Q(pk__in=[])
    for posting in postings_of(user, on):
        level = LEVEL_OF.get(Role(posting.role))
        if posting.subject_id:
            mine |= Q(
                enrolment__product__subject=posting.subject_id,
                state__in=(DossierState.DRAFT, DossierState.RETURNED),
            )
        elif level is not None and posting.unit is not None:
            states = (DossierState.AT_COMMUNE,) if level is Level.COMMUNE else INTAKE
            mine |= Q(
                enrolment__commune__path__startswith=posting.unit.path,
                level=level,
                state__in=states,
            )
    rows = visible_dossiers(user, on).filter(mine, enrolment__ended_at__isnull=True)
    return rows.order_by(F("due_on").asc(nulls_last=True), "created_at", "id")


def enrolments_waiting_for(user: User, on: date) -> QuerySet[Enrolment]:
    """Enrolments in the steps two to four on which the person has to act.

    Those with the nearest day come first, then the oldest.
    """
    mine = Q(pk__in=[])
    for posting in postings_of(user, on):
        if posting.subject_id:
            mine |= Q(product__subject=posting.subject_id) & _with_subject()
        elif (level := LEVEL_OF.get(Role(posting.role))) and posting.unit is not None:
            codes = [each.code for each in regimes() if each.idea_level == level]
            mine |= (
                Q(commune__path__startswith=posting.unit.path, regime__in=codes) & _with_office()
            )
    rows = visible_enrolments(user, on).filter(mine, ended_at__isnull=True)
    return rows.order_by(F("next_due").asc(nulls_last=True), "opened_at", "id")


def _with_subject() -> Q:
    open_states = (AppraisalState.DRAFT, AppraisalState.RETURNED)
    return (
        Q(step=Step.IDEA, idea__state__in=(*open_states, AppraisalState.PREPARED))
        | Q(step=Step.PLAN, plan__state__in=open_states)
        | Q(step=Step.IMPLEMENTATION)
    )


def _with_office() -> Q:
    submitted = AppraisalState.SUBMITTED
    return Q(step=Step.IDEA, idea__state=submitted) | Q(step=Step.PLAN, plan__state=submitted)
