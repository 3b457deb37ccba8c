"""Re-evaluations: opinions in writing within forty-five days, a meeting only on dissent."""

from datetime import timedelta
from typing import Any

import pytest

from cycle.domain.dossier import DossierState
from cycle.domain.journey import RECOGNISED, EnrolmentKind
from cycle.models import Dossier
from registry.domain.clock import legal_day
from scoring.domain.session_states import ItemState
from scoring.models import Session
from scoring.services import attendance, declarations, ratings, sessions, written_opinions
from tests.factories import cycle
from tests.factories import scoring as make
from tests.refusals import refusal
from tests.scoring.services.test_notices import told

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TODAY = legal_day(make.NOW)


def renewed(regime: str = "2026", kind: EnrolmentKind = EnrolmentKind.RE_EVALUATION) -> Dossier:
    """A recognised product that comes back, received by the council's level."""
    known = frozenset({RECOGNISED}) if kind.needs_recognition else frozenset[str]()
    row = cycle.enrolment(regime=regime, kind=kind, facts=known)
    return make.accepted_dossier(regime=regime, row=row)


def asked(dossier: Dossier, held: make.Room, *, days: int = 20) -> Session:
    """Asked in writing and opened by the secretary; nobody declared a conflict."""
    session = written_opinions.ask(
        held.council,
        dossiers=[dossier],
        due_on=TODAY + timedelta(days=days),
        by=held.officer,
        at=make.NOW,
    )
    for member in held.everybody:
        declarations.declare(make.item_of(session), has_conflict=False, by=member.user, at=make.NOW)
    return sessions.open_session(session, by=held.secretary.user, at=make.NOW)


def scored(session: Session, held: make.Room, totals: list[int]) -> Any:
    item = make.scored(make.item_of(session), held.voters, totals)
    make.gates_found(item, held.chair.user, open_all=True)
    return item


def test_opinions_that_agree_are_a_result_without_a_meeting() -> None:
    dossier = renewed()
    held = make.room_for(dossier)
    session = asked(dossier, held)

    assert session.attendance.count() == len(held.everybody)
    rating = ratings.conclude(
        scored(session, held, [75, 76, 77, 78]), by=held.chair.user, at=make.NOW
    )

    assert rating is not None
    assert (rating.stars, session.is_written) == (4, True)


@pytest.mark.parametrize("totals", [[70, 71, 82, 72], [69, 70, 71, 72]])
def test_opinions_that_differ_meet(totals: list[int]) -> None:
    """Further apart than the regulation allows, or in different bands."""
    dossier = renewed()
    held = make.room_for(dossier)
    item = scored(asked(dossier, held), held, totals)

    with refusal("written.dissent"):
        ratings.conclude(item, by=held.chair.user, at=make.NOW)
    with refusal("item.needs_reason"):
        written_opinions.refer(item, reason=" ", by=held.chair.user, at=make.NOW)
    referred = written_opinions.refer(
        item, reason="Điểm khác nhau", by=held.chair.user, at=make.NOW
    )

    assert referred.status is ItemState.REFERRED
    assert Dossier.objects.get(pk=dossier.pk).state == DossierState.ACCEPTED
    assert held.officer in told("scoring.item.referred")
    met = make.opened(held, make.called(held, dossier))
    again = make.item_of(met)
    assert again.sheets.count() == 0
    assert item.sheets.count() == len(totals)


def test_a_meeting_is_not_called_before_opinions_were_asked_for() -> None:
    dossier = renewed()
    held = make.room_for(dossier)

    with refusal("session.written_first"):
        make.called(held, dossier)
    assert Dossier.objects.get(pk=dossier.pk).state == DossierState.ACCEPTED


@pytest.mark.parametrize("kind", [EnrolmentKind.FIRST, EnrolmentKind.UPGRADE])
def test_only_re_evaluations_are_decided_in_writing(kind: EnrolmentKind) -> None:
    dossier = renewed(kind=kind)
    held = make.room_for(dossier)

    with refusal("written.not_asked"):
        asked(dossier, held)
    assert make.called(held, dossier).is_written is False


def test_a_regime_without_written_opinions_meets() -> None:
    dossier = renewed(regime="2019")
    held = make.room_for(dossier)

    with refusal("written.not_asked"):
        asked(dossier, held)
    assert make.called(held, dossier).items.count() == 1


def test_the_forty_five_days_run_from_the_complete_file() -> None:
    dossier = renewed()
    held = make.room_for(dossier)
    assert dossier.due_on == TODAY + timedelta(days=45)

    for days in (-1, 46):
        with refusal("written.days"):
            asked(dossier, held, days=days)
    session = asked(dossier, held, days=45)

    assert session.due_on == TODAY + timedelta(days=45)
    assert Dossier.objects.get(pk=dossier.pk).due_on == TODAY + timedelta(days=45)


def test_a_member_who_does_not_answer_is_marked_absent_by_the_secretary() -> None:
    dossier = renewed()
    held = make.room_for(dossier)
    session = asked(dossier, held)
    silent = held.members[-1]
    item = make.scored(make.item_of(session), held.voters[:-1], [75, 76, 77])
    attendance.mark_absent(session, silent, by=held.secretary.user, at=make.NOW)
    make.gates_found(item, held.chair.user, open_all=True)

    rating = ratings.conclude(item, by=held.chair.user, at=make.NOW)

    assert rating is not None
    assert rating.sheets == 3


def test_an_upgrade_is_taken_in_at_any_time_of_an_open_round() -> None:
    """No window but the round's own: the day after the recognition is not too early."""
    row = cycle.enrolment(
        regime="2026", kind=EnrolmentKind.UPGRADE, facts=frozenset({RECOGNISED}), at=make.NOW
    )

    assert row.kind == EnrolmentKind.UPGRADE
