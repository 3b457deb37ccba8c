"""The main job in a browser: one product from the first form to a star that anybody can check.

Six steps under regime 2019, in a round on three tiers: the district proposes, the province
recognises. Everything but the offices that stand already is done on the screen, with a real
worker behind it that sends the notices and makes the certificate's PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from cycle.domain.steps import Step
from cycle.models import Dossier, Enrolment
from ocop_portal.accounts.models import User
from registry.domain.clock import LEGAL_ZONE, legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product, Unit
from scoring.domain.council import Seat
from scoring.models import AgendaItem, Certificate, Council, Decision
from scoring.services import councils
from tests.factories import people, registry, rubrics
from tests.journeys.actors import Actor
from tests.services_fixtures import PageOpener, Worker

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]

# For every question the option whose points are the largest that are still at most this share.
SHARE = 80
ANSWER_ALL = """share => {
  const groups = {};
  for (const input of document.querySelectorAll("main input[type=radio][name^='c-']"))
    (groups[input.name] ??= []).push(input);
  for (const inputs of Object.values(groups)) {
    const points = input => Number(input.dataset.points ?? 0);
    const most = Math.max(...inputs.map(points));
    const rising = [...inputs].sort((one, other) => points(one) - points(other));
    const fitting = rising.filter(input => points(input) * 100 <= most * share);
    (fitting.at(-1) ?? rising[0]).click();
  }
  return Object.keys(groups).length;
}"""


@dataclass
class Hall:
    """Who takes part, each at a browser of their own."""

    producer: Actor
    district_officer: Actor
    provincial_officer: Actor
    authority: Actor
    chair: Actor
    members: tuple[Actor, ...]
    secretary: Actor

    @property
    def voters(self) -> tuple[Actor, ...]:
        return (self.chair, *self.members)


@pytest.fixture
def law(transactional_db: None) -> None:
    """The product sets, and the rubric of tea."""
    registry.load_sets()
    rubrics.edition("2019", 1)


@pytest.fixture
def province(law: None) -> Unit:
    """Lan's province on three tiers, with its district, its communes of then and now."""
    place = registry.commune()
    registry.former_commune(successor=place)
    return registry.former_province()


@pytest.fixture
def bench(province: Unit) -> Sequence[User]:
    """A chair, three members and a secretary who sit on the district's and on the province's
    council; notice is given on the same day, as their regulation allows."""
    found = (
        people.binh(),
        people.yen(),
        registry.person("Cao Minh Tâm"),
        registry.person("Lê Quý"),
        registry.person("Trần Thư"),
    )
    administrator = people.an()
    for unit in (registry.district(), province):
        _seat(unit, found, administrator)
    return found


def _seat(unit: Unit, bench: Sequence[User], administrator: User) -> None:
    at = timezone.now()
    council = councils.appoint(
        name=f"Hội đồng {unit.name}",
        level=Level(unit.level),
        unit=unit,
        decision_number=f"{unit.pk}/QĐ-UBND",
        decided_on=legal_day(at),
        starts_on=legal_day(at),
        notice_working_days=0,
        by=administrator,
        at=at,
    )
    seats = (Seat.CHAIR, Seat.MEMBER, Seat.MEMBER, Seat.MEMBER, Seat.SECRETARY)
    for user, seat in zip(bench, seats, strict=True):
        councils.add_member(council, user=user, seat=seat, by=administrator, at=at)


@pytest.fixture
def hall(open_page: PageOpener, bench: Sequence[User], province: Unit) -> Iterator[Hall]:
    """Everybody logged in; the producer has just opened an account, on a phone.

    What each of them saw last is printed, which is shown where the test fails.
    """
    authority = people.officer("Hoàng Sơn", "son@ocop.example", Role.AUTHORITY, province)
    chair, *members, secretary = (Actor.at(open_page(), user) for user in bench)
    found = Hall(
        producer=_signs_up(Actor(open_page(width=360), "lan@ocop.example")),
        district_officer=Actor.at(open_page(), people.dung()),
        provincial_officer=Actor.at(open_page(), people.ha_before()),
        authority=Actor.at(open_page(), authority),
        chair=chair,
        members=tuple(members),
        secretary=secretary,
    )
    yield found
    for person in (found.producer, found.provincial_officer, found.authority, found.chair):
        print(  # noqa: T201 - shown by pytest where the test fails
            f"--- {person.email} at {person.page.url}\n{person.page.locator('main').inner_text()}"
        )


def _signs_up(lan: Actor) -> Actor:
    lan.go("/tai-khoan/dang-ky/")
    password = people.PASSWORD
    lan.fill(email=lan.email, full_name="Nguyễn Thị Lan")
    lan.fill(password=password, password_again=password)
    lan.press("Đăng ký")
    lan.log_in()
    return lan


