"""The office brings its register in, and anybody reads the figures: in a real browser."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from ocop_portal.accounts.models import User
from registry.models import Product
from reporting.domain.register_columns import Field
from reporting.models import RegisterImport
from tests.factories import promotion as make_listings
from tests.factories import registers as make
from tests.factories import registry
from tests.factories.people import PASSWORD
from tests.factories.registers import line, table, workbook
from tests.factories.registry import NOW
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = ((360, 740), (768, 1024), (1366, 768))


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def looks(page: Page) -> list[tuple[int, str, str]]:
    """What is wrong with the page that is open, on a phone, a tablet and an office PC."""
    found = []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        found += [(width, *fault) for fault in faults_of(page)]
    return found


def given(page: Page, name: str, lines: list[dict[Field, Any]]) -> None:
    """Chooses the file of a register and sends it."""
    content = workbook(table(lines)).read()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.goto("/thong-ke/nhap-so/")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": kind, "buffer": content})
    page.locator("form:has(input[name=file]) button[type=submit]").click()
    page.wait_for_load_state("load")


def finished(page: Page) -> None:
    """The worker does what waits once the page says so; the reader opens the page again."""
    expect(page.locator("progress")).to_be_visible()
    make.worked(RegisterImport.objects.latest("pk"))
    page.reload()


def test_register_when_brought_in_then_checked_mended_loaded_and_taken_out(
    open_page: PageOpener, provincial_officer: User
) -> None:
    registry.commune()
    registry.load_sets()
    provincial_officer.set_password(PASSWORD)
    provincial_officer.save()
    office = Actor.at(open_page(), provincial_officer)
    page, faults = office.page, []

    given(page, "so-loi.xlsx", [line(), line(product="Chè B", stars=6, first_stars=6)])
    faults += looks(page)
    office.press("Kiểm tra từng dòng")
    expect(page.locator("progress")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Việc này chạy tiếp cả khi bạn rời trang.")).to_be_visible()
    faults += looks(page)
    finished(page)
    expect(page.locator(".register-faults").first).to_contain_text("Hạng 6 sao")
    expect(page.get_by_text("chưa dòng nào được ghi")).to_be_visible()
    faults += looks(page)
    assert not Product.objects.exists()

    given(page, "so-da-sua.xlsx", [line(), line(product="Chè B")])
    office.press("Kiểm tra từng dòng")
    finished(page)
    office.press("Ghi 2 dòng")
    expect(page.locator("progress")).to_be_visible()
    page.reload()
    expect(page.locator("progress")).to_be_visible()
    finished(page)
    assert Product.objects.count() == 2
    faults += looks(page)

    office.press("Gỡ")
    office.agree()
    finished(page)
    assert not Product.objects.exists()
    assert faults == []


def test_statistics_when_read_then_figures_open_lists_days_and_divisions(
    open_page: PageOpener,
) -> None:
    here = registry.commune()
    registry.former_commune(successor=here)
    tea = registry.subject(name="HTX chè", commune=here)
    for name, stars, day in (
        ("Chè A", 4, date(2025, 2, 1)),
        ("Chè B", 3, date(2026, 3, 2)),
        ("Chè C", 3, date(2026, 8, 1)),
    ):
        make_listings.listing(registry.product(tea, name=name), stars=stars, issued_on=day)
    page = open_page()
    reader, faults = Actor(page, ""), []

    reader.go("/thong-ke/?country=1")
    expect(page.locator(".star-figures__all strong")).to_have_text("3")
    expect(page.locator(".tiles .tile__count").first).to_be_visible()
    faults += looks(page)
    reader.choose(stars="3")
    reader.press("Xem")
    expect(page.locator(".star-figures__all strong")).to_have_text("2")
    page.locator(".star-figures__all").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    faults += looks(page)

    reader.go("/thong-ke/?as_of=2026-03-31")
    expect(page.locator(".star-figures__all strong")).to_have_text("2")
    reader.go("/thong-ke/?division=three_tier")
    expect(page.get_by_role("rowheader", name="Tỉnh Thái Nguyên").first).to_be_visible()
    faults += looks(page)
    reader.go("/san-pham/theo-tinh/")
    faults += looks(page)

    assert faults == []
