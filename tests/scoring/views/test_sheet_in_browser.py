"""A member and the sheet: by the keyboard alone, without network, without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Route, expect

from ocop_portal.journal.models import Entry
from scoring.models import AgendaItem, CouncilMember, Mark, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import attendance, declarations, sessions, sheets
from tests.factories import scoring as make
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor, Tapper, Typist
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def now() -> Iterator[None]:
    """The moment of the meeting, for the site too."""
    with time_machine.travel(make.MEETING):
        yield


@pytest.fixture
def held() -> make.Room:
    """A council whose first member has not yet declared; the session is open."""
    dossier = make.accepted_dossier(regime="2026")
    room = make.room_for(dossier)
    session = make.called(room, dossier)
    for person in room.everybody:
        person.user.set_password(PASSWORD)
        person.user.save()
        if person != room.members[0]:
            declarations.declare(
                make.item_of(session), has_conflict=False, by=person.user, at=make.NOW
            )
    sessions.open_session(session, by=room.secretary.user, at=make.MEETING)
    for person in room.everybody:
        attendance.mark_present(session, person, by=room.secretary.user, at=make.MEETING)
    return room


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def chosen(item: AgendaItem, total: int = 74) -> dict[str, str]:
    """By the names and values of the form."""
    choices = make.choices_of_total(rubric_of(item.edition), total)
    return {f"c-{code}": option or "khong" for code, option in choices.items()}


def free(member: CouncilMember, item: AgendaItem) -> None:
    declarations.declare(item, has_conflict=False, by=member.user, at=make.MEETING)


def test_a_member_declares_scores_and_hands_in_by_the_keyboard_alone(
    open_page: PageOpener, now: None, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    typist = Typist.at(open_page(), member.user)
    page = typist.page
    typist.go(f"/hoi-dong/muc/{item.pk}/")

    typist.tab_to("[name='has_conflict']")
    typist.press_key("Space")
    typist.enter("main button[type='submit']")
    expect(page.get_by_role("link", name="Chấm điểm")).to_be_visible()
    typist.enter(f"[href='/hoi-dong/muc/{item.pk}/phieu/']")
    expect(page.locator("form[data-ballot]")).to_be_visible()
    faults = faults_of(page)
    typist.tab_to("[data-ballot-index] button")
    typist.press_key("ArrowDown")
    expect(page.locator("[data-for-criterion='1.1']")).to_be_focused()
    typist.press_key("Enter")
    typist.answer(chosen(item))
    expect(page.locator("#muc-nop-ten")).to_be_focused()
    expect(page.locator(".totals__all [data-points-total]")).to_have_text("74")
    faults += faults_of(page)
    typist.enter("[data-hand-in]")
    typist.agree()
    expect(page.locator("main")).to_contain_text("Biên nhận")

    sheet = Sheet.objects.get()
    expect(page.locator("main")).to_contain_text(sheet.receipt_hash)
    assert (sheet.member, sheet.total, sheet.state) == (member, 74, "submitted")
    assert faults + faults_of(page) == []


def test_on_a_tablet_without_network_a_sheet_is_handed_in_once_though_sent_three_times(
    open_page: PageOpener, now: None, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    free(member, item)
    tapper = Tapper.at(open_page(width=768), member.user)
    page = tapper.page
    page.goto(f"/hoi-dong/muc/{item.pk}/phieu/")
    faults = faults_of(page)
    reached: list[dict[str, Any]] = []

    def lose_two_answers(route: Route) -> None:
        """The server takes the sheet and its answer is lost on the way back, twice."""
        answer = route.fetch()
        hands_in = "\r\n\r\nsubmit\r\n" in (route.request.post_data or "")
        if hands_in:
            reached.append(answer.json())
        if hands_in and len(reached) < 3:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/phieu/gui/", lambda route: route.abort())
    tapper.answer(chosen(item))
    page.locator(".ballot__bar [name='go']").tap()
    page.locator("[data-hand-in]").tap()
    page.get_by_role("dialog").locator("[value='yes']").tap()
    expect(page.locator("[data-sync-pending]")).to_be_visible()
    faults += faults_of(page)
    assert not Sheet.objects.exists()

    page.unroute("**/phieu/gui/")
    page.route("**/phieu/gui/", lose_two_answers)
    for _time in range(4):
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(700)
    expect(page.locator("main")).to_contain_text("Biên nhận")

    sheet = Sheet.objects.get()
    assert [answer["receipt"] for answer in reached] == [sheet.receipt_hash] * 3
    assert Entry.objects.filter(kind="scoring.sheet.submitted").count() == 1
    assert Mark.objects.filter(sheet=sheet).count() == len(chosen(item))
    assert choices_of(sheet) == make.choices_of_total(rubric_of(item.edition), 74)
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ocop:sheet'))") == []
    assert faults + faults_of(page) == []


def test_two_devices_are_merged_and_what_both_changed_is_asked(
    open_page: PageOpener, now: None, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    free(member, item)
    first, second, third = list(rubric_of(item.edition).criteria)[:3]
    mine, other = first.options[0].id, first.options[1].id
    page = Actor.at(open_page(), member.user).page
    page.goto(f"/hoi-dong/muc/{item.pk}/phieu/")

    context: BrowserContext = page.context
    context.set_offline(True)
    page.locator(f"[value='{mine}']").check()
    page.locator(f"[value='{third.options[0].id}']").check()
    expect(page.locator("[data-sync-status]")).to_contain_text("chưa có mạng")
    elsewhere = {first.code: other, second.code: second.options[0].id}
    sheets.save(item, choices=elsewhere, version=0, by=member.user, at=make.MEETING)
    context.set_offline(False)

    expect(page.locator("[data-sync-conflict]")).to_be_visible()
    rows = page.locator("[data-sync-rows] tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text(first.options[0].label)
    expect(rows.first).to_contain_text(first.options[1].label)
    faults = faults_of(page)
    page.get_by_role("button", name="Giữ bản trên máy này").click()
    expect(page.locator("[data-sync-status]")).to_contain_text("đã lưu")

    assert choices_of(Sheet.objects.get()) == {
        first.code: mine,
        second.code: second.options[0].id,
        third.code: third.options[0].id,
    }
    assert faults == []


def test_without_javascript_every_button_saves_and_goes_on_to_the_receipt(
    open_page: PageOpener, now: None, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    free(member, item)
    actor = Actor.at(open_page(width=360, javascript=False), member.user)
    page = actor.page
    actor.go(f"/hoi-dong/muc/{item.pk}/phieu/")

    for name, value in chosen(item).items():
        radio = page.locator(f"[name='{name}'][value='{value}']")
        if not radio.is_visible():
            page.locator("section:not([hidden]) .ballot__step .button--primary").click()
            expect(radio).to_be_visible()
        radio.check()
    page.locator(".ballot__bar [name='go']").click()
    expect(page.locator(".totals__all")).to_contain_text("74/100")
    page.locator("[data-hand-in]").click()

    expect(page.locator("main")).to_contain_text("Biên nhận")
    expect(page.locator("main")).to_contain_text(Sheet.objects.get().receipt_hash)
    assert Sheet.objects.get().total == 74