def test_a_product_goes_from_idea_to_a_star_that_verifies(
    hall: Hall, celery_worker_process: Worker, tmp_path: Path
) -> None:
    paper = tmp_path / "dang-ky-kinh-doanh.pdf"
    paper.write_bytes(registry.pdf().read())

    _opens_a_round(hall.provincial_officer)
    _registers(hall.producer)
    enrolment = _writes_idea_and_plan(hall)
    dossier = _lodges(hall.producer, enrolment, paper)
    _is_scored_at(hall.district_officer, hall, dossier)
    _is_scored_at(hall.provincial_officer, hall, dossier)
    certificate = _is_decided(hall, dossier)

    _verifies(hall.producer, certificate)
    _was_told(hall, celery_worker_process)


def _opens_a_round(officer: Actor) -> None:
    today = legal_day(timezone.now())
    officer.go("/chu-trinh/dot/mo/")
    officer.fill(
        name="Đợt 1",
        year=str(today.year),
        opens_on=today.isoformat(),
        closes_on=(today + timedelta(days=90)).isoformat(),
    )
    officer.choose(regime="2019", division="three_tier")
    officer.page.locator("main select[name='unit']").select_option(index=1)
    officer.press("Mở đợt")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Đợt 1")


def _registers(lan: Actor) -> None:
    lan.go("/chu-the/dang-ky/")
    lan.fill(
        name="Hợp tác xã chè Tân Cương",
        tax_code=registry.tax_code(),
        representative_name="Nguyễn Thị Lan",
        phone="0912345678",
        commune_q="tan cuong",
    )
    lan.choose(kind="cooperative")
    lan.page.get_by_label("Xã Tân Cương", exact=False).first.check()
    lan.page.locator("[name='former_commune'][value]:not([value=''])").first.check()
    lan.press("Đăng ký")
    lan.press("Thêm sản phẩm")
    lan.fill(name="Chè tôm nõn Tân Cương", summary="Búp một tôm, sao tay.")
    lan.page.get_by_label("Bộ sản phẩm theo Bộ tiêu chí 2019", exact=False).select_option(
        label="Chè tươi, chế biến"
    )
    lan.press("Thêm sản phẩm")
    lan.sees("Chè tôm nõn Tân Cương")


def _writes_idea_and_plan(hall: Hall) -> Enrolment:
    lan, officer = hall.producer, hall.district_officer
    product = Product.objects.get()
    lan.go(f"/chu-trinh/tham-gia/{product.pk}/")
    lan.page.locator("main [name='round']").first.check()
    lan.press("Tham gia")
    enrolment = Enrolment.objects.get()
    for step, appraisal in (("y-tuong", "y-tuong/tham-dinh"), ("phuong-an", "phuong-an/tham-dinh")):
        lan.go(f"/chu-trinh/luot/{enrolment.pk}/{step}/")
        for field in lan.page.locator("main textarea").all():
            field.fill("Búp chè hái tay ở đồi nhà, sao trong ngày.")
        lan.press("Lưu và gửi thẩm định")
        officer.go(f"/chu-trinh/luot/{enrolment.pk}/{appraisal}/")
        for met in officer.page.locator("main input[name^='met_'][value='yes']").all():
            met.check()
        officer.tick(decision="accept")
        officer.press("Ghi quyết định")
    enrolment.refresh_from_db()
    assert enrolment.step == Step.IMPLEMENTATION
    return enrolment


def _lodges(lan: Actor, enrolment: Enrolment, paper: Path) -> Dossier:
    today = legal_day(timezone.now()).isoformat()
    lan.go(f"/chu-trinh/luot/{enrolment.pk}/trien-khai/")
    lan.fill(title="In bao bì mới", due_on=today)
    lan.press("Thêm mốc")
    lan.press("Báo xong", exact=False)
    lan.fill(completed_on=today)
    lan.press("Ghi hoàn thành")
    lan.press("Kết thúc triển khai, mở hồ sơ đánh giá")
    dossier = Dossier.objects.get()
    lan.go(f"/chu-trinh/ho-so/{dossier.pk}/noi-dung/")
    for field in lan.page.locator("main textarea").all():
        field.fill("Mười hai thành viên, ba tổ.\nDoanh thu tăng hai năm liền.")
    lan.press("Lưu")
    lan.sees("Đã lưu nội dung hồ sơ.")  # it is sent once every field has been kept
    lan.go(f"/chu-trinh/ho-so/{dossier.pk}/minh-chung/business_registration/")
    lan.fill(title="Giấy đăng ký hợp tác xã")
    lan.upload("file", paper)
    lan.press("Tải lên và gắn")
    lan.go(f"/hoi-dong/tu-danh-gia/{dossier.pk}/")
    _answers(lan)
    lan.press("Lưu tự đánh giá")
    lan.sees("Đã lưu báo cáo tự đánh giá.")
    lan.go(f"/chu-trinh/ho-so/{dossier.pk}/kiem-tra/")
    lan.page.locator("main [name='confirmed']").check()
    lan.press("Nộp hồ sơ")
    dossier.refresh_from_db()
    lan.sees(dossier.code)
    return dossier


