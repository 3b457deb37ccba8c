"""What a look at a page in a real browser finds: faults of access, and what the page weighs."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Response

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_REQUESTS, MOST_BYTES = 10, 150 * 1024


def faults_of(page: Page) -> list[tuple[str, str]]:
    """What a person with a screen reader or a narrow screen would stumble over."""
    try:
        found = Axe().run(page, options=RULES).response["violations"]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    except Error as moved:  # a press that leads on may do so only now: look at where it led
        if "Execution context was destroyed" not in moved.message:
            raise
        page.wait_for_load_state("load")
        return faults_of(page)
    faults = [(each["id"], str(each["nodes"][0]["target"])) for each in found]
    return faults + ([("wider than the screen", page.url)] if wider > 0 else [])


def over_budget(page: Page, path: str) -> list[tuple[str, int, int]]:
    """Opens a page: its path, requests and bytes where these are more than a first load may be."""
    answers: list[Response] = []

    def note(answer: Response) -> None:  # the driver marks its listeners: no built-in will do
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", note)
    size = sum(each.request.sizes()["responseBodySize"] for each in answers)
    is_over = len(answers) > MOST_REQUESTS or size > MOST_BYTES
    return [(path, len(answers), size)] if is_over else []
