"""A province's report from the request to its receipt."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry
from promotion.models import Recognition
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.selectors import has_role
from reporting.domain.figures import as_values, tables_from
from reporting.domain.periods import Period
from reporting.domain.report_states import ReportState, RequestKind
from reporting.models import ProvinceReport, ReportSending
from reporting.selectors.report_figures import figures_for, told_period
from reporting.services import province_reports, report_requests
from tests.factories import programme as make
from tests.factories import promotion, registry
from tests.factories.registry import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def words(row: ProvinceReport, by: User) -> ProvinceReport:
    return province_reports.write(row, make.WORDS, version=row.version, by=by, at=NOW)


def kinds() -> list[str]:
    rows = Entry.objects.filter(kind__startswith="reporting.re").order_by("id")
    return [kind.rpartition(".")[2] for kind in rows.values_list("kind", flat=True)]


def test_request_asks_each_province_once_and_tells_it(central_officer: User) -> None:
    near, far = registry.province(), registry.province("Tỉnh Tuyên Quang", "08")

    asked = make.request(near, far, by=central_officer)

    assert {row.unit for row in asked.reports.all()} == {near, far}
    assert {row.status for row in asked.reports.all()} == {ReportState.ASKED}
    assert kinds() == ["opened", "asked", "asked"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": " "}, "request.title"),
        ({"due_on": TODAY - timedelta(days=1)}, "request.due"),
        ({"period": Period(make.PERIOD.last, make.PERIOD.first)}, "period.order"),
    ],
)
def test_request_that_cannot_be_answered_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.request(**facts)

    assert refusal.value.code == code
    assert not ProvinceReport.objects.exists()


def test_request_to_nobody_or_to_no_province_is_refused(central_officer: User) -> None:
    for units, code in (([], "request.nobody"), ([registry.commune()], "request.unit")):
        with pytest.raises(RuleBroken) as refusal:
            report_requests.open_request(
                title="X",
                kind=RequestKind.AD_HOC,
                period=make.PERIOD,
                due_on=make.DUE,
                units=units,
                by=central_officer,
                at=NOW,
            )
        assert refusal.value.code == code


def test_only_the_centre_asks(provincial_officer: User) -> None:
    assert has_role(provincial_officer, Role.PROVINCIAL_OFFICER, on=TODAY)
    with pytest.raises(PermissionDenied):
        make.request(by=provincial_officer)


def test_report_goes_to_the_centre_comes_back_goes_again_and_is_received(
    provincial_officer: User, central_officer: User
) -> None:
    row = words(make.report(by=central_officer), provincial_officer)
    first = province_reports.send(row, version=row.version, by=provincial_officer, at=NOW)
    row.refresh_from_db()
    back = province_reports.return_to_province(
        row, reason="Thiếu kinh phí.", by=central_officer, at=NOW
    )
    state, reason = back.status, back.reason
    second = province_reports.send(back, version=back.version, by=provincial_officer, at=NOW)
    row.refresh_from_db()
    done = province_reports.receive(row, by=central_officer, at=NOW)

    assert (state, reason) == (ReportState.RETURNED, "Thiếu kinh phí.")
    assert done.status is ReportState.RECEIVED
    assert done.reason == ""
    assert (first.number, second.number) == (1, 2)
    assert kinds() == ["opened", "asked", "written", "sent", "returned", "sent", "received"]


def test_what_was_sent_stays_when_stars_are_lost_later(
    provincial_officer: User, central_officer: User
) -> None:
    held = promotion.listing()
    row = make.report(by=central_officer)

    sending = make.sent(row, by=provincial_officer)
    promotion.change(held.certificate, "revoked")
    sending.refresh_from_db()

    balance = next(each for each in tables_from(sending.figures) if each.code == "balance")
    assert balance.rows[1] == ("+ Công nhận lần đầu", 0, 0, 1, 1)
    assert sending.as_of == make.PERIOD.last
    assert sending.words == make.WORDS
    assert province_reports.hash_of(sending) == sending.sha256
    assert Recognition.objects.get().ends_on < TODAY


def test_what_was_sent_can_be_counted_again(
    provincial_officer: User, central_officer: User
) -> None:
    promotion.listing()
    make.approved(make.plan(by=provincial_officer), by=provincial_officer)
    make.spent(by=provincial_officer)
    sending = make.sent(make.report(by=central_officer), by=provincial_officer)

    again = figures_for(
        sending.report.unit,
        Period(sending.first, sending.as_of),
        today=TODAY,
        reader=provincial_officer,
    )

    assert as_values(again) == sending.figures
    assert [table.code for table in again][-2:] == ["funds_sources", "funds_projects"]
    money = {row[0]: row[1:] for row in again[-2].rows}
    assert money["Ngân sách địa phương"] == (500_000_000, 120_000_000, "24,0")
    assert money["Cộng"] == (1_500_000_000, 120_000_000, "8,0")


def test_hash_finds_a_changed_figure(provincial_officer: User) -> None:
    sending = make.sent(by=provincial_officer)

    sending.figures[0]["rows"][0][1] = 99

    assert province_reports.hash_of(sending) != sending.sha256


def test_report_of_a_running_period_tells_up_to_today(central_officer: User) -> None:
    running = make.request(
        by=central_officer, period=Period(TODAY - timedelta(days=9), TODAY + timedelta(days=9))
    )

    assert told_period(running, today=TODAY).last == TODAY
    assert told_period(running, today=TODAY - timedelta(days=20)).last == running.first


def test_paper_that_comes_along_is_judged_and_kept(provincial_officer: User) -> None:
    row = words(make.report(), provincial_officer)
    version = row.version
    with pytest.raises(RuleBroken):
        province_reports.send(
            row,
            version=version,
            file=ContentFile(b"MZ not a paper", name="bao-cao.pdf"),
            by=provincial_officer,
            at=NOW,
        )

    sending = province_reports.send(
        row, version=version, file=registry.pdf(), by=provincial_officer, at=NOW
    )

    assert (sending.file_name, sending.file_type) == ("giay.pdf", "application/pdf")
    assert ReportSending.objects.get() == sending


def test_send_without_words_on_a_stale_page_or_twice_is_refused(
    provincial_officer: User,
) -> None:
    row = make.report()
    with pytest.raises(RuleBroken) as wordless:
        province_reports.send(row, version=row.version, by=provincial_officer, at=NOW)
    written = words(row, provincial_officer)
    with pytest.raises(Stale):
        province_reports.send(written, version=row.version, by=provincial_officer, at=NOW)
    sending = province_reports.send(written, version=written.version, by=provincial_officer, at=NOW)
    with pytest.raises(Stale):
        province_reports.send(written, version=written.version, by=provincial_officer, at=NOW)
    with pytest.raises(RuleBroken) as not_yours:
        words(sending.report, provincial_officer)

    assert wordless.value.code == "province_report.needs_words"
    assert not_yours.value.code == "province_report.not_yours"
    assert ReportSending.objects.count() == 1


def test_others_write_nothing_and_provinces_answer_nothing(
    provincial_officer: User, central_officer: User, commune_officer: User, auditor: User
) -> None:
    row = make.report(by=central_officer)
    elsewhere = make.officer(registry.province("Tỉnh Tuyên Quang", "08"))
    for person in (central_officer, commune_officer, auditor, elsewhere):
        with pytest.raises(PermissionDenied):
            words(row, person)
    sending = make.sent(row, by=provincial_officer)
    for person in (provincial_officer, auditor):
        with pytest.raises(PermissionDenied):
            province_reports.receive(sending.report, by=person, at=NOW)
        with pytest.raises(PermissionDenied):
            province_reports.return_to_province(sending.report, reason="X", by=person, at=NOW)


def test_request_that_is_given_up_for_a_province_is_told_with_its_reason(
    central_officer: User,
) -> None:
    row = make.report(by=central_officer)
    with pytest.raises(RuleBroken):
        province_reports.cancel(row, reason=" ", by=central_officer, at=NOW)

    done = province_reports.cancel(row, reason="Đã gửi bằng giấy.", by=central_officer, at=NOW)

    assert (done.status, done.reason) == (ReportState.CANCELLED, "Đã gửi bằng giấy.")
    assert province_reports.remind(at=NOW + timedelta(days=60)) == 0


def test_reminders_come_before_and_after_the_day_each_once(provincial_officer: User) -> None:
    row = make.report()
    due = NOW + timedelta(days=14)

    told = [
        province_reports.remind(at=due + timedelta(days=days)) for days in (-4, -3, -2, 0, 1, 2)
    ]

    assert legal_day(due) == row.request.due_on
    assert told == [0, 1, 0, 0, 1, 0]
    assert kinds() == ["opened", "asked", "due_soon", "overdue"]


def test_report_that_was_sent_is_not_reminded_of(provincial_officer: User) -> None:
    make.sent(by=provincial_officer)

    assert province_reports.remind(at=NOW + timedelta(days=60)) == 0


def test_each_step_is_told_to_whom_it_concerns(
    provincial_officer: User, central_officer: User
) -> None:
    elsewhere = make.officer(registry.province("Tỉnh Tuyên Quang", "08"))
    sending = make.sent(make.report(by=central_officer), by=provincial_officer)
    province_reports.return_to_province(
        sending.report, reason="Thiếu số liệu.", by=central_officer, at=NOW
    )

    told: dict[str, set[int | None]] = {}
    for entry in Entry.objects.filter(kind__startswith="reporting.report"):
        delivery.fan_out(entry.pk, at=NOW)
        people = entry.notifications.values_list("recipient", flat=True)
        told[entry.kind.rpartition(".")[2]] = set(people)

    assert told["asked"] == told["returned"] == {provincial_officer.pk}
    assert told["sent"] == {central_officer.pk}
    assert elsewhere.pk not in set().union(*told.values())
