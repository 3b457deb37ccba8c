"""Who must act, for every state."""

from datetime import date
from typing import Any

import pytest

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.posts import LEVEL_OF, OFFICER_OF
from cycle.domain.steps import Step
from cycle.domain.tasklist import Task, TaskStatus, is_ready, status_of
from cycle.domain.turn import (
    Party,
    Turn,
    Waiting,
    turn_of_appraisal,
    turn_of_dossier,
    turn_of_step,
    words_for,
)
from registry.domain.regime import Level


@pytest.mark.parametrize(
    ("state", "party"),
    [
        (DossierState.DRAFT, Party.SUBJECT),
        (DossierState.AT_COMMUNE, Party.OFFICE),
        (DossierState.LODGED, Party.OFFICE),
        (DossierState.RETURNED, Party.SUBJECT),
        (DossierState.ACCEPTED, Party.COUNCIL),
        (DossierState.IN_COUNCIL, Party.COUNCIL),
        (DossierState.CONCLUDED, Party.AUTHORITY),
        (DossierState.FORWARDED, Party.OFFICE),
        (DossierState.RECOGNISED, Party.NOBODY),
        (DossierState.NOT_RECOGNISED, Party.NOBODY),
        (DossierState.WITHDRAWN, Party.NOBODY),
    ],
)
def test_every_state_of_a_dossier_waits_for_somebody_or_is_over(
    state: DossierState, party: Party
) -> None:
    turn = turn_of_dossier(state, Level.PROVINCE)

    assert turn.party is party
    assert words_for(turn)


def test_every_state_is_told_at_every_level() -> None:
    for state in DossierState:
        for level in Level:
            turn = turn_of_dossier(state, level)
            at_commune = level is Level.COMMUNE and turn.party in {Party.COUNCIL, Party.AUTHORITY}
            assert at_commune or words_for(turn)


@pytest.mark.parametrize(
    ("state", "party"),
    [
        (AppraisalState.DRAFT, Party.SUBJECT),
        (AppraisalState.SUBMITTED, Party.OFFICE),
        (AppraisalState.RETURNED, Party.SUBJECT),
        (AppraisalState.ACCEPTED, Party.NOBODY),
        (AppraisalState.DECLINED, Party.NOBODY),
    ],
)
def test_an_idea_waits_for_its_writer_or_its_appraiser(state: AppraisalState, party: Party) -> None:
    assert turn_of_appraisal(state, Level.DISTRICT).party is party


def test_the_subject_carries_out_its_plan() -> None:
    assert turn_of_step(Step.IMPLEMENTATION).party is Party.SUBJECT
    assert turn_of_step(Step.PROMOTION).party is Party.NOBODY


def test_a_day_that_has_passed_is_overdue() -> None:
    waiting = Waiting("Xã", date(2026, 6, 1), Turn(Party.OFFICE, Level.COMMUNE))

    assert not waiting.is_overdue(date(2026, 6, 1))
    assert waiting.is_overdue(date(2026, 6, 2))
    assert not Waiting("Xã", None, waiting.turn).is_overdue(date(2026, 6, 2))


def test_every_level_has_its_officer() -> None:
    assert set(OFFICER_OF) == set(Level)
    assert {LEVEL_OF[role] for role in LEVEL_OF} == set(Level)


@pytest.mark.parametrize(
    ("done", "asked", "status"),
    [
        (0, 2, TaskStatus.TODO),
        (1, 2, TaskStatus.STARTED),
        (2, 2, TaskStatus.DONE),
        (0, 0, TaskStatus.DONE),
    ],
)
def test_a_task_has_one_of_few_statuses(done: Any, asked: Any, status: str) -> None:
    assert status_of(done, asked) is status
    assert status.label
    assert status.tone


def test_optional_tasks_do_not_keep_a_dossier_from_its_lodging() -> None:
    required = Task("A", "/a", TaskStatus.DONE)
    optional = Task("B", "/b", TaskStatus.TODO, is_required=False)

    assert is_ready([required, optional])
    assert not is_ready([Task("C", "/c", TaskStatus.TO_MEND), optional])
