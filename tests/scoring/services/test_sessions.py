"""Calling, quorum, spread, reconciliation: the regulation keeps itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Dossier
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from scoring import menu
from scoring.domain.session_states import ItemState, SessionState
from scoring.domain.sheet import SheetState
from scoring.models import AgendaItem, Rating, Session, Sheet
from scoring.services import councils, declarations, ratings, sessions
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def dossier() -> Dossier:
    return make.accepted_dossier(regime="2019")


def test_a_session_is_called_with_two_working_days_of_notice(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    friday = make.NOW
    # Saturday, Sunday and the public holiday of 24 November do not count.
    wednesday = friday + timedelta(days=5)

    with refusal("session.notice"):
        sessions.call(
            held.council,
            dossiers=[dossier],
            starts_at=wednesday - timedelta(days=1),
            place="Phòng họp",
            by=held.officer,
            at=friday,
        )
    session = sessions.call(
        held.council,
        dossiers=[dossier],
        starts_at=wednesday,
        place="Phòng họp",
        by=held.officer,
        at=friday,
    )

    assert session.items.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).state == "in_council"


def test_sheets_are_due_on_the_day_of_the_meeting_or_later(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    day = legal_day(make.MEETING)

    with refusal("session.due_before"):
        make.called(held, dossier, sheets_due_on=day - timedelta(days=1))
    session = make.called(held, dossier, sheets_due_on=day + timedelta(days=2))

    assert session.due_on == day + timedelta(days=2)
    assert Session(starts_at=make.MEETING).due_on == day


def test_the_desk_says_until_when_a_sheet_is_due(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    due = legal_day(make.MEETING) + timedelta(days=2)
    make.opened(held, make.called(held, dossier, sheets_due_on=due))

    tasks = list(menu.tasks(held.members[0].user, make.MEETING))

    assert [(str(task.label), task.due_on) for task in tasks] == [("Phiếu chấm của bạn", due)]


def test_only_accepted_dossiers_of_the_council_are_put_on_its_agenda(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    lodged = make.lodged_dossier(regime="2019")
    elsewhere = make.room(Level.PROVINCE, registry.province())

    with refusal("session.foreign_dossier"):
        make.called(held, lodged)
    with refusal("session.foreign_dossier"):
        make.called(elsewhere, dossier)
    with refusal("session.empty_agenda"):
        make.called(held)
    with refusal("session.dossier_twice"):
        make.called(held, dossier, dossier)
    make.called(held, dossier)
    with refusal("session.foreign_dossier"):
        make.called(held, dossier)


def test_a_council_without_enough_people_or_out_of_office_calls_nobody(dossier: Dossier) -> None:
    small = make.room_for(dossier, members=1)

    with refusal("session.too_few"):
        make.called(small, dossier)


def test_strangers_call_no_session(dossier: Dossier) -> None:
    held = make.room_for(dossier)

    with pytest.raises(PermissionDenied):
        sessions.call(
            held.council,
            dossiers=[dossier],
            starts_at=make.MEETING,
            place="Phòng họp",
            by=held.members[0].user,
            at=make.NOW,
        )


def test_a_session_opens_on_its_day_and_not_before(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.called(held, dossier)

    with refusal("session.too_early"):
        sessions.open_session(session, by=held.secretary.user, at=make.NOW)
    opened = sessions.open_session(session, by=held.secretary.user, at=make.MEETING)
    again = sessions.open_session(session, by=held.secretary.user, at=make.MEETING)

    assert (opened.state, again.version) == (SessionState.OPENED, opened.version)
    assert Entry.objects.filter(kind="scoring.session.opened").count() == 1


def scoring_with(dossier: Dossier, *, members: int, present: int, chair: bool = True) -> AgendaItem:
    """A council of a chair and so many members, of whom so many voters are there and score 80."""
    held = make.room_for(dossier, members=members)
    there = held.voters[:present] if chair else held.members[:present]
    session = make.opened(held, make.called(held, dossier), present=[*there, held.secretary])
    return make.scored(make.item_of(session), there, [80] * len(there))


@pytest.mark.parametrize(
    ("members", "present"),
    [
        (3, 3),  # 3 of 4: exactly 75 %
        (49, 38),  # 38 of 50: 76 %, the first whole person above 75 %
    ],
)
def test_with_three_quarters_of_the_voters_the_council_concludes(
    dossier: Dossier, members: int, present: int
) -> None:
    item = scoring_with(dossier, members=members, present=present)
    chair = item.session.council.members.get(seat="chair").user

    assert ratings.conclude(item, by=chair, at=make.MEETING) is not None


@pytest.mark.parametrize(
    ("members", "present"),
    [
        (3, 2),  # 2 of 4: 50 %
        (49, 37),  # 37 of 50: 74 %
    ],
)
def test_with_fewer_than_three_quarters_of_the_voters_it_does_not(
    dossier: Dossier, members: int, present: int
) -> None:
    item = scoring_with(dossier, members=members, present=present)
    chair = item.session.council.members.get(seat="chair").user

    with refusal("council.no_quorum"):
        ratings.conclude(item, by=chair, at=make.MEETING)
    assert not Rating.objects.exists()


def test_without_the_chair_and_without_a_vice_chair_nobody_concludes(dossier: Dossier) -> None:
    item = scoring_with(dossier, members=5, present=5, chair=False)

    for member in item.session.council.members.select_related("user"):
        with pytest.raises(PermissionDenied):
            ratings.conclude(item, by=member.user, at=make.MEETING)


def test_a_vice_chair_presides_where_the_chair_is_in_conflict(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=3, vice_chairs=1)
    session = make.opened(held, make.called(held, dossier), in_conflict=[held.chair])
    voters = [*held.vice_chairs, *held.members]
    item = make.scored(make.item_of(session), voters, [80, 80, 81, 81])

    with pytest.raises(PermissionDenied):
        ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    rating = ratings.conclude(item, by=held.vice_chairs[0].user, at=make.MEETING)

    assert rating is not None
    assert (rating.points, rating.sheets) == (322, 4)


def test_a_spread_of_ten_is_accepted_and_of_eleven_refused(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=2)
    session = make.opened(held, make.called(held, dossier))
    item = make.scored(make.item_of(session), held.voters, [70, 75, 81])

    with refusal("council.spread_too_wide"):
        ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    with refusal("session.reason"):
        sessions.open_ballot(item, reason=" ", by=held.chair.user, at=make.MEETING)
    sessions.open_ballot(item, reason="Bàn lại phần B", by=held.chair.user, at=make.MEETING)
    item.refresh_from_db()

    assert item.ballot == 2
    assert Sheet.objects.filter(ballot=1, state=SheetState.LOCKED).count() == 3
    assert Entry.objects.filter(kind="scoring.spread.too_wide").count() == 1

    item = make.scored(item, held.voters, [70, 75, 80])
    with refusal("item.needs_spread_too_wide"):
        sessions.open_ballot(item, reason="Thêm lượt", by=held.chair.user, at=make.MEETING)
    rating = ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    assert rating is not None
    assert rating.mean_shown == "75"
    assert Sheet.objects.filter(ballot=1).count() == 3


def test_after_the_last_round_without_an_allowed_spread_the_dossier_returns(
    dossier: Dossier,
) -> None:
    held = make.room_for(dossier, members=2)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    for ballot in (1, 2):
        item = make.scored(item, held.voters, [60, 65, 75])
        sessions.open_ballot(item, reason=f"Lượt {ballot}", by=held.chair.user, at=make.MEETING)
        item = AgendaItem.objects.get(pk=item.pk)
    item = make.scored(item, held.voters, [60, 65, 75])

    with refusal("item.needs_round_left"):
        sessions.open_ballot(item, reason="Lượt nữa", by=held.chair.user, at=make.MEETING)
    result = ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    assert result is None
    assert AgendaItem.objects.get(pk=item.pk).state == ItemState.WITHOUT_RESULT
    assert Dossier.objects.get(pk=dossier.pk).state == "returned"
    assert Sheet.objects.filter(item=item).count() == 9


def test_concluded_twice_is_concluded_once(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.scored(make.item_of(session), held.voters, [80] * 4)

    first = ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    second = ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    assert first == second
    assert Rating.objects.count() == 1
    assert Entry.objects.filter(kind="scoring.rating.concluded").count() == 1
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.LOCKED}


def test_a_cancelled_session_gives_its_dossiers_back(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.called(held, dossier)

    sessions.cancel(session, reason="Bão", by=held.officer, at=make.NOW)
    session.refresh_from_db()

    assert session.state == SessionState.CANCELLED
    assert Dossier.objects.get(pk=dossier.pk).state == "accepted"
    assert make.called(held, dossier).items.count() == 1


def test_a_session_closes_when_nothing_is_left_to_decide(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))

    with refusal("session.needs_nothing_pending"):
        sessions.close(session, by=held.secretary.user, at=make.MEETING)
    item = make.scored(make.item_of(session), held.voters, [80] * 4)
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    closed = sessions.close(session, by=held.secretary.user, at=make.MEETING)

    assert Session.objects.get(pk=closed.pk).state == SessionState.CLOSED


def test_a_conflict_declared_after_the_sheet_was_in_takes_the_sheet_out(dossier: Dossier) -> None:
    held = make.room_for(dossier, members=4)
    session = make.opened(held, make.called(held, dossier))
    item = make.scored(make.item_of(session), held.voters, [70, 70, 70, 70, 79])

    declarations.declare(
        item, has_conflict=True, note="Cổ đông", by=held.members[-1].user, at=make.MEETING
    )
    with refusal("declaration.stays"):
        declarations.declare(item, has_conflict=False, by=held.members[-1].user, at=make.MEETING)
    rating = ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    assert rating is not None
    assert (rating.points, rating.sheets) == (280, 4)


def test_a_member_who_left_office_neither_declares_nor_scores(dossier: Dossier) -> None:
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    gone = held.members[0]

    councils.end_membership(gone, by=held.officer, at=make.MEETING)

    with pytest.raises(PermissionDenied):
        make.submitted(item, gone, 80)
    with pytest.raises(PermissionDenied):
        declarations.declare(item, has_conflict=True, by=gone.user, at=make.MEETING)


def test_who_appoints_councils(dossier: Dossier) -> None:
    unit = make.unit_for(dossier)
    producer = cycle.owner_of(dossier.enrolment)

    with pytest.raises(PermissionDenied):
        councils.appoint(
            name="Hội đồng",
            level=Level.DISTRICT,
            unit=unit,
            decision_number="1/QĐ",
            decided_on=make.TODAY,
            starts_on=make.TODAY,
            by=producer,
            at=make.NOW,
        )
