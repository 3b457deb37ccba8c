"""People at their browsers: what a hand does on a page, in the words of the screen."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from ocop_portal.accounts.models import User
from tests.factories.people import PASSWORD


@dataclass(frozen=True)
class Actor:
    """One person with a browser of their own."""

    page: Page
    email: str

    @classmethod
    def at(cls, page: Page, user: User) -> "Actor":
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
            self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def press(self, label: str, *, exact: bool = True) -> None:
        """Presses a button or follows a link, and waits for the page that answers."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=label, exact=exact).or_(
            main.get_by_role("link", name=label, exact=exact)
        )
        target.first.click()
        self.page.wait_for_load_state("load")

    def agree(self) -> None:
        """Says yes to the question that a button asks before it acts."""
        self.page.get_by_role("dialog").locator("button[value='yes']").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        self.page.wait_for_load_state("load")

    def upload(self, name: str, file: Path) -> None:
        self.page.locator(f"main input[name='{name}']").set_input_files(file)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)
