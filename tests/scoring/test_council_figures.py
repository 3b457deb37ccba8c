"""The figures of one council, for who leads it and its office alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from registry.domain.roles import Role
from scoring.domain.complaint_states import ComplaintEffect
from scoring.models import Council, CouncilMember, Sheet
from scoring.selectors.council_figures import figures_of
from scoring.services import complaints
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