def _answers(actor: Actor) -> None:
    asked = actor.page.evaluate(ANSWER_ALL, SHARE)
    assert asked > 20


def _is_scored_at(officer: Actor, hall: Hall, dossier: Dossier) -> None:
    """One level: intake, a called session, declarations, presence, sheets, a conclusion."""
    officer.go(f"/chu-trinh/ho-so/{dossier.pk}/tiep-nhan/")
    officer.press("Hồ sơ đủ, tiếp nhận")
    dossier.refresh_from_db()
    item = _calls_a_session(officer, dossier)
    for person in (*hall.voters, hall.secretary):
        _sees_only_the_title(person, item)
        person.tick(has_conflict="khong")
        person.press("Ghi nhận lời khai")
    _opens_the_session(hall.secretary, item)
    for person in hall.voters:
        person.go(f"/hoi-dong/muc/{item.pk}/phieu/")
        _answers(person)
        person.press("Xem lại và nộp")
        person.press("Nộp phiếu")
        person.agree()
        person.sees("Biên nhận")
    hall.chair.go(f"/hoi-dong/muc/{item.pk}/")
    hall.chair.press("Kết luận")
    hall.chair.agree()
    hall.chair.sees("Xem kết quả đầy đủ")
    item.refresh_from_db()
    assert item.rating is not None


def _calls_a_session(officer: Actor, dossier: Dossier) -> AgendaItem:
    council = Council.objects.get(level=dossier.level)
    soon = (timezone.now() + timedelta(minutes=5)).astimezone(LEGAL_ZONE)
    officer.go(f"/hoi-dong/{council.pk}/trieu-tap/")
    officer.fill(starts_at=f"{soon:%Y-%m-%dT%H:%M}", place="Phòng họp")
    officer.tick(dossiers=str(dossier.pk))
    officer.press("Triệu tập và báo cho thành viên")
    return AgendaItem.objects.get(session__council=council)


def _sees_only_the_title(person: Actor, item: AgendaItem) -> None:
    person.go(f"/hoi-dong/muc/{item.pk}/")
    person.sees("Chè tôm nõn Tân Cương")
    expect(person.page.locator("main")).not_to_contain_text("Hợp tác xã chè")
    answer = person.page.request.get(f"/chu-trinh/ho-so/{item.dossier_id}/")
    assert answer.status == 404


def _opens_the_session(secretary: Actor, item: AgendaItem) -> None:
    secretary.go(f"/hoi-dong/phien/{item.session_id}/")
    secretary.press("Khai mạc phiên họp")
    for box in secretary.page.locator("main input[name='present']").all():
        box.check()
    secretary.press("Ghi nhận")


def _is_decided(hall: Hall, dossier: Dossier) -> Certificate:
    province = Unit.objects.get(path=dossier.enrolment.commune.ancestor_paths[1])
    hall.provincial_officer.go(f"/hoi-dong/quyet-dinh/lap/{province.pk}/")
    hall.provincial_officer.fill(title="Công nhận sản phẩm OCOP", number="12/QĐ-UBND")
    hall.provincial_officer.page.locator("main [name='ratings']").first.check()
    hall.provincial_officer.press("Lưu dự thảo")
    hall.provincial_officer.press("Trình ký")
    decision = Decision.objects.get()
    hall.authority.go(f"/hoi-dong/quyet-dinh/{decision.pk}/")
    hall.authority.fill(signer_title="Phó Chủ tịch", password=people.PASSWORD)
    hall.authority.press("Ký quyết định")
    hall.authority.agree()
    hall.authority.sees("Đã ký")
    return Certificate.objects.get()


def _verifies(citizen: Actor, certificate: Certificate) -> None:
    citizen.go("/san-pham/?q=che+tom+non")
    citizen.press("Chè tôm nõn Tân Cương")
    citizen.sees("3 trên 5 sao")
    citizen.go("/xac-thuc/")
    citizen.fill(code=certificate.code.lower())
    citizen.press("Kiểm tra")
    citizen.sees("Còn hiệu lực")
    citizen.sees("12/QĐ-UBND")


def _was_told(hall: Hall, worker: Worker) -> None:
    """The worker sent the calls and made the PDF; the producer finds the news in the portal."""
    hall.producer.go("/thong-bao/")
    hall.producer.sees("Chè tôm nõn Tân Cương")
    certificate = Certificate.objects.get()
    for _try in range(60):
        certificate.refresh_from_db()
        if certificate.pdf:
            break
        hall.producer.page.wait_for_timeout(500)
    with certificate.pdf.open("rb") as paper:
        text = PdfReader(BytesIO(paper.read())).pages[0].extract_text()
    assert "Chè tôm nõn Tân Cương" in text
    assert any("yen@ocop.example" in letter for letter in worker.letters())
