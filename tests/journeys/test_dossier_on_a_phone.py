"""A dossier on a phone of 360 px: from its first field to the second lodging, nothing lost."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cycle.models import Correction, Dossier, Lodging
from ocop_portal.accounts.models import BrowserSession, User
from registry.domain.regime import Level
from scoring.domain.answers import NONE
from scoring.selectors.rubrics import rubric_of
from tests.factories import cycle, registry, rubrics
from tests.factories import scoring as make
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INTRODUCTION = "Hợp tác xã có 25 thành viên\n\n\U0001f33f ba tổ  "
ITEMS = ("introduction", "business_registration")


def at_home(open_page: PageOpener, user: User, width: int) -> Actor:
    user.set_password(PASSWORD)
    user.save()
    return Actor.at(open_page(width=width), user)


def test_from_the_first_field_to_the_second_lodging(open_page: PageOpener, tmp_path: Path) -> None:
    rubrics.edition("2019", 1)
    dossier = cycle.draft_dossier(regime="2019")
    officer_user = cycle.officer_for(dossier.enrolment, Level(dossier.level))
    lan = at_home(open_page, cycle.owner_of(dossier.enrolment), 360)
    home = f"/chu-trinh/ho-so/{dossier.pk}/"
    faults: list[tuple[str, str]] = []

    def look(actor: Actor, path: str) -> None:
        actor.go(path)
        faults.extend(faults_of(actor.page))

    look(lan, home)
    expect(lan.page.locator(".task").first).to_contain_text("chưa làm")
    _writes_through_a_cut_and_an_ended_session(lan, home)
    _proves_and_assesses(lan, dossier, tmp_path)
    look(lan, f"/hoi-dong/tu-danh-gia/{dossier.pk}/")
    look(lan, f"{home}kiem-tra/")
    _lodges(lan, home)
    faults.extend(faults_of(lan.page))
    dossier.refresh_from_db()
    lan.sees(dossier.code)

    officer = at_home(open_page, officer_user, 1366)
    look(officer, f"{home}tiep-nhan/")
    for item in ITEMS:
        officer.choose(**{f"fix_{item}": "incomplete"})
        officer.fill(**{f"why_{item}": "Thiếu trang cuối"})
    officer.press("Trả lại chủ thể")
    assert set(Correction.objects.values_list("item", flat=True)) == set(ITEMS)

    look(lan, home)
    expect(lan.page.locator(".task", has_text="cần sửa")).to_have_count(2)
    look(lan, f"{home}noi-dung/")
    expect(lan.page.locator("main textarea")).to_have_count(1)
    lan.fill(introduction=f"{INTRODUCTION}Trang cuối.")
    expect(lan.page.locator(".field__state")).to_contain_text("đã lưu")
    _adds_paper(lan, dossier, tmp_path, "Giấy đăng ký, đủ trang")
    _lodges(lan, home)

    assert Dossier.objects.get().state == "lodged"
    first, second = Lodging.objects.order_by("number")
    assert first.snapshot["texts"][0]["text"] == INTRODUCTION
    assert second.snapshot["texts"][0]["text"] == f"{INTRODUCTION}Trang cuối."
    assert len(second.snapshot["evidence"]) == 2
    assert faults == []


def _writes_through_a_cut_and_an_ended_session(lan: Actor, home: str) -> None:
    lan.go(f"{home}noi-dung/")
    lan.page.context.set_offline(True)
    lan.fill(introduction=INTRODUCTION)
    lan.sees("Mất mạng.")
    BrowserSession.objects.all().delete()
    lan.page.context.set_offline(False)
    lan.sees("đăng nhập lại để lưu")
    lan.page.locator(".autosave-bar a").evaluate("link => link.target = '_self'")
    lan.page.locator(".autosave-bar a").click()
    lan.fill(username=lan.email, password=PASSWORD)
    lan.press("Đăng nhập")
    expect(lan.page.locator("[name=introduction]")).to_have_value(INTRODUCTION)
    lan.fill(plan_results="Doanh thu tăng hai năm liền.")
    lan.press("Lưu")
    lan.sees("Đã lưu nội dung hồ sơ.")


def _proves_and_assesses(lan: Actor, dossier: Dossier, folder: Path) -> None:
    _adds_paper(lan, dossier, folder, "Giấy đăng ký hợp tác xã")
    lan.go(f"/hoi-dong/tu-danh-gia/{dossier.pk}/")
    choices = make.choices_of_total(rubric_of(rubrics.edition("2019", 1)), 74)
    for code, option in choices.items():
        lan.page.locator(f"[name='c-{code}'][value='{option or NONE}']").check()
    expect(lan.page.locator("#ket-qua")).to_contain_text("4 trên 5 sao")


def _adds_paper(lan: Actor, dossier: Dossier, folder: Path, title: str) -> None:
    paper = folder / f"{len(title)}.pdf"
    paper.write_bytes(registry.pdf(title).read())
    lan.go(f"/chu-trinh/ho-so/{dossier.pk}/minh-chung/business_registration/")
    lan.fill(title=title)
    lan.upload("file", paper)
    lan.press("Tải lên và gắn")


def _lodges(lan: Actor, home: str) -> None:
    lan.go(f"{home}kiem-tra/")
    lan.page.locator("main [name='confirmed']").check()
    lan.press("Nộp hồ sơ")
    lan.sees("Biên nhận hồ sơ")
