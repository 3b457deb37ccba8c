"""A whole session in browsers: five people at once, each with the hand that they have.

The chair at a desk, a member with the keyboard alone, a member at a tablet, a member who has to
stand aside, and the secretary; from the call, with the notice of the regulation, to the minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cycle.models import Dossier
from registry.domain.clock import LEGAL_ZONE
from scoring.models import AgendaItem, Rating, Session, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from tests.factories import people
from tests.factories import scoring as make
from tests.journeys.actors import Actor, Tapper, Typist
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIVE_MS = 15_000  # a board asks every four seconds
NUMBER = re.compile(r"(?<![\d/,])\d+(?![\d/,])")


@dataclass
class Five:
    """Who sits in the room, each at a browser of their own."""

    chair: Actor
    typist: Typist
    tapper: Tapper
    aside: Actor
    secretary: Actor

    @property
    def voters(self) -> tuple[Actor, ...]:
        return (self.chair, self.typist, self.tapper)


@pytest.fixture
def clock() -> Iterator["time_machine.Traveller"]:
    """The clock of the portal; the browsers keep their own."""
    with time_machine.travel(make.NOW) as traveller:
        yield traveller


@pytest.fixture
def dossier(transactional_db: None, clock: "time_machine.Traveller") -> Dossier:
    return make.accepted_dossier(regime="2026")


@pytest.fixture
def held(dossier: Dossier) -> make.Room:
    """A council of a chair, three members and a secretary, on its usual regulation."""
    room = make.room_for(dossier)
    for person in room.everybody:
        person.user.set_password(people.PASSWORD)
        person.user.save()
    return room


def test_five_people_hold_a_session_from_the_call_to_the_minutes(
    open_page: PageOpener, clock: "time_machine.Traveller", held: make.Room, dossier: Dossier
) -> None:
    item = _calls(Actor.at(open_page(), held.secretary.user), held, dossier)
    clock.move_to(make.MEETING)
    five = Five(
        chair=Actor.at(open_page(), held.chair.user),
        typist=Typist.at(open_page(), held.members[0].user),
        tapper=Tapper.at(open_page(width=768), held.members[1].user),
        aside=Actor.at(open_page(), held.members[2].user),
        secretary=Actor.at(open_page(), held.secretary.user),
    )

    _declare(five, item)
    _opens(five.secretary, item)
    board, screen = _two_boards(five, item)
    _score(five, item, board, screen)
    _reconcile(five, item, board)
    rating = _concludes(five.chair, item, screen)
    _ends(five, item, rating)


def _calls(secretary: Actor, held: make.Room, dossier: Dossier) -> AgendaItem:
    """Too short a notice is refused with the first lawful day; what was typed is still there."""
    secretary.go(f"/hoi-dong/{held.council.pk}/")
    secretary.press("Triệu tập phiên họp")
    secretary.fill(starts_at=_moment(make.NOW + timedelta(days=1)), place="Phòng họp số 2")
    secretary.tick(dossiers=str(dossier.pk))
    secretary.press("Triệu tập và báo cho thành viên")
    secretary.sees("phiên họp sớm nhất là ngày 25/11/2026")  # 24 November is a public holiday
    assert not Session.objects.exists()
    expect(secretary.page.locator("[name='place']")).to_have_value("Phòng họp số 2")
    secretary.fill(starts_at=_moment(make.MEETING))
    secretary.press("Triệu tập và báo cho thành viên")
    secretary.sees("Đã triệu tập phiên họp")
    return make.item_of(Session.objects.get())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LEGAL_ZONE):%Y-%m-%dT%H:%M}"


def _declare(five: Five, item: AgendaItem) -> None:
    """Only the title, then the word; a declared conflict shuts the dossier for good."""
    subject = item.dossier.enrolment.product.subject.name
    for person in (five.chair, five.tapper, five.aside, five.secretary):
        person.go(f"/hoi-dong/muc/{item.pk}/")
        expect(person.page.locator("main")).not_to_contain_text(subject)
        assert _status(person.page, f"/chu-trinh/ho-so/{item.dossier_id}/") == 404
        person.tick(has_conflict="co" if person is five.aside else "khong")
        person.press("Ghi nhận lời khai")
        person.sees("Đã ghi nhận lời khai của bạn.")
    five.typist.go(f"/hoi-dong/muc/{item.pk}/")
    five.typist.tab_to("[name='has_conflict']")
    five.typist.press_key("Space")
    five.typist.enter("main button[type='submit']")
    five.typist.sees(subject)
    expect(five.aside.page.locator("main")).not_to_contain_text(subject)
    assert _status(five.aside.page, f"/chu-trinh/ho-so/{item.dossier_id}/") == 404


def _status(page: Page, path: str) -> int:
    return page.request.get(path).status


def _opens(secretary: Actor, item: AgendaItem) -> None:
    secretary.go(f"/hoi-dong/phien/{item.session_id}/")
    secretary.press("Khai mạc phiên họp")
    for box in secretary.page.locator("main input[name='present']").all():
        box.check()
    secretary.press("Ghi nhận")
    secretary.sees("Đã ghi nhận")


def _two_boards(five: Five, item: AgendaItem) -> tuple[Page, Page]:
    """The chair's board and the projector stay open; neither is loaded again from here on."""
    board, screen = five.chair.page.context.new_page(), five.secretary.page.context.new_page()
    for page, part in ((board, "bang"), (screen, "trinh-chieu")):
        page.goto(f"/hoi-dong/phien/{item.session_id}/{part}/")
        expect(page.locator("main")).to_contain_text("0/3")
    return board, screen


