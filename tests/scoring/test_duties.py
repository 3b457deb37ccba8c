"""What waits on one person, named before the account is closed and given to a colleague."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry, Notification
from promotion.domain.reports import ReportKind
from promotion.models import MisuseReport
from promotion.services import reports
from registry import duties
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.services import people
from scoring.services import complaints
from tests.conftest import LogIn
from tests.factories import registry, scoring

pytestmark = pytest.mark.django_db
NOW = registry.NOW


@pytest.fixture
def head() -> User:
    return registry.officer(Role.ADMINISTRATOR, registry.country(), "Hạnh")


def test_a_council_that_sits_is_named_before_its_member_goes(head: User, log_in: LogIn) -> None:
    dossier = scoring.accepted_dossier(regime="2026")
    room = scoring.room_for(dossier)
    member = room.members[0].user
    idle = [each.sort for each in duties.waiting_on(member, NOW)]

    session = scoring.called(room, dossier)
    (waits,) = duties.waiting_on(member, NOW)
    page = log_in(head).get(reverse("registry:person-deactivate", args=[member.pk]))

    assert idle == ["scoring.seats"]
    assert (waits.sort, waits.duty.key, waits.can_be_passed) == (
        "scoring.sessions",
        session.pk,
        False,
    )
    assert waits.duty.stops_others
    assert "đang cần người này" in page.content.decode()
    people.deactivate(member, reason="Nghỉ", by=head, at=NOW)
    assert not User.objects.get(pk=member.pk).is_active


def test_a_complaint_goes_to_a_colleague_of_the_office(head: User, log_in: LogIn) -> None:
    rating = scoring.concluded(scoring.accepted_dossier(regime="2026"), [80, 80, 80])
    at = NOW + timedelta(days=2)
    row = scoring.complaint(rating, at=at)
    officer = registry.officer(Role.PROVINCIAL_OFFICER, rating.unit, "Hà")
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, rating.unit, "Hòa")
    outsider = registry.officer(Role.COMMUNE_OFFICER, registry.commune(), "Minh")
    complaints.take(row, by=officer, at=at)
    give: dict[str, Any] = {"sort": "scoring.complaints", "key": row.pk, "by": head, "at": at}

    with pytest.raises(RuleBroken) as refusal:
        people.hand_over(officer, to=outsider, **give)
    log_in(head).post(
        reverse("registry:duty-list", args=[officer.pk]),
        {"duty": f"scoring.complaints:{row.pk}", "to": colleague.pk},
    )

    row.refresh_from_db()
    assert refusal.value.field == "to"
    assert row.owner == colleague
    assert [each.sort for each in duties.waiting_on(officer, at)] == []
    with pytest.raises(RuleBroken):
        people.hand_over(officer, to=colleague, **give)
    entry = Entry.objects.get(kind="registry.duty.passed")
    delivery.fan_out(entry.pk, at=NOW)
    assert {each.recipient for each in Notification.objects.filter(entry=entry)} == {colleague}


def test_who_may_not_close_the_account_hands_nothing_over() -> None:
    officer = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hà")
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hòa")
    row = reported()
    reports.take(row, by=officer, at=NOW)

    with pytest.raises(PermissionDenied):
        reports.hand_over(row, to=colleague, by=colleague, at=NOW)


def test_a_report_goes_to_a_colleague(head: User) -> None:
    officer = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hà")
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hòa")
    row = reported()
    with pytest.raises(RuleBroken):
        reports.hand_over(row, to=colleague, by=head, at=NOW)
    reports.take(row, by=officer, at=NOW)

    people.hand_over(officer, sort="promotion.reports", key=row.pk, to=colleague, by=head, at=NOW)

    row.refresh_from_db()
    assert row.owner == colleague


def test_work_is_not_given_back_to_who_leaves_or_cannot_come_in(head: User) -> None:
    officer = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hà")
    closed = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hòa")
    people.deactivate(closed, reason="x", by=head, at=NOW)
    closed.refresh_from_db()
    row = reported()
    reports.take(row, by=officer, at=NOW)

    for to in (officer, closed):
        with pytest.raises(RuleBroken) as refusal:
            people.hand_over(officer, sort="promotion.reports", key=row.pk, to=to, by=head, at=NOW)
        assert refusal.value.code == "duty.colleague"


def reported() -> MisuseReport:
    return reports.receive(
        kind=ReportKind.OTHER, text="Bao bì in sai", province=registry.province(), at=NOW
    )
