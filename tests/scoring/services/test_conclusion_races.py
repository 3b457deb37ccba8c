"""Two browsers at once, really: threads with connections of their own on PostgreSQL."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from scoring.domain.session_states import ItemState
from scoring.domain.sheet import SheetState
from scoring.models import AgendaItem, Ballot, Mark, Rating, Sheet
from scoring.selectors.rechecks import differences
from scoring.selectors.rubrics import rubric_of
from scoring.services import attendance, ratings, sessions, sheets
from tests.factories import scoring as make

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
SECONDS = 60


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Every act in a thread of its own, all let loose together; a refusal is an answer, too."""
    gate = Barrier(len(acts), timeout=SECONDS)

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except (RuleBroken, PermissionDenied) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(SECONDS) for future in [pool.submit(run, act) for act in acts]]


def scored(totals: Sequence[int], **facts: Any) -> tuple[AgendaItem, make.Room]:
    if connection.vendor != "postgresql":
        pytest.fail("races are tested on PostgreSQL: run ./ocop test PATH")
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=3, **facts)
    session = make.opened(held, make.called(held, dossier))
    return make.scored(make.item_of(session), held.voters[: len(totals)], totals), held


def test_concluded_from_six_browsers_at_once_there_is_one_result() -> None:
    item, held = scored([80, 81, 82, 83])

    found = at_once(*[lambda: ratings.conclude(item, by=held.chair.user, at=make.MEETING)] * 6)

    rating = Rating.objects.get()
    assert found == [rating] * 6
    assert (rating.points, rating.sheets) == (326, 4)
    assert Entry.objects.filter(kind="scoring.rating.concluded").count() == 1
    assert list(differences()) == []


def test_a_conclusion_and_the_last_sheet_at_once_leave_one_of_two_whole_outcomes() -> None:
    """Whichever comes first: the result counts all four sheets, or it is refused for the fourth."""
    item, held = scored([80, 81, 82])
    last = held.voters[3]
    choices = make.choices_of_total(rubric_of(item.edition), 83)

    concluded, sheet = at_once(
        lambda: ratings.conclude(item, by=held.chair.user, at=make.MEETING),
        lambda: sheets.submit(item, choices=choices, by=last.user, at=make.MEETING),
    )

    assert isinstance(sheet, Sheet)
    assert Mark.objects.filter(sheet=sheet).count() == len(choices)
    if isinstance(concluded, Rating):
        assert (concluded.points, concluded.sheets) == (326, 4)
        assert Sheet.objects.get(pk=sheet.pk).state == SheetState.LOCKED
    else:
        assert concluded.code == "council.sheets_missing"
        assert Rating.objects.count() == 0
        assert AgendaItem.objects.get(pk=item.pk).state == ItemState.SCORING


def test_a_conclusion_and_a_reopening_at_once_never_count_an_open_sheet() -> None:
    item, held = scored([80, 81, 82, 83])
    sheet = Sheet.objects.get(member=held.members[0])
    chair = held.chair.user

    concluded, reopened = at_once(
        lambda: ratings.conclude(item, by=chair, at=make.MEETING),
        lambda: sheets.reopen(sheet, reason="Xem lại", by=chair, at=make.MEETING),
    )

    sheet.refresh_from_db()
    if isinstance(concluded, Rating):
        assert sheet.state == SheetState.LOCKED
        assert isinstance(reopened, RuleBroken)
        assert concluded.sheets == 4
    else:
        assert sheet.state == SheetState.DRAFT
        assert Rating.objects.count() == 0


def test_a_reconciliation_round_opened_twice_at_once_is_one_round() -> None:
    item, held = scored([60, 65, 70, 80])

    found = at_once(
        *[
            lambda: sessions.open_ballot(
                item, reason="Bàn lại phần B", by=held.chair.user, at=make.MEETING
            )
        ]
        * 4
    )

    assert [isinstance(each, Ballot) for each in found].count(True) == 1
    assert AgendaItem.objects.get(pk=item.pk).ballot == 2
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("absent", [1, 2])
def test_presence_taken_back_while_the_chair_concludes_is_counted_or_refused(absent: int) -> None:
    item, held = scored([80, 81, 82, 83], minimum_members=3)
    leaving = held.members[:absent]
    by = held.secretary.user

    concluded, *_left = at_once(
        lambda: ratings.conclude(item, by=held.chair.user, at=make.MEETING),
        *[
            lambda one=one: attendance.mark_absent(item.session, one, by=by, at=make.MEETING)
            for one in leaving
        ],
    )

    if isinstance(concluded, Rating):
        assert concluded.sheets in range(4 - absent, 5)
        assert concluded.points == sum(row["total"] for row in concluded.counted)
    else:
        assert concluded.code == "council.no_quorum"