def _sheet(item: AgendaItem, total: int) -> dict[str, str]:
    """By the names and values of the form."""
    choices = make.choices_of_total(rubric_of(item.edition), total)
    return {f"c-{code}": option or "khong" for code, option in choices.items()}


def _score(five: Five, item: AgendaItem, board: Page, screen: Page) -> None:
    """66, 60 and 71: eleven points apart. No figure is anywhere before the last is in."""
    address = f"/hoi-dong/muc/{item.pk}/phieu/"
    five.typist.go(f"/hoi-dong/muc/{item.pk}/")
    five.typist.enter(f"[href='{address}']")
    five.typist.jump(next(iter(rubric_of(item.edition).by_code)))
    five.typist.answer(_sheet(item, 60))
    five.typist.enter("[data-hand-in]")
    five.typist.agree()
    _receipt(five.typist, 60)
    expect(board.locator("main")).to_contain_text("1/3", timeout=LIVE_MS)

    for person, total in ((five.tapper, 71), (five.chair, 66)):
        for page in (board, screen):
            assert {"60", "71"} & set(NUMBER.findall(page.locator("main").inner_text())) == set()
        person.go(address)
        person.answer(_sheet(item, total))
        person.press("Xem lại và nộp")
        person.press("Nộp phiếu")
        person.agree()
        _receipt(person, total)
    expect(board.locator("main")).to_contain_text("quá mức 10 điểm", timeout=LIVE_MS)
    assert five.aside.page.request.get(address).status == 404


def _receipt(person: Actor, total: int) -> None:
    """The page to which handing in leads: what the server has stored, read back."""
    person.page.wait_for_url("**/hoi-dong/phieu/*/")
    receipt = person.page.locator(".receipt")
    expect(receipt).to_contain_text(str(total))
    expect(receipt.locator("[data-intact='yes']")).to_be_visible()


def _reconcile(five: Five, item: AgendaItem, board: Page) -> None:
    """Eleven points are refused; after one word of one member, ten are not."""
    five.chair.go(f"/hoi-dong/muc/{item.pk}/")
    expect(five.chair.page.get_by_role("button", name="Kết luận", exact=True)).to_have_count(0)
    five.chair.fill(**{"ballot-reason": "Bàn lại một tiêu chí"})
    five.chair.press("Mở lượt chấm lại")
    five.chair.sees("Lý do: Bàn lại một tiêu chí")
    expect(board.locator("main")).to_contain_text("lượt chấm 2", timeout=LIVE_MS)

    first = choices_of(Sheet.objects.get(total=60))
    code, dearer = _one_point_more(item, first)
    five.typist.go(f"/hoi-dong/muc/{item.pk}/phieu/")
    five.typist.jump(code)
    five.typist.answer({f"c-{code}": dearer})
    five.typist.enter(".ballot__bar [name='go']")
    five.typist.enter("[data-hand-in]")
    five.typist.agree()
    _receipt(five.typist, 61)
    for person, total in ((five.tapper, 71), (five.chair, 66)):
        person.go(f"/hoi-dong/muc/{item.pk}/phieu/")
        person.press("Xem lại và nộp")
        person.press("Nộp phiếu")
        person.agree()
        _receipt(person, total)
    expect(board.locator("main")).to_contain_text("trong mức 10 điểm", timeout=LIVE_MS)


def _one_point_more(item: AgendaItem, choices: dict[str, str | None]) -> tuple[str, str]:
    """A criterion and an option of it that is worth one point more than what was chosen."""
    for criterion in rubric_of(item.edition).criteria:
        worth = {option.id: option.points for option in criterion.options}
        chosen = worth.get(choices[criterion.code] or "", 0)
        for option, points in worth.items():
            if points == chosen + 1:
                return criterion.code, option
    raise AssertionError("every option is the dearest of its criterion")


def _concludes(chair: Actor, item: AgendaItem, screen: Page) -> Rating:
    """The gates are found, then the result; the projector shows it, and no sheet of anybody."""
    chair.go(f"/hoi-dong/muc/{item.pk}/")
    for met in chair.page.locator("main input[name^='gate-'][value='dat']").all():
        met.check()
    chair.press("Ghi nhận các mức")
    chair.press("Kết luận")
    chair.agree()
    chair.sees("Hội đồng đã kết luận.")
    rating = Rating.objects.get()
    assert (rating.points, rating.sheets, rating.stars) == (198, 3, 3)
    expect(screen.locator("main")).to_contain_text("trung bình 66 điểm", timeout=LIVE_MS)
    shown = set(NUMBER.findall(screen.locator("main").inner_text()))
    assert {"60", "61", "71"} & shown == set()
    return rating


def _ends(five: Five, item: AgendaItem, rating: Rating) -> None:
    """The secretary ends the session; the minutes hold both ballots and who stood aside."""
    five.secretary.go(f"/hoi-dong/phien/{item.session_id}/")
    five.secretary.fill(note="Đề nghị chụp lại ảnh bao bì.")
    five.secretary.press("Kết thúc phiên họp")
    five.secretary.sees("Đã kết thúc")
    paper = five.secretary.page.request.get(f"/hoi-dong/phien/{item.session_id}/bien-ban/pdf/")
    pages = PdfReader(BytesIO(paper.body())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    names = Sheet.objects.values_list("member__user__full_name", "total")

    assert sorted(total or 0 for _name, total in names) == [60, 61, 66, 66, 71, 71]
    for told in (rating.mean_shown, "Bàn lại một tiêu chí", "Đề nghị chụp lại ảnh bao bì."):
        assert told in text
    for name in {name for name, _total in names}:
        assert name in text
    assert _status(five.aside.page, f"/chu-trinh/ho-so/{item.dossier_id}/") == 404
