"""Steps one to three in browsers: a new producer on a phone, an officer at an office screen.

Under regime 2019 on three tiers: the district appraises. Every page that one of the two comes to
is also looked at as somebody with a screen reader or a narrow screen would meet it.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cycle.domain.steps import Step
from cycle.models import Enrolment, InformationSession, SessionAttendee, SupportRequest
from cycle.services import seasons
from ocop_portal.accounts.models import User
from registry.domain.clock import LEGAL_ZONE, legal_day
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.models import ProductPicture
from tests.factories import cycle, people, registry, rubrics
from tests.factories import support as make_support
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Faults = list[tuple[str, str]]


@pytest.fixture
def officer() -> User:
    """The district officer of the place; a round is open, its law and rubric are there."""
    registry.load_sets()
    rubrics.edition("2019", 1)
    registry.former_commune(successor=registry.commune())
    province = registry.former_province()
    keeper = people.officer("Lê Mai", "mai@ocop.example", Role.PROVINCIAL_OFFICER, province)
    today = legal_day(timezone.now())
    seasons.open_round(
        name="Đợt của tỉnh",
        regime="2019",
        division=Division.THREE_TIER,
        unit=province,
        year=today.year,
        opens_on=today,
        closes_on=today + timedelta(days=200),
        by=keeper,
        at=timezone.now(),
    )
    return people.dung()


def looked_at(actor: Actor, faults: Faults) -> None:
    faults += faults_of(actor.page)


def test_a_new_producer_comes_from_the_first_question_to_an_accepted_plan(
    open_page: PageOpener, officer: User, tmp_path: Path
) -> None:
    faults: Faults = []
    lan = Actor(open_page(width=360), "lan@ocop.example")
    dung = Actor.at(open_page(), officer)

    _asks_whether_she_may(lan, faults)
    _opens_an_account(lan, faults)
    _registers_subject_and_product(lan, faults, tmp_path)
    row = _takes_part_with_an_idea(lan, faults)
    _returns_one_item(dung, faults)
    _mends_it(lan, faults)
    _accepts(dung, row, "y-tuong", faults)
    _sends_a_plan(lan, row, faults)
    _accepts(dung, row, "phuong-an", faults)

    lan.go(f"/chu-trinh/luot/{row.pk}/")
    looked_at(lan, faults)
    lan.sees("Phương án được chấp nhận")
    row.refresh_from_db()
    assert row.step == Step.IMPLEMENTATION
    assert ProductPicture.objects.count() == 1
    assert faults == []


def _asks_whether_she_may(lan: Actor, faults: Faults) -> None:
    lan.go("/ai-duoc-tham-gia/")
    answers = {
        "regime": "2019",
        "industry": "do-uong",
        "form": "cooperative",
        "registered": "co",
    }
    for number, (name, value) in enumerate(answers.items(), start=1):
        lan.sees(f"Câu {number}")
        looked_at(lan, faults)
        lan.tick(**{name: value})
        lan.press("Tiếp tục")
    lan.sees("Câu 5")
    lan.fill(commune_q="tan cuong")
    lan.page.get_by_label("Xã Tân Cương", exact=False).first.check()
    looked_at(lan, faults)
    lan.press("Tiếp tục")
    lan.sees("Câu 6")
    lan.tick(local="co", value="co", harmless="co")
    lan.press("Tiếp tục")
    looked_at(lan, faults)
    lan.sees("Bạn được tham gia")
    lan.press("Mở tài khoản và đăng ký")


def _opens_an_account(lan: Actor, faults: Faults) -> None:
    looked_at(lan, faults)
    lan.fill(email=lan.email, full_name="Nguyễn Thị Lan")
    lan.fill(password=people.PASSWORD, password_again=people.PASSWORD)
    lan.press("Đăng ký")
    lan.press("Đến trang đăng nhập")
    expect(lan.page.locator("main [name='username']")).to_be_visible()
    lan.fill(username=lan.email, password=people.PASSWORD)
    lan.press("Đăng nhập")
    expect(lan.page.get_by_role("heading", level=1)).to_have_text("Đăng ký chủ thể")


def _registers_subject_and_product(lan: Actor, faults: Faults, folder: Path) -> None:
    looked_at(lan, faults)
    expect(lan.page.locator("main select[name='kind']")).to_have_value("cooperative")
    right = registry.tax_code()
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    lan.fill(
        name="Hợp tác xã chè Tân Cương",
        tax_code=wrong,
        representative_name="Nguyễn Thị Lan",
        phone="0912345678",
    )
    lan.page.locator("[name='former_commune'][value]:not([value=''])").first.check()
    lan.press("Đăng ký")
    looked_at(lan, faults)
    lan.sees("Mã số thuế")
    expect(lan.page.locator("main [name='name']")).to_have_value("Hợp tác xã chè Tân Cương")
    lan.fill(tax_code=right)
    lan.press("Đăng ký")
    looked_at(lan, faults)
    lan.press("Thêm sản phẩm")
    looked_at(lan, faults)
    lan.fill(name="Chè tôm nõn Tân Cương", summary="Búp một tôm, sao tay.")
    lan.page.get_by_label("Bộ sản phẩm theo Bộ tiêu chí 2019", exact=False).select_option(
        label="Chè tươi, chế biến"
    )
    lan.press("Thêm sản phẩm")
    lan.press("Thêm ảnh")
    photo = folder / "che.jpg"
    photo.write_bytes(registry.photo().read())
    lan.upload("file", photo)
    lan.fill(alt="Búp chè trong bàn tay")
    lan.press("Tải ảnh lên")
    looked_at(lan, faults)
    lan.press("Về trang sản phẩm")
    looked_at(lan, faults)


def _takes_part_with_an_idea(lan: Actor, faults: Faults) -> Enrolment:
    lan.press("Tham gia chu trình OCOP")
    lan.page.locator("main [name='round']").first.check()
    looked_at(lan, faults)
    lan.press("Tham gia")
    expect(lan.page.get_by_role("heading", level=1)).not_to_have_text("Tham gia chu trình OCOP")
    row = Enrolment.objects.get()
    lan.go(f"/chu-trinh/luot/{row.pk}/y-tuong/")
    looked_at(lan, faults)
    for field in lan.page.locator("main textarea").all():
        field.fill("Búp chè hái tay ở đồi nhà, sao trong ngày.")
    lan.press("Lưu và gửi thẩm định")
    lan.sees("Đã gửi ý tưởng để thẩm định.")
    looked_at(lan, faults)
    row.refresh_from_db()
    due = row.idea.due_on
    assert due is not None
    lan.sees(f"{due:%d/%m/%Y}")
    return row


def _returns_one_item(dung: Actor, faults: Faults) -> None:
    dung.go("/ban-lam-viec/")
    looked_at(dung, faults)
    dung.press("Chè tôm nõn Tân Cương")
    dung.press("Thẩm định")
    looked_at(dung, faults)
    dung.page.locator("main select[name='fix_no_harm']").select_option("incomplete")
    dung.fill(why_no_harm="Nước thải rửa chè đi đâu?")
    for met in dung.page.locator("main input[name^='met_'][value='yes']").all():
        met.check()
    dung.tick(met_no_harm="no", decision="return_for_changes")
    dung.press("Ghi quyết định")
    dung.sees("Đã trả lại ý tưởng; chủ thể được báo cần sửa gì.")
    looked_at(dung, faults)


def _mends_it(lan: Actor, faults: Faults) -> None:
    lan.go("/ban-lam-viec/")
    lan.press("Chè tôm nõn Tân Cương")
    looked_at(lan, faults)
    lan.sees("Nước thải rửa chè đi đâu?")
    lan.fill(no_harm="Nước rửa chè qua bể lắng rồi tưới lại đồi.")
    lan.press("Lưu và gửi thẩm định")
    lan.sees("Đã gửi ý tưởng để thẩm định.")


def _accepts(dung: Actor, row: Enrolment, paper: str, faults: Faults) -> None:
    dung.go(f"/chu-trinh/luot/{row.pk}/{paper}/tham-dinh/")
    looked_at(dung, faults)
    for met in dung.page.locator("main input[name^='met_'][value='yes']").all():
        met.check()
    dung.tick(decision="accept")
    dung.press("Ghi quyết định")
    dung.sees("Đã chấp nhận")


def _sends_a_plan(lan: Actor, row: Enrolment, faults: Faults) -> None:
    lan.go(f"/chu-trinh/luot/{row.pk}/phuong-an/")
    looked_at(lan, faults)
    for field in lan.page.locator("main textarea").all():
        field.fill("Mười hai héc-ta chè trung du, hai tổ sao tay.")
    lan.press("Lưu và gửi thẩm định")
    looked_at(lan, faults)
    lan.sees("Đã gửi phương án để thẩm định.")


def test_an_officer_answers_everybody_from_the_work_list(
    open_page: PageOpener, officer: User
) -> None:
    faults: Faults = []
    asked = make_support.request(cycle.with_plan_accepted(cycle.enrolment()), at=timezone.now())
    row = asked.enrolment
    owner = cycle.owner_of(row)
    owner.set_password(people.PASSWORD)
    owner.save()
    fresh = cycle.enrolment(cycle.season(), item=cycle.product(maker=row.product.subject))
    dung, lan = Actor.at(open_page(), officer), Actor.at(open_page(width=360), owner)

    lan.go(f"/chu-trinh/luot/{row.pk}/trao-doi/")
    lan.fill(text="Bao giờ có mẫu bao bì?")
    lan.press("Gửi tin")
    looked_at(lan, faults)
    _answers_the_request(dung, asked, faults)
    _answers_the_question(dung, row, faults)
    _writes_for(dung, fresh, faults)
    _holds_a_training(dung, faults)

    lan.go(asked.get_absolute_url())
    looked_at(lan, faults)
    lan.sees("Sở Công Thương hỗ trợ thiết kế")
    lan.go(f"/chu-trinh/luot/{row.pk}/trao-doi/")
    lan.sees("Cuối tháng này.")
    lan.go(f"/chu-trinh/luot/{fresh.pk}/y-tuong/")
    looked_at(lan, faults)
    lan.press("Xác nhận và gửi thẩm định")
    lan.sees("Đã gửi ý tưởng để thẩm định.")
    dung.go("/ban-lam-viec/")
    dung.sees(fresh.product.name)
    assert faults == []


def _answers_the_request(dung: Actor, asked: SupportRequest, faults: Faults) -> None:
    dung.go("/ban-lam-viec/")
    looked_at(dung, faults)
    dung.press("Thiết kế bao bì, nhãn hiệu", exact=False)
    looked_at(dung, faults)
    dung.tick(move="grant")
    dung.fill(answer="Sở Công Thương hỗ trợ thiết kế", provider="Sở Công Thương")
    dung.fill(source="Ngân sách tỉnh", money="20000000")
    dung.press("Ghi trả lời")
    looked_at(dung, faults)
    asked.refresh_from_db()
    assert (asked.state, asked.money) == ("granted", 20_000_000)


def _answers_the_question(dung: Actor, row: Enrolment, faults: Faults) -> None:
    dung.go("/chu-trinh/trao-doi/")
    looked_at(dung, faults)
    dung.press(row.product.name)
    dung.sees("Bao giờ có mẫu bao bì?")
    dung.fill(text="Cuối tháng này.")
    dung.page.locator("main [name='asks']").uncheck()
    dung.press("Gửi tin")
    looked_at(dung, faults)


def _writes_for(dung: Actor, fresh: Enrolment, faults: Faults) -> None:
    dung.go(f"/chu-trinh/luot/{fresh.pk}/y-tuong/")
    dung.press("Soạn hộ chủ thể")
    looked_at(dung, faults)
    for field in dung.page.locator("main textarea").all():
        field.fill("Bà con kể, cán bộ ghi.")
    dung.press("Lưu và gửi chủ thể xác nhận")
    looked_at(dung, faults)
    dung.sees("Soạn hộ, chờ chủ thể xác nhận")


def _holds_a_training(dung: Actor, faults: Faults) -> None:
    starts = (timezone.now() + timedelta(days=9)).astimezone(LEGAL_ZONE)
    dung.go("/chu-trinh/lop-hoc/mo/")
    looked_at(dung, faults)
    dung.fill(title="Làm hồ sơ OCOP", place="Hội trường xã")
    dung.tick(kind="training")
    dung.page.locator("main select[name='unit']").select_option(index=1)
    dung.fill(
        starts_at=f"{starts:%Y-%m-%dT08:00}",
        ends_at=f"{starts:%Y-%m-%dT11:00}",
        registration_closes_at=f"{starts - timedelta(days=2):%Y-%m-%dT17:00}",
    )
    dung.press("Mở lớp")
    looked_at(dung, faults)
    lesson = InformationSession.objects.get()
    dung.go(f"/chu-trinh/lop-hoc/{lesson.pk}/diem-danh/")
    looked_at(dung, faults)
    dung.fill(name="Trần Thị Sen", phone="0987654321")
    dung.press("Ghi tên")
    looked_at(dung, faults)
    assert SessionAttendee.objects.get().name == "Trần Thị Sen"
