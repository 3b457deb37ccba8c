"""Every page type of the public face in a real browser: for all eyes, light, without script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings

from ocop_portal.accounts.models import User
from promotion.models import Listing
from promotion.permissions import offices_of
from promotion.services import stories
from registry.domain.clock import legal_day
from reporting.services import open_data
from tests.factories import news as make_news
from tests.factories import promotion as make
from tests.factories import registry
from tests.looks import faults_of, over_budget
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_MILLISECONDS = 4000
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * 1024 / 8,
    "uploadThroughput": 400 * 1024 / 8,
}
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(
  found => done(found.getEntries().at(-1).startTime)
).observe({type: "largest-contentful-paint", buffered: true}))"""
PLAIN = (
    "/",
    "/san-pham/",
    "/san-pham/?q=khong-co-gi&stars=5",
    "/san-pham/theo-tinh/",
    "/yeu-thich/",
    "/tin-tuc/",
    "/du-lieu-mo/",
    "/huong-dan/",
    "/huong-dan/chuong-trinh/",
    "/huong-dan/ai-lam-gi/",
)


@pytest.fixture
def pages(provincial_officer: User, settings: Settings) -> tuple[str, ...]:
    """One address of each page type, with something on every page."""
    at = timezone.now() - timedelta(hours=1)
    listed = make.many(48)
    first = listed[0]
    owner = registry.owner_of(first.product.subject)
    stories.tell(first.product, title_vi="Từ đồi chè", body_vi="Một.\n\nHai.", by=owner, at=at)
    office = offices_of(provincial_officer, on=legal_day(at))[0]
    piece = make_news.published(office, by=provincial_officer, at=at)
    open_data.publish(at=at)
    compared = f"/so-sanh/?product={first.slug}&product={listed[1].slug}"
    return (*PLAIN, first.get_absolute_url(), piece.get_absolute_url(), compared)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (768, "dark"), (1366, "light")])
def test_pages_when_opened_then_accessible_and_no_wider_than_the_screen(
    open_page: PageOpener, pages: tuple[str, ...], width: int, scheme: str
) -> None:
    page = open_page(width=width, scheme="dark" if scheme == "dark" else "light")
    found: list[tuple[str, ...]] = []

    for path in pages:
        page.goto(path)
        found += [(path, *fault) for fault in faults_of(page)]

    assert found == []


def test_pages_when_opened_first_then_within_the_budget(
    open_page: PageOpener, pages: tuple[str, ...]
) -> None:
    """Each in a browser that has been nowhere."""
    over = [found for path in pages for found in over_budget(open_page(width=360), path)]

    assert over == []


def test_pages_when_the_network_is_slow_then_the_largest_part_is_there_in_time(
    open_page: PageOpener, pages: tuple[str, ...]
) -> None:
    """The network's pace is given, so this tells of weight and round trips, not of the machine."""
    late = []

    for path in pages:
        page = open_page(width=360)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
        page.goto(path, wait_until="load")
        painted = page.evaluate(LARGEST_PAINT)
        if painted > MOST_MILLISECONDS:
            late.append((path, round(painted)))

    assert late == []


def test_visitor_when_there_is_no_javascript_then_finds_keeps_and_compares(
    open_page: PageOpener,
) -> None:
    make.listing(registry.product(name="Chè Tân Cương"))
    honey: Listing = make.listing(registry.product(name="Mật ong rừng"))
    page = open_page(width=360, javascript=False)

    page.goto("/")
    page.locator("#tim").fill("mat ong")
    page.locator("#tim").press("Enter")
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="Mật ong rừng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(honey.name)
    page.get_by_role("button", name="Lưu Mật ong rừng").click()
    expect(page.get_by_text("Đã lưu vào danh sách yêu thích.")).to_be_visible()

    page.goto("/san-pham/?order=name")
    for box in page.locator('input[name="product"]').all():
        box.check()
    page.get_by_role("button", name="So sánh sản phẩm đã chọn").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)

    page.goto("/yeu-thich/")
    expect(page.locator(".card")).to_have_count(1)
    page.locator(".heart").click()
    expect(page.get_by_text("Chưa có sản phẩm nào được lưu")).to_be_visible()


def test_favourite_when_there_is_javascript_then_the_page_stays_where_it_is(
    open_page: PageOpener,
) -> None:
    make.many(3)
    page = open_page(width=1366)
    page.goto("/san-pham/")
    heart = page.locator(".heart").first

    heart.click()
    expect(heart).to_have_attribute("name", "drop")
    expect(heart).to_contain_text("Đã lưu")
    assert page.url.endswith("/san-pham/")

    page.goto("/yeu-thich/")
    expect(page.locator(".card")).to_have_count(1)
