"""The officer's list: what is overdue first, the samples that are missing, the day of a return."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cycle import desk
from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.dossier import DossierState
from cycle.domain.samples import CustodyKind
from cycle.models import Dossier
from cycle.selectors import by_day, dossiers, samples_waiting_for
from cycle.services import intake, reminders, samples
from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories.cycle import NOW, TODAY

pytestmark = pytest.mark.django_db
WITHIN_A_WEEK = TODAY + timedelta(days=7)


def officer_of(dossier: Dossier) -> User:
    return cycle.officer_for(dossier.enrolment, Level(dossier.level))


def sent_back(dossier: Dossier, *, due_on: date | None) -> Dossier:
    remarks = {"introduction": Remark(CorrectionReason.INCOMPLETE, "Ghi rõ sản lượng")}
    return intake.return_for_changes(
        dossier, remarks=remarks, due_on=due_on, by=officer_of(dossier), at=NOW
    )


def told(entry: Entry) -> list[User]:
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    return list(notice.recipients(entry))


@pytest.mark.embedded
def test_the_list_begins_with_what_is_overdue() -> None:
    rows = [cycle.lodged_dossier() for _each in range(4)]
    days = [None, TODAY + timedelta(days=9), TODAY - timedelta(days=2), TODAY]
    for row, day in zip(rows, days, strict=True):
        Dossier.objects.filter(pk=row.pk).update(due_on=day)

    assert [row.due_on for row in by_day(dossiers())] == [days[2], days[3], days[1], None]


@pytest.mark.embedded
def test_what_is_over_waits_for_nobody() -> None:
    over, waiting = cycle.lodged_dossier(), cycle.lodged_dossier()
    Dossier.objects.filter(pk=over.pk).update(due_on=TODAY - timedelta(days=9))
    Dossier.objects.filter(pk=waiting.pk).update(due_on=TODAY)
    over.enrolment.ended_at = NOW
    over.enrolment.save()

    assert [row.pk for row in by_day(dossiers())] == [waiting.pk, over.pk]


@pytest.mark.embedded
def test_an_office_sets_the_day_of_a_correction() -> None:
    dossier = sent_back(cycle.lodged_dossier(), due_on=WITHIN_A_WEEK)

    assert (dossier.state, dossier.due_on) == (DossierState.RETURNED, WITHIN_A_WEEK)
    entry = Entry.objects.get(kind="cycle.dossier.returned")
    assert entry.facts["due_day"] == f"{WITHIN_A_WEEK:%d/%m/%Y}"


@pytest.mark.embedded
def test_a_correction_without_a_day_waits_for_none() -> None:
    lodged = cycle.lodged_dossier(regime="2026")
    assert lodged.due_on is not None

    assert sent_back(lodged, due_on=None).due_on is None


@pytest.mark.embedded
def test_a_day_in_the_past_is_refused() -> None:
    with pytest.raises(RuleBroken, match=r"^correction\.due_past: ") as refused:
        sent_back(cycle.lodged_dossier(), due_on=TODAY - timedelta(days=1))

    assert refused.value.field == "due_on"


@pytest.mark.embedded
def test_both_sides_are_reminded_once_of_a_late_correction() -> None:
    dossier = sent_back(cycle.lodged_dossier(), due_on=WITHIN_A_WEEK)

    assert reminders.remind_of_corrections(at=NOW) == 0
    assert reminders.remind_of_corrections(at=NOW + timedelta(days=5)) == 1
    assert reminders.remind_of_corrections(at=NOW + timedelta(days=5)) == 0
    assert reminders.remind_of_corrections(at=NOW + timedelta(days=8)) == 1

    due, late = Entry.objects.filter(kind__startswith="cycle.dossier.correction_").order_by("pk")
    owner, officer = cycle.owner_of(dossier.enrolment), officer_of(dossier)
    assert (due.kind, late.kind) == (reminders.CORRECTION_DUE, reminders.CORRECTION_OVERDUE)
    assert told(due) == [owner]
    assert told(late) == [officer, owner]


def test_the_list_says_the_day_and_the_missing_samples(log_in: LogIn) -> None:
    dossier = cycle.lodged_dossier()
    officer = log_in(officer_of(dossier))
    url = reverse("cycle:dossier-list")
    Dossier.objects.filter(pk=dossier.pk).update(due_on=TODAY - timedelta(days=1))

    with time_machine.travel(NOW, tick=False):
        page = officer.get(url).content.decode()
        late = officer.get(url, {"late": "on"}).context["rows"]
        samples.record(dossier, kind=CustodyKind.RECEIVED, units=5, by=officer_of(dossier), at=NOW)
        complete = officer.get(url).content.decode()

    assert "mới nhận 0/5 mẫu" in page
    assert "quá hạn" in page
    assert [row.pk for row in late] == [dossier.pk]
    assert "mẫu</span>" not in complete


@pytest.mark.embedded
def test_an_office_has_to_fetch_the_samples_of_what_it_took_in() -> None:
    dossier = cycle.accepted_dossier()
    officer = officer_of(dossier)
    title = f"{dossier.code} {dossier.enrolment.product.name}"
    assert list(samples_waiting_for(cycle.owner_of(dossier.enrolment), TODAY)) == []

    assert [(str(each.label), each.title) for each in desk.samples_for(officer, NOW)] == [
        ("Chờ nhận đủ mẫu", title)
    ]
    samples.record(dossier, kind=CustodyKind.RECEIVED, units=5, by=officer, at=NOW)
    assert list(desk.samples_for(officer, NOW)) == []


def test_the_officer_writes_the_day_on_the_page(log_in: LogIn) -> None:
    dossier = cycle.lodged_dossier()
    page = reverse("cycle:intake", args=[dossier.pk])
    posted = {"fix_introduction": "incomplete", "why_introduction": "Ghi rõ sản lượng"}

    with time_machine.travel(NOW, tick=False):
        officer = log_in(officer_of(dossier))
        refused = officer.post(page, {**posted, "due_on": f"{TODAY - timedelta(days=1):%Y-%m-%d}"})
        officer.post(page, {**posted, "due_on": f"{WITHIN_A_WEEK:%Y-%m-%d}"})

    assert "Hạn sửa không thể ở trong quá khứ." in refused.content.decode()
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on) == ("returned", WITHIN_A_WEEK)
