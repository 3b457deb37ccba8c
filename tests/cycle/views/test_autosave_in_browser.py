"""Fields that save themselves, in real browsers: nothing typed is ever lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from cycle.models import Dossier, Idea
from ocop_portal.accounts.models import BrowserSession, User
from scoring.domain.answers import NONE
from scoring.models import SelfAssessment
from scoring.selectors.rubrics import rubric_of
from tests.factories import cycle, rubrics
from tests.factories import registry as make
from tests.factories import scoring as make_scoring
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"đã lưu \d\d:\d\d")
TEXT = "  Chè đắng\n\n\U0001f468\u200d\U0001f33e 1 kg = 5 búp \n"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def state(name: str) -> str:
    return f".field:has([name='{name}']) > .field__state"


def saved(page: Page, name: str) -> None:
    expect(page.locator(state(name))).to_have_text(SAVED)


@pytest.fixture
def dossier(live: str) -> Dossier:
    found = cycle.draft_dossier()
    with_password(cycle.owner_of(found.enrolment))
    return found


@pytest.fixture
def path(dossier: Dossier) -> str:
    return f"/chu-trinh/ho-so/{dossier.pk}/noi-dung/"


def introduction() -> str:
    return Dossier.objects.get().introduction


def test_a_field_saves_within_a_second_of_rest_and_says_so(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    lan = Actor.at(open_page(width=360), cycle.owner_of(dossier.enrolment))
    lan.go(path)
    lan.fill(introduction=TEXT)
    lan.page.wait_for_timeout(1_000)

    assert introduction() == TEXT
    saved(lan.page, "introduction")
    expect(lan.page.locator("form [role=status]")).to_contain_text("đã lưu")
    assert faults_of(lan.page) == []
    lan.page.reload()
    assert lan.page.locator("[name=introduction]").input_value() == TEXT


def test_without_network_the_text_waits_and_goes_by_itself(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    lan = Actor.at(open_page(width=360), cycle.owner_of(dossier.enrolment))
    lan.go(path)
    lan.page.context.set_offline(True)
    lan.fill(introduction=TEXT)
    lan.sees("Mất mạng.")
    expect(lan.page.locator(state("introduction"))).to_have_text("chưa lưu, còn giữ trên máy này")
    assert introduction() == ""
    assert faults_of(lan.page) == []

    lan.page.context.set_offline(False)
    saved(lan.page, "introduction")

    assert introduction() == TEXT
    expect(lan.page.locator(".autosave-bar")).to_be_hidden()


def test_after_the_session_ended_the_text_is_replayed_by_the_login(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    lan = Actor.at(open_page(width=360), cycle.owner_of(dossier.enrolment))
    lan.go(path)
    BrowserSession.objects.all().delete()
    lan.fill(introduction=TEXT)
    lan.sees("đăng nhập lại để lưu")
    assert introduction() == ""

    lan.page.locator(".autosave-bar a").evaluate("link => link.target = '_self'")
    lan.page.locator(".autosave-bar a").click()
    lan.fill(username=lan.email, password=PASSWORD)
    lan.press("Đăng nhập")

    saved(lan.page, "introduction")
    assert introduction() == TEXT


def test_a_tab_that_closed_is_replayed_on_any_page_of_the_same_person_only(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    owner = cycle.owner_of(dossier.enrolment)
    lan = Actor.at(open_page(width=360), owner)
    lan.go(path)
    context = lan.page.context
    context.set_offline(True)
    lan.fill(introduction=TEXT)
    lan.sees("chưa lưu")
    lan.page.close()
    context.set_offline(False)
    context.clear_cookies()

    other = Actor.at(context.new_page(), with_password(make.person()))
    other.go("/ban-lam-viec/")
    other.page.wait_for_timeout(2_000)
    assert introduction() == ""
    assert "Chè đắng" not in other.page.content()
    context.clear_cookies()
    back = Actor.at(context.new_page(), owner)
    back.go("/ban-lam-viec/")

    back.page.wait_for_timeout(2_500)
    assert introduction() == TEXT
    assert back.page.evaluate("Object.keys(localStorage).filter(k => k.includes('draft'))") == []


def test_two_devices_on_one_field_are_a_choice(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    owner = cycle.owner_of(dossier.enrolment)
    phone, desk = Actor.at(open_page(width=360), owner), Actor.at(open_page(), owner)
    phone.go(path)
    desk.go(path)
    phone.fill(introduction="Máy thứ nhất")
    saved(phone.page, "introduction")
    desk.fill(introduction="Máy thứ hai", plan_results="Tăng 20 %")
    panel = desk.page.locator(".choice-of-two")

    expect(panel.locator("[data-mine-text]")).to_have_text("Máy thứ hai")
    expect(panel.locator("[data-theirs-text]")).to_have_text("Máy thứ nhất")
    saved(desk.page, "plan_results")
    assert introduction() == "Máy thứ nhất"
    assert faults_of(desk.page) == []
    panel.get_by_role("button", name="Giữ chữ của tôi").click()
    saved(desk.page, "introduction")
    assert introduction() == "Máy thứ hai"

    phone.fill(introduction="Máy thứ nhất, viết thêm")
    phone.page.get_by_role("button", name="Lấy bản đã lưu").click()
    expect(phone.page.locator("[name=introduction]")).to_have_value("Máy thứ hai")
    assert introduction() == "Máy thứ hai"


def test_the_button_after_a_lost_answer_overwrites_nobody_and_saves(
    open_page: PageOpener, dossier: Dossier, path: str
) -> None:
    lan = Actor.at(open_page(width=360), cycle.owner_of(dossier.enrolment))
    lan.go(path)
    arrived: list[str] = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        arrived.append(route.request.url)
        route.abort()

    lan.page.route("**/tu-luu/", lose_the_answer, times=1)
    lan.page.locator("[name=introduction]").press_sequentially("Chè", delay=10)
    lan.sees("chưa lưu")
    assert introduction() == "Chè"
    lan.page.locator("[name=introduction]").press_sequentially(" búp", delay=10)
    saved(lan.page, "introduction")

    assert (introduction(), len(arrived)) == ("Chè búp", 1)
    lan.page.locator("[name=introduction]").press_sequentially(" khô", delay=10)
    lan.press("Lưu")
    lan.sees("Đã lưu nội dung hồ sơ.")
    assert introduction() == "Chè búp khô"


def test_a_text_for_a_paper_that_was_handed_in_is_shown_not_lost(
    open_page: PageOpener, live: str
) -> None:
    row = cycle.enrolment()
    owner = with_password(cycle.owner_of(row))
    lan = Actor.at(open_page(width=360), owner)
    lan.go(f"/chu-trinh/luot/{row.pk}/y-tuong/")
    cycle.with_idea_submitted(row)
    lan.fill(market="Chợ phiên")
    lan.sees("Không sửa được khi đang ở trạng thái")
    lan.go("/ban-lam-viec/")

    lan.sees("Chữ đã gõ mà cổng chưa lưu được")
    lan.page.get_by_text("Xem chữ đã gõ").click()
    lan.sees("Chợ phiên")
    assert faults_of(lan.page) == []
    lan.page.get_by_role("button", name="Không cần nữa, bỏ đi").click()
    expect(lan.page.get_by_text("Chữ đã gõ mà cổng chưa lưu được")).to_have_count(0)
    assert Idea.objects.get().market == ""


def test_an_answer_of_the_self_assessment_saves_itself_and_the_result_follows(
    open_page: PageOpener, live: str
) -> None:
    rubrics.edition("2019", 1)
    dossier = cycle.draft_dossier()
    lan = Actor.at(open_page(width=360), with_password(cycle.owner_of(dossier.enrolment)))
    lan.go(f"/hoi-dong/tu-danh-gia/{dossier.pk}/")
    choices = make_scoring.choices_of_total(rubric_of(rubrics.edition("2019", 1)), 74)
    boxes = [f"[name='c-{code}'][value='{option or NONE}']" for code, option in choices.items()]
    for box in boxes[:-1]:
        lan.page.locator(box).check()
    expect(lan.page.locator("#ket-qua")).to_contain_text("Còn 1 tiêu chí chưa trả lời")
    lan.page.context.set_offline(True)
    lan.page.locator(boxes[-1]).check()
    lan.sees("Mất mạng.")
    lan.page.context.set_offline(False)

    expect(lan.page.locator("#ket-qua")).to_contain_text("4 trên 5 sao")
    assert SelfAssessment.objects.get().choices == choices
    assert faults_of(lan.page) == []
    lan.press("Lưu tự đánh giá")
    lan.sees("Đã lưu báo cáo tự đánh giá.")
