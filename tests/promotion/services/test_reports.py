"""Reports of misuse: routed, owned, answered within the promised days."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from cycle.selectors import promised_day
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from promotion.domain.answering import AnswerState
from promotion.domain.reports import ReportKind
from promotion.models import MisuseReport
from promotion.selectors.answering import unanswered
from promotion.selectors.reports import report_of_code, visible_reports
from promotion.services import reports
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from scoring.models import Certificate
from tests.factories import cycle, registry
from tests.factories import inspections as visits
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


@pytest.fixture
def held() -> Certificate:
    return make.certificate(registry.product(name="Chè Tân Cương"))


def received(held: Certificate | None, **facts: Any) -> MisuseReport:
    given: dict[str, Any] = {
        "kind": ReportKind.WRONG_STARS,
        "text": "Bao bì in 5 sao ở chợ Đồng Quang",
        "certificate": held,
        "at": NOW,
        **facts,
    }
    return reports.receive(**given)


def test_report_when_it_names_a_certificate_then_its_province_is_told(held: Certificate) -> None:
    officer = visits.officer(held)
    elsewhere = cycle.holder(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Lào Cai", "15"))

    report = received(held, contact="0912 345 678")

    assert report.unit == held.product.commune.province
    assert report.due_on == promised_day("misuse_report", TODAY)
    assert report_of_code(report.shown_code.lower()) == report
    entry = Entry.objects.get(kind="promotion.report.received")
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert set(notice.recipients(entry)) == {officer}
    assert "0912" not in str(entry.facts)
    assert list(unanswered(visible_reports(officer, TODAY))) == [report]
    assert not visible_reports(elsewhere, TODAY).exists()
    assert not visible_reports(registry.person(), TODAY).exists()


def test_report_when_it_names_a_province_then_that_one_is_asked(held: Certificate) -> None:
    there = registry.province("Tỉnh Lào Cai", "15")

    assert received(None, province=there).unit == there
    with pytest.raises(RuleBroken, match=r"report\.place"):
        received(None)
    with pytest.raises(RuleBroken, match=r"report\.text"):
        received(held, text=" ngắn ")
    with pytest.raises(RuleBroken, match="picture"):
        received(held, photo=ContentFile(b"<svg/>", "a.png"))


def test_report_when_taken_and_answered_then_it_has_an_owner_and_one_answer(
    held: Certificate,
) -> None:
    officer = visits.officer(held)
    report = received(held, photo=visits.picture())
    assert report.photo

    taken = reports.take(report, by=officer, at=NOW)
    reports.take(report, by=officer, at=NOW)
    with pytest.raises(RuleBroken, match="needs_answer"):
        reports.answer(report, text=" ", by=officer, at=NOW)
    answered = reports.answer(report, text="Đã lập biên bản.", by=officer, at=NOW)

    assert (taken.status, taken.owner) == (AnswerState.TAKEN, officer)
    assert (answered.status, answered.answer) == (AnswerState.ANSWERED, "Đã lập biên bản.")
    assert Entry.objects.filter(kind="promotion.report.taken").count() == 1
    with pytest.raises(RuleBroken, match="not_from_here"):
        reports.answer(report, text="Khác", by=officer, at=NOW)
    assert not unanswered(visible_reports(officer, TODAY)).exists()


def test_report_when_handled_by_others_then_denied(held: Certificate) -> None:
    report = received(held)
    elsewhere = cycle.holder(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Lào Cai", "15"))

    for person in (elsewhere, cycle.holder(Role.AUTHORITY, held.unit), registry.person()):
        with pytest.raises(PermissionDenied):
            reports.take(report, by=person, at=NOW)
        with pytest.raises(PermissionDenied):
            reports.answer(report, text="x", by=person, at=NOW)


def test_report_when_overdue_then_told_once(held: Certificate) -> None:
    report = received(held)
    last = NOW + (report.due_on - TODAY)

    told = [reports.remind_of_overdue(at=last + timedelta(days=days)) for days in range(-1, 4)]

    assert told == [0, 0, 1, 0, 0]
