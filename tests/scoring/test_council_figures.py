"""The figures of one council, for who leads it and its office alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from registry.domain.roles import Role
from scoring.domain.complaint_states import ComplaintEffect
from scoring.domain.council_figures import CouncilFigures
from scoring.models import AgendaItem, Council, CouncilMember, Rating, Sheet
from scoring.selectors.council_figures import figures_of
from scoring.services import complaints, sessions
from scoring.services import ratings as ratings_service
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


def test_sheets_lateness_spread_and_complaints_are_counted(log_in: LogIn) -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 76, 80])
    late_sheet = Sheet.objects.order_by("pk")[0]
    assert late_sheet.submitted_at is not None
    late_sheet.submitted_at += timedelta(days=2)
    late_sheet.save()
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    asked = make.complaint(rating, at=make.SIGNING)
    complaints.take(asked, by=officer, at=make.SIGNING)
    complaints.answer(
        asked, effect=ComplaintEffect.RESCORE, text="Chấm lại", by=officer, at=make.SIGNING
    )
    council = Council.objects.get()

    found = figures_of(council)

    assert (found.sessions, found.results, found.sheets) == (1, 1, 3)
    assert (found.late_sheets, found.most_days_late) == (1, 2)
    assert (found.median_spread, found.widest_spread) == (6, 6)
    assert (found.complaints, found.complaints_open, found.complaints_granted) == (1, 0, 1)

    page = reverse("scoring:council-figures", args=[council.pk])
    seats = {
        name: CouncilMember.objects.filter(seat=name)[0].user
        for name in ("chair", "secretary", "member")
    }
    with time_machine.travel(make.SIGNING, tick=False):
        answers = {name: log_in(user).get(page) for name, user in seats.items()}
        office = log_in(officer).get(page)
    assert [answers[name].status_code for name in ("chair", "secretary", "member")] == [
        200,
        200,
        403,
    ]
    assert "muộn nhất 2 ngày" in office.content.decode()
    assert str(seats["member"]) not in office.content.decode().split("<main")[1]


def test_the_figures_of_two_products_are_those_worked_out_by_hand() -> None:
    """Two products in one session; every figure beside what it comes from.

    The first: 61, 75, 73, 74 lie 14 apart; scored once more 72, 73, 74, 77: 5 apart. The second:
    80, 81, 82, 82: 2 apart. Twelve sheets in all, the lower middle of 2 and 5 is 2. Of five
    complaints two were withdrawn: one kept, one granted, one open are left.
    """
    one, two = (make.accepted_dossier(regime="2026") for _ in range(2))
    held = make.room_for(one)
    session = make.opened(held, make.called(held, one, two))
    first, second = AgendaItem.objects.filter(session=session).order_by("order")
    make.scored(first, held.voters, [61, 75, 73, 74])
    sessions.open_ballot(first, reason="Phần B", by=held.chair.user, at=make.MEETING)
    ratings = [
        concluded(held, first, [72, 73, 74, 77]),
        concluded(held, second, [80, 81, 82, 82]),
    ]
    Sheet.objects.filter(item=second, member=held.members[0]).update(
        submitted_at=make.MEETING + timedelta(days=3)
    )
    by = held.officer
    for rating, effect in zip(
        ratings, (ComplaintEffect.KEEP, ComplaintEffect.RESCORE), strict=True
    ):
        complaint = make.complaint(rating, at=make.SIGNING)
        complaints.withdraw(complaint, by=complaint.lodged_by, at=make.SIGNING)
        complaint = make.complaint(rating, at=make.SIGNING)
        complaints.take(complaint, by=by, at=make.SIGNING)
        complaints.answer(complaint, effect=effect, text="Đã xem", by=by, at=make.SIGNING)
    make.complaint(ratings[0], at=make.SIGNING)

    assert figures_of(held.council) == CouncilFigures(
        sessions=1,
        results=2,
        without_result=0,
        sheets=12,
        late_sheets=1,
        most_days_late=3,
        median_spread=2,
        widest_spread=5,
        reconciled=1,
        complaints=3,
        complaints_open=1,
        complaints_granted=1,
    )


def concluded(held: make.Room, item: AgendaItem, totals: list[int]) -> Rating:
    item = make.scored(item, held.voters, totals)
    make.gates_found(item, held.chair.user, open_all=True)
    rating = ratings_service.conclude(item, by=held.chair.user, at=make.MEETING)
    assert rating is not None
    return rating
