"""Before the scoring: relations proposed, readers assigned; and the two rounds around tests."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.roles import Role
from scoring.domain.assignment import Reason
from scoring.domain.relations import RelationKind
from scoring.models import AgendaItem, Assignment, InterestStatement, Rating, Sheet
from scoring.selectors.assignments import assignment_rows, readers_of
from scoring.selectors.boards import board_of
from scoring.selectors.relations import proposed_relations
from scoring.selectors.rounds import two_rounds
from scoring.selectors.sessions import items_of
from scoring.services import assignments, ballots, declarations, ratings, sessions, statements
from tests.factories import registry
from tests.factories import scoring as make
from tests.refusals import refusal
from tests.scoring.services.test_notices import told

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOTHING = {"tax_code": "", "phone": "", "communes": "", "employers": ""}


@pytest.fixture
def dossier() -> Dossier:
    return make.accepted_dossier(regime="2019")


def test_relations_are_proposed_from_account_posting_and_statement(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=4)
    session = make.called(held, dossier)
    subject = dossier.enrolment.product.subject
    by_phone, by_post, by_word, nobody = held.members
    by_phone.user.phone = subject.phone
    by_phone.user.save()
    registry.posting(by_post.user, Role.EDITOR, subject)
    statements.state(
        **{**NOTHING, "communes": dossier.enrolment.commune.name, "employers": subject.name},
        by=by_word.user,
        at=make.NOW,
    )

    found = proposed_relations(list(items_of(session)), held.members)

    assert [(each.member, each.kinds) for each in found] == [
        (by_phone, (RelationKind.PHONE,)),
        (by_post, (RelationKind.POSTING,)),
        (by_word, (RelationKind.EMPLOYER, RelationKind.COMMUNE)),
    ]
    assert nobody not in [each.member for each in found]


def test_a_statement_is_ones_own_and_the_journal_does_not_repeat_it(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    for number in ("0101", "0102"):
        statements.state(**{**NOTHING, "tax_code": number}, by=held.chair.user, at=make.NOW)

    assert InterestStatement.objects.get().tax_code == "0102"
    assert Entry.objects.filter(kind="scoring.interests.stated", facts={}).count() == 2
    with pytest.raises(PermissionDenied):
        statements.state(**NOTHING, by=held.officer, at=make.NOW)


def test_the_proposal_leaves_out_who_has_or_may_have_a_conflict(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=4)
    session = make.called(held, dossier)
    item = make.item_of(session)
    in_conflict, suspected, answered, free = held.members
    declarations.declare(item, has_conflict=True, by=in_conflict.user, at=make.NOW)
    for member in (suspected, answered):
        statements.state(
            **{**NOTHING, "communes": dossier.enrolment.commune.name},
            by=member.user,
            at=make.NOW,
        )
    declarations.declare(item, has_conflict=False, by=answered.user, at=make.NOW)
    declarations.declare(item, has_conflict=False, by=held.chair.user, at=make.NOW)

    (row,) = assignment_rows(session, held.chair.user, make.TODAY, each=3)

    assert [choice.member for choice in row.choices if choice.is_barred] == [in_conflict, suspected]
    assert {choice.member for choice in row.choices if choice.is_chosen} == {
        held.chair,
        answered,
        free,
    }
    assert all(Reason.LOAD in choice.reasons for choice in row.choices if choice.is_chosen)


def test_the_chair_confirms_readers_and_each_of_them_is_told_once(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.called(held, dossier)
    item = make.item_of(session)
    readers = {item.pk: [held.members[0].pk, held.members[1].pk]}
    why = {(item.pk, held.members[0].pk): (Reason.INDUSTRY, Reason.LOAD)}

    for _time in range(2):
        assignments.confirm(session, readers=readers, reasons=why, by=held.chair.user, at=make.NOW)

    assert readers_of(session) == {item.pk: held.members[:2]}
    assert Assignment.objects.get(member=held.members[0]).reasons == ["industry", "load"]
    assert Entry.objects.filter(kind="scoring.dossiers.ready").count() == 2
    assert told("scoring.dossiers.ready") == {held.members[1].user}


def test_readers_are_named_by_the_chair_among_those_who_score_without_a_conflict(
    dossier: Dossier,
) -> None:
    held = make.room_for(dossier)
    session = make.called(held, dossier)
    item = make.item_of(session)
    declarations.declare(item, has_conflict=True, by=held.members[0].user, at=make.NOW)

    def confirm(item_id: int, member_id: int, by: User = held.chair.user) -> None:
        assignments.confirm(session, readers={item_id: [member_id]}, reasons={}, by=by, at=make.NOW)

    with refusal("assignment.conflict"):
        confirm(item.pk, held.members[0].pk)
    with refusal("assignment.not_scorer"):
        confirm(item.pk, held.secretary.pk)
    with refusal("assignment.foreign_item"):
        confirm(item.pk + 1, held.members[1].pk)
    with pytest.raises(PermissionDenied):
        confirm(item.pk, held.members[1].pk, by=held.secretary.user)
    sessions.cancel(session, reason="Bão", by=held.officer, at=make.NOW)
    with refusal("assignment.ended"):
        confirm(item.pk, held.members[1].pk)
    assert not Assignment.objects.exists()


def test_where_the_regulation_scores_twice_the_result_waits_for_the_tests(
    dossier: Dossier,
) -> None:
    held = make.room_for(dossier, members=2, rounds_around_tests=True)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    at = make.MEETING + timedelta(hours=1)
    chair = held.chair.user

    with refusal("council.sheets_missing"):
        ballots.open_after_tests(item, results="Phiếu 12: đạt", by=chair, at=at)
    make.scored(item, held.voters, [70, 74, 79])
    with refusal("ballot.tests_awaited"):
        ratings.conclude(item, by=chair, at=at)
    with refusal("ballot.results"):
        ballots.open_after_tests(item, results=" ", by=chair, at=at)
    with pytest.raises(PermissionDenied):
        ballots.open_after_tests(item, results="Đạt", by=held.secretary.user, at=at)
    ballots.open_after_tests(item, results="Phiếu 12/2026: đạt", by=chair, at=at)
    with refusal("item.needs_tests_awaited"):
        make.scored(item, held.voters, [72, 73, 75])
        ballots.open_after_tests(item, results="Lần nữa", by=chair, at=at)
    item = AgendaItem.objects.get(pk=item.pk)
    found = two_rounds(item, board_of(item))
    rating = ratings.conclude(item, by=chair, at=at)

    assert found is not None
    assert (found.comparison.before.shown(), found.comparison.after.shown()) == ("74,33", "73,33")
    assert [each.change.by for each in found.members] == [2, -1, -4]
    worth = [(each.shift.after.points, each.shift.before.points) for each in found.criteria]
    assert sum(after - before for after, before in worth) == 2 - 1 - 4
    assert all(each.name for each in found.criteria)
    assert rating is not None
    assert rating.mean_shown == "73,33"
    assert Sheet.objects.filter(item=item, ballot=1).count() == 3
    assert Rating.objects.count() == 1


def test_without_two_rounds_in_the_regulation_there_is_none(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=2)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    make.scored(item, held.voters, [70, 74, 79])

    with refusal("item.needs_tests_awaited"):
        ballots.open_after_tests(item, results="Đạt", by=held.chair.user, at=make.MEETING)
    assert two_rounds(item, board_of(item)) is None


def test_each_round_around_the_tests_has_its_own_reconciliation(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=2, rounds_around_tests=True, reconciliation_rounds=1)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    at, chair = make.MEETING, held.chair.user
    make.scored(item, held.voters, [60, 65, 80])
    sessions.open_ballot(item, reason="Chênh", by=chair, at=at)
    make.scored(item, held.voters, [60, 65, 80])
    with refusal("item.needs_round_left"):
        sessions.open_ballot(item, reason="Chênh", by=chair, at=at)
    ballots.open_after_tests(item, results="Đạt", by=chair, at=at)
    make.scored(item, held.voters, [60, 65, 80])
    sessions.open_ballot(item, reason="Chênh", by=chair, at=at)
    make.scored(item, held.voters, [66, 68, 72])

    rating = ratings.conclude(item, by=chair, at=at)

    assert rating is not None
    assert (rating.points, Sheet.objects.count()) == (206, 12)
