"""The comparison over the catalogue, by mouse and by keyboard, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories import promotion as make
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults_of(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], str(each["nodes"][0]["target"])) for each in found]


@pytest.mark.parametrize("width", [360, 1366])
def test_comparison_opens_over_the_catalogue_and_gives_the_focus_back(
    open_page: PageOpener, width: int
) -> None:
    listed = make.many(3)
    page = open_page(width=width)
    page.goto("/san-pham/")
    for each in listed[:2]:
        page.locator(f'input[name="product"][value="{each.slug}"]').check()
    button = page.get_by_role("button", name="So sánh sản phẩm đã chọn")
    dialog = page.locator("#so-sanh-noi")

    button.press("Enter")
    expect(dialog.get_by_role("columnheader")).to_have_count(2)
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()

    button.click()
    expect(dialog).to_be_visible()
    page.mouse.click(2, 2)
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()

    page.goto(f"/so-sanh/?product={listed[0].slug}&product={listed[1].slug}&product=khong-co")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
