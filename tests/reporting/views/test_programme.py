"""The programme room on its pages: the centre asks, provinces answer, plan and spend."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from reporting.domain.plan_states import PlanState
from reporting.domain.report_states import ReportState
from reporting.models import ProvincePlan, ProvinceReport, ReportRequest, ReportSending, Spending
from reporting.services import province_reports
from tests.conftest import LogIn
from tests.factories import programme as make
from tests.factories import registry
from tests.factories.registry import NOW, TODAY

pytestmark = pytest.mark.django_db
ROOM, REPORTS = "/thong-ke/chuong-trinh/", "/thong-ke/chuong-trinh/bao-cao/"
PLANS, SPENDING = "/thong-ke/chuong-trinh/ke-hoach/", "/thong-ke/chuong-trinh/khoan-chi/"
NEW = "/thong-ke/chuong-trinh/yeu-cau/moi/"
LISTS = (ROOM, REPORTS, PLANS, SPENDING)


@pytest.fixture(autouse=True)
def _place() -> Iterator[None]:
    registry.province()
    with time_machine.travel(NOW, tick=False):
        yield


def words(answer: object) -> str:
    page = " ".join(answer.content.decode().split())  # type: ignore[attr-defined] # a response
    return re.sub(r' data-label="[^"]*"', "", page)  # what a phone writes before a cell


def row_of(label: str, *cells: str) -> str:
    """A line of a table of figures."""
    figures = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    return f'<th scope="row">{label}</th>{figures}'


def asked(**changes: object) -> dict[str, object]:
    return {
        "title": "Báo cáo 6 tháng",
        "kind": "half_year",
        "first": "2026-01-01",
        "last": "2026-06-30",
        "due_on": "2026-12-15",
        "text": "Nêu rõ kinh phí.",
        "everybody": "on",
        **changes,
    }


def test_report_travels_from_request_to_receipt(
    provincial_officer: User,
    central_officer: User,
    log_in: LogIn,
) -> None:
    centre, province = log_in(central_officer), log_in(provincial_officer)
    made = centre.post(NEW, asked())
    row = ProvinceReport.objects.get()
    page = row.get_absolute_url()
    seen = words(province.get(ROOM))
    writing = words(province.get(page))
    province.post(page, {"version": 1, "results": "Đã họp.", "difficulties": "", "proposals": ""})
    sent = province.post(reverse("reporting:report-send", args=[row.pk]), {"version": 2})
    answer = reverse("reporting:report-answer", args=[row.pk])
    centre.post(answer, {"answer": "return", "reason": "Thiếu ý kiến."})
    returned = words(province.get(page))
    row.refresh_from_db()
    province.post(reverse("reporting:report-send", args=[row.pk]), {"version": row.version})
    centre.post(answer, {"answer": "receive"})
    row.refresh_from_db()

    assert made["Location"] == ReportRequest.objects.get().get_absolute_url()
    assert "Báo cáo 6 tháng" in seen
    assert "Tính đến hết ngày 30/06/2026" in writing
    assert "Kinh phí theo nguồn" in writing
    assert sent["Location"] == page
    assert "Thiếu ý kiến." in returned
    assert row.status is ReportState.RECEIVED
    assert ReportSending.objects.count() == 2
    assert "1 đã nhận" in words(centre.get(made["Location"]))


def test_what_was_sent_is_a_page_a_paper_and_a_file(
    provincial_officer: User, log_in: LogIn
) -> None:
    sending = make.sent(by=provincial_officer, file=registry.pdf())
    browser = log_in(provincial_officer)

    page = words(browser.get(reverse("reporting:sending-detail", args=[sending.pk])))
    paper = reverse("reporting:sending-paper", args=[sending.pk])
    first, again = (browser.get(paper).content for _time in range(2))
    file = browser.get(reverse("reporting:sending-file", args=[sending.pk]))
    text = " ".join(leaf.extract_text() for leaf in PdfReader(BytesIO(first)).pages)

    assert "Nội dung khớp mã băm" in page
    assert "Tổ chức hai đợt đánh giá." in page
    assert first == again
    assert "Tổ chức hai đợt đánh giá." in text
    assert sending.sha256 in "".join(text.split())
    assert b"".join(file)[:4] == b"%PDF"
    assert file["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Tên báo cáo:"),
        ({"due_on": "2026-11-19"}, "Hạn gửi phải từ hôm nay trở đi."),
        ({"last": "2025-06-30"}, "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."),
        ({"everybody": ""}, "Hãy chọn ít nhất một tỉnh, thành phố."),
    ],
)
def test_request_that_is_not_understood_comes_back_whole(
    central_officer: User, log_in: LogIn, changes: dict[str, object], sentence: str
) -> None:
    page = words(log_in(central_officer).post(NEW, asked(**changes)))

    assert sentence in page
    assert "Nêu rõ kinh phí." in page
    assert not ReportRequest.objects.exists()


def test_stale_page_keeps_what_was_typed(provincial_officer: User, log_in: LogIn) -> None:
    row = make.report()
    province_reports.write(row, make.WORDS, version=1, by=provincial_officer, at=NOW)

    page = words(
        log_in(provincial_officer).post(
            row.get_absolute_url(), {"version": 1, "results": "Lời gõ dở của tôi"}
        )
    )

    assert "vừa được người khác sửa" in page
    assert "Lời gõ dở của tôi" in page


def test_overdue_is_shown_and_filtered(provincial_officer: User, log_in: LogIn) -> None:
    make.report(due_on=TODAY)
    make.report(due_on=TODAY + timedelta(days=9), title="Báo cáo khác")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = words(log_in(provincial_officer).get(REPORTS + "?late=1"))

    assert "Quá hạn</span>" in page
    assert "Báo cáo khác" not in page


def test_plan_is_filled_approved_and_counted_against_spending(
    provincial_officer: User, log_in: LogIn
) -> None:
    browser, unit = log_in(provincial_officer), registry.province()
    browser.post(PLANS, {"unit": unit.pk, "year": 2026})
    plan = ProvincePlan.objects.get()

    def post(name: str, **facts: object) -> str:
        plan.refresh_from_db()
        return words(
            browser.post(
                reverse(f"reporting:plan-{name}", args=[plan.pk]),
                {"version": plan.version, **facts},
                follow=True,
            )
        )

    post("aims", note="Chè.", aim_products=12)
    line = {"source": "local", "project": "brand"}
    refused = post("funds", **line, amount="1.5")
    post("funds", **line, amount=500000000)
    post("approve", number="12/QĐ-UBND", approved_on="2026-01-15")
    browser.post(
        SPENDING,
        {**line, "unit": unit.pk, "spent_on": "2026-03-02", "amount": 120000000, "note": "In nhãn"},
    )
    plan.refresh_from_db()
    page = words(browser.get(plan.get_absolute_url()))
    row = Spending.objects.get()
    browser.post(reverse("reporting:spending-strike", args=[row.pk]), {"reason": "Ghi nhầm"})
    room = words(browser.get(ROOM))

    assert "Nhập một số" in refused
    assert plan.status is PlanState.APPROVED
    cells = "".join(
        f'<td class="num">{cell}</td>' for cell in ("500.000.000", "120.000.000", "24,0")
    )
    assert f'<th scope="row">Ngân sách địa phương</th>{cells}' in page
    cells = "".join(f'<td class="num">{cell}</td>' for cell in ("500.000.000", "0", "0,0"))
    assert f'<th scope="row">Ngân sách địa phương</th>{cells}' in room
    assert "Ghi nhầm" in words(browser.get(SPENDING))


def test_centre_sees_every_province_and_a_province_only_its_own(
    provincial_officer: User, central_officer: User, administrator: User, log_in: LogIn
) -> None:
    far = registry.province("Tỉnh Tuyên Quang", "08")
    make.request(registry.province(), far, by=central_officer)
    make.spent(far, note="Việc của Tuyên Quang")
    other = ProvinceReport.objects.get(unit=far)

    for person, expected in ((provincial_officer, 1), (central_officer, 2), (administrator, 2)):
        browser = log_in(person)
        assert browser.get(REPORTS).context["page_obj"].paginator.count == expected
        assert ("Việc của Tuyên Quang" in words(browser.get(SPENDING))) is (expected == 2)
        status = browser.get(other.get_absolute_url()).status_code
        assert status == (200 if expected == 2 else 404)


def test_room_is_not_there_for_anybody_else(
    stranger: User, commune_officer: User, auditor: User, authority: User, log_in: LogIn
) -> None:
    sending = make.sent()
    paths = (
        *LISTS,
        NEW,
        sending.report.get_absolute_url(),
        sending.report.request.get_absolute_url(),
        reverse("reporting:sending-detail", args=[sending.pk]),
        reverse("reporting:sending-paper", args=[sending.pk]),
    )
    for person in (stranger, commune_officer, auditor, authority):
        browser = log_in(person)
        assert {browser.get(path).status_code for path in paths} == {404}


def test_province_is_told_that_only_the_centre_asks(
    provincial_officer: User, log_in: LogIn
) -> None:
    browser = log_in(provincial_officer)
    row = make.report()

    assert browser.get(NEW).status_code == 403
    assert browser.get(row.request.get_absolute_url()).status_code == 404
    answer = reverse("reporting:report-answer", args=[row.pk])
    assert browser.post(answer, {"answer": "receive"}).status_code == 403


def test_unknown_answer_is_not_there(central_officer: User, log_in: LogIn) -> None:
    row = make.report(by=central_officer)
    answer = reverse("reporting:report-answer", args=[row.pk])

    assert log_in(central_officer).post(answer, {"answer": "burn"}).status_code == 404


@pytest.mark.parametrize("path", [REPORTS, PLANS, SPENDING])
def test_lists_are_files_too(provincial_officer: User, log_in: LogIn, path: str) -> None:
    fill(provincial_officer, 1)

    answer = log_in(provincial_officer).get(path + "?xuat=csv")
    lines = b"".join(answer).decode().splitlines()

    assert answer["Content-Type"].startswith("text/csv")
    assert len(lines) == 2
    assert "Tỉnh Thái Nguyên" in lines[1]


def fill(officer: User, number: int) -> None:
    """So many requests, plans in force and amounts spent."""
    centre = make.centre()
    for place in range(number):
        make.report(by=centre, title=f"Báo cáo {place}")
        ProvincePlan.objects.create(
            unit=registry.province(),
            year=2026,
            state=PlanState.REPLACED,
            number=f"{place}/QĐ",
            approved_on=date(2026, 1, 2),
            drafted_by=officer,
            drafted_at=NOW,
        )
        make.spent(by=officer, note=f"Khoản {place}")


QUERIES = {ROOM: 9, REPORTS: 8, PLANS: 10, SPENDING: 10}


@pytest.mark.parametrize("path", LISTS)
def test_lists_ask_the_same_with_1_and_with_50_rows(
    provincial_officer: User,
    log_in: LogIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    browser: Client = log_in(provincial_officer)
    fill(provincial_officer, 1)
    browser.get(path)
    with django_assert_num_queries(QUERIES[path]):
        browser.get(path)
    fill(provincial_officer, 49)
    with django_assert_num_queries(QUERIES[path]):
        browser.get(path)


def test_request_asks_the_same_with_1_and_with_50_provinces(
    central_officer: User, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = log_in(central_officer)
    few = make.request(by=central_officer)
    many = make.request(
        *(registry.province(f"Tỉnh {number}", f"{number:02d}") for number in range(40, 90)),
        by=central_officer,
    )
    browser.get(few.get_absolute_url())
    for each in (few, many):
        with django_assert_num_queries(10):
            browser.get(each.get_absolute_url())
