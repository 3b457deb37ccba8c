"""What the modules under static/js do in a real browser, and what a page weighs."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from registry.domain.roles import Role
from tests.factories import cycle, people, rubrics, scoring
from tests.journeys.actors import Actor
from tests.looks import faults_of, over_budget
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ("/", "/huong-dan/", "/huong-dan/cham-diem/", "/san-pham/", "/xac-thuc/", "/thong-ke/")
IDLE_SECONDS = 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_public_pages_when_opened_then_accessible_and_no_wider_than_the_screen(
    open_page: PageOpener, width: int, scheme: str
) -> None:
    page = open_page(width=width, scheme="dark" if scheme == "dark" else "light")
    found: list[tuple[str, ...]] = []

    for path in PUBLIC:
        page.goto(path)
        found += [(path, *fault) for fault in faults_of(page)]

    assert found == []


def test_public_pages_when_opened_then_within_the_budget(page: Page) -> None:
    assert [over for path in PUBLIC for over in over_budget(page, path)] == []


def test_menu_when_opened_on_a_phone_then_escape_closes_it(phone: Page) -> None:
    phone.goto("/")
    menu = phone.locator("details.menu")

    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Hướng dẫn")).to_be_visible()
    phone.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="Hướng dẫn")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_menu_when_there_is_no_javascript_then_it_opens_all_the_same(open_page: PageOpener) -> None:
    phone = open_page(width=360, javascript=False)
    phone.goto("/")

    phone.locator("details.menu > summary").click()

    expect(phone.locator("details.menu").get_by_role("link", name="Hướng dẫn")).to_be_visible()


def test_idle_warning_when_one_tab_stays_then_every_tab_stays(
    page: Page, settings: Settings
) -> None:
    settings.IDLE_LIMIT_SECONDS = IDLE_SECONDS
    Actor.at(page, people.lan())
    page.goto("/ban-lam-viec/")
    other = page.context.new_page()
    other.goto("/ban-lam-viec/")
    asked, asked_there = page.locator("#idle-dialog"), other.locator("#idle-dialog")

    expect(asked).to_be_visible(timeout=IDLE_SECONDS * 1000)
    expect(asked_there).to_be_visible()
    other.get_by_role("button", name="Tiếp tục làm việc").click()

    expect(asked_there).to_be_hidden()
    expect(asked).to_be_hidden()
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")


def test_idle_warning_when_nobody_answers_then_the_end_is_said_and_the_text_is_kept(
    page: Page, settings: Settings
) -> None:
    settings.IDLE_LIMIT_SECONDS = IDLE_SECONDS
    Actor.at(page, people.lan())
    page.goto("/tai-khoan/")
    page.locator("main [name='full_name']").fill("Nguyễn Thị Lan Anh")

    ended = page.get_by_role("heading", name="Phiên làm việc đã kết thúc")
    expect(ended).to_be_visible(timeout=IDLE_SECONDS * 3000)

    expect(page.locator("main [name='full_name']")).to_have_value("Nguyễn Thị Lan Anh")


def test_score_sheet_when_options_are_chosen_then_the_totals_run_along(page: Page) -> None:
    dossier = cycle.draft_dossier()
    rubrics.edition(dossier.regime, dossier.product_set.number)
    Actor.at(page, cycle.owner_of(dossier.enrolment))
    page.goto(f"/hoi-dong/tu-danh-gia/{dossier.pk}/")
    first, second = page.locator("[data-criterion]").nth(0), page.locator("[data-criterion]").nth(1)

    best = first.locator("input").nth(1)
    best.check()

    points = best.get_attribute("data-points") or ""
    expect(page.locator("[data-points-total]").first).to_have_text(points)
    expect(page.locator("[data-answered]")).to_have_text("1")
    expect(first).to_have_attribute("data-state", "done")
    page.keyboard.press("Alt+KeyN")
    expect(second.locator("input").first).to_be_focused()


def test_question_before_signing_when_something_is_missing_then_that_is_named_first(
    page: Page,
) -> None:
    rating = scoring.concluded(scoring.accepted_dossier(regime="2026"), [75] * 4)
    decision = scoring.presented(scoring.drafted(rating))
    signer = cycle.holder(Role.AUTHORITY, decision.unit)
    signer.set_password(people.PASSWORD)
    signer.save()
    Actor.at(page, signer)
    page.goto(decision.get_absolute_url())
    sign = page.get_by_role("button", name="Ký quyết định")

    sign.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("main [name='signer_title']")).to_be_focused()

    page.locator("main [name='signer_title']").fill("Chủ tịch UBND tỉnh")
    page.locator("main [name='password']").fill(people.PASSWORD)
    sign.click()
    expect(page.locator("dialog[open]")).to_be_visible()
