"""The comparison over the catalogue, by mouse and by keyboard, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from tests.factories import promotion as make
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
