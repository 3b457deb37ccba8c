"""People at their browsers: what a hand does on a page, in the words of the screen."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Error, Locator, Page, Request, expect

from ocop_portal.accounts.models import User
from tests.factories.people import PASSWORD

MOST_TABS = 60
MOMENT = 100  # milliseconds in which a script sends a form that it looked at first
MOST_PATIENCE = 10_000


@dataclass(frozen=True)
class Actor:
    """One person with a browser of their own."""

    page: Page
    email: str

    @classmethod
    def at(cls, page: Page, user: User) -> Self:
        """The person, logged in by the form as anybody would be."""
        actor = cls(page, user.email)
        actor.log_in()
        return actor

    def log_in(self, password: str = PASSWORD) -> None:
        self.page.goto("/tai-khoan/dang-nhap/")
        self.fill(username=self.email, password=password)
        self.press("Đăng nhập")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")

    def go(self, path: str) -> None:
        """Opens a page, which must be there."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"

    def fill(self, **values: str) -> None:
        """Types into fields by their names; the fields of a form say what they are called."""
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, **values: str) -> None:
        """Picks an option of a list by its value."""
        for name, value in values.items():
            self.page.locator(f"main select[name='{name}']").select_option(value)

    def tick(self, **values: str) -> None:
        """Picks one of several radio buttons, or ticks a box, by its value."""
        for name, value in values.items():
            self.hit(self.page.locator(f"main [name='{name}'][value='{value}']"))

    def hit(self, target: Locator) -> None:
        """With the hand of this person: a mouse."""
        target.click()

    def answer(self, choices: Mapping[str, str]) -> None:
        """Chooses on the sheet, section after section, by the words of the options."""
        for name, value in choices.items():
            radio = self.page.locator(f"[name='{name}'][value='{value}']")
            if not radio.is_visible():
                self.hit(self.page.locator("section:not([hidden]) .ballot__step .button--primary"))
            self.hit(self.page.locator(f"label[for='{radio.get_attribute('id')}']"))

    def press(self, label: str, *, exact: bool = True) -> None:
        """Presses a button or follows a link, and waits for the page that answers."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=label, exact=exact).or_(
            main.get_by_role("link", name=label, exact=exact)
        )
        with self.answered():
            self.hit(target.first)

    def agree(self) -> None:
        """Says yes to the question that a button asks before it acts."""
        with self.answered():
            self.hit(self.page.get_by_role("dialog").locator("button[value='yes']"))
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    @contextlib.contextmanager
    def answered(self) -> Iterator[None]:
        """Whatever page the act asks for is there at the end; nobody acts on a page that goes."""
        asked: list[Request] = []

        def note(request: Request) -> None:
            if request.is_navigation_request() and request.frame == self.page.main_frame:
                asked.append(request)

        self.page.on("request", note)
        self.page.evaluate("() => { window.isOfBefore = true; }")
        yield
        if not asked:
            self.page.wait_for_timeout(MOMENT)
        if asked:
            with contextlib.suppress(Error):  # a file to keep leaves the page where it is
                self.page.wait_for_function("() => !window.isOfBefore", timeout=MOST_PATIENCE)
        self.page.remove_listener("request", note)
        self.page.wait_for_load_state("load")

    def upload(self, name: str, file: Path) -> None:
        self.page.locator(f"main input[name='{name}']").set_input_files(file)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)


@dataclass(frozen=True)
class Tapper(Actor):
    """A person with a tablet: a finger instead of a mouse."""

    def hit(self, target: Locator) -> None:
        target.tap()


@dataclass(frozen=True)
class Typist(Actor):
    """A person who has a keyboard and nothing else: whatever is done is done by its keys."""

    def log_in(self, password: str = PASSWORD) -> None:
        self.page.goto("/tai-khoan/dang-nhap/")
        self.tab_to("[name='username']")
        self.type(self.email)
        self.tab_to("[name='password']")
        self.type(password)
        self.press_key("Enter")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")

    def press_key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, selector: str) -> None:
        """Tab until the focus stands there; a page that needs too many, or holds it, fails."""
        expect(self.page.locator(selector).first).to_be_attached()
        for _press in range(MOST_TABS):
            self.press_key("Tab")
            if self.page.evaluate("what => document.activeElement.matches(what)", selector):
                return
        pytest.fail(f"{MOST_TABS} presses of Tab do not lead to {selector}")

    def enter(self, selector: str) -> None:
        """Follows the link or presses the button to which Tab leads."""
        self.tab_to(selector)
        self.press_key("Enter")

    def answer(self, choices: Mapping[str, str]) -> None:
        """Chooses by the numbers of the options; Enter leads from criterion to criterion."""
        for name, value in choices.items():
            radios = self.page.locator(f"[name='{name}']")
            values = radios.evaluate_all("all => all.map(each => each.value)")
            assert self.page.evaluate("() => document.activeElement.name") == name
            self.press_key(str(values.index(value) + 1))
            self.press_key("Enter")

    def jump(self, criterion: str) -> None:
        """Through the index of the sheet, which is one stop of Tab, to a criterion."""
        expect(self.page.locator("[data-next-open]").first).to_be_visible()  # the keys are heard
        self.tab_to("[data-ballot-index] button")
        self.press_key("Home")
        for _stop in range(MOST_TABS):
            self.press_key("ArrowDown")
            if self.page.evaluate("() => document.activeElement.dataset.forCriterion") == criterion:
                self.press_key("Enter")
                return
        pytest.fail(f"the index does not lead to {criterion}")

    def agree(self) -> None:
        self.enter("dialog button[value='yes']")
