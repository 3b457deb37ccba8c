"""An officer does one thing to many rows in a real browser: chooses, tries, confirms, reads."""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from registry.domain.regime import Level
from reporting.models import BulkJob
from reporting.services import bulk_jobs
from tests.factories import cycle
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.reporting.services.test_bulk_jobs import LATER, withdrawn
from tests.reporting.views.test_in_browser import looks
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/chu-trinh/ho-so/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


@pytest.fixture
def office(open_page: PageOpener) -> Actor:
    """Two dossiers that wait, one that its producer took back, and one of another name."""
    season = cycle.season("2026")
    sweets = [cycle.product(name=f"Kẹo {name}") for name in ("dừa", "lạc", "sen")]
    rows = [cycle.enrolment(season, item=sweet) for sweet in sweets]
    for row in rows[:2]:
        cycle.reported_dossier(row)
    withdrawn(cycle.reported_dossier(rows[2]))
    cycle.reported_dossier(cycle.enrolment(season, item=cycle.product(name="Mật ong")))
    officer = cycle.officer_for(rows[0], Level.PROVINCE)
    officer.set_password(PASSWORD)
    officer.save()
    return Actor.at(open_page(), officer)


def settled(page: Page) -> None:
    """What a second within the request did not finish is done as the worker would."""
    bulk_jobs.work(BulkJob.objects.latest("pk").pk, at=LATER, seconds=60)
    page.reload()


def test_rows_are_chosen_tried_confirmed_and_their_outcomes_stay(office: Actor) -> None:
    page, faults = office.page, []
    office.go(f"{LIST}?q=keo")
    expect(page.locator("tbody tr")).to_have_count(3)
    faults += looks(page)

    page.get_by_role("link", name="Chọn cả trang này").click()
    expect(page.locator("tbody input:checked")).to_have_count(3)
    office.press("Tiếp nhận…")
    settled(page)
    expect(page.get_by_text("Làm được", exact=True)).to_have_count(2)
    refused = page.locator("tbody tr", has_text="Kẹo sen")
    expect(refused).to_contain_text("Không làm được")
    expect(refused.locator("td").last).not_to_be_empty()
    faults += looks(page)
    assert not Dossier.objects.filter(state=DossierState.ACCEPTED).exists()

    office.press("Xác nhận: Tiếp nhận 2 dòng")
    settled(page)
    expect(page.locator("tbody tr", has_text="Đã làm")).to_have_count(2)
    expect(page.locator("tbody tr", has_text="Kẹo sen")).to_contain_text("Không làm được")
    faults += looks(page)
    assert Dossier.objects.filter(state=DossierState.ACCEPTED).count() == 2

    office.press("Các việc hàng loạt của tôi")
    faults += looks(page)
    office.press("Tiếp nhận")
    expect(page.locator("tbody tr", has_text="Đã làm")).to_have_count(2)
    office.press("Về danh sách")
    expect(page.locator("tbody tr")).to_have_count(3)  # the filter is kept

    assert faults == []


def test_one_reason_for_many_rows_is_asked_once_and_shown_before(office: Actor) -> None:
    page, faults = office.page, []
    office.go(f"{LIST}?q=keo")
    for name in ("Kẹo dừa", "Kẹo lạc"):
        page.get_by_label(f"Chọn {name}").check()

    office.press("Trả lại vì cùng một lý do…")
    faults += looks(page)
    office.choose(item="introduction", code="incomplete")
    office.fill(note="Thiếu câu chuyện sản phẩm")
    office.press("Xem trước")
    settled(page)
    expect(page.get_by_text("Làm được", exact=True)).to_have_count(2)
    faults += looks(page)
    office.press("Xác nhận: Trả lại vì cùng một lý do 2 dòng")
    settled(page)

    assert Dossier.objects.filter(state=DossierState.RETURNED).count() == 2
    assert faults == []
