"""From level to level in browsers: from the first council to the star that everybody sees.

Under 2019 from the district to the province and the centre, where a specialised council scores
before the national one; under 2026 from the province to the centre. The dossier is lodged; from
there on people click: intake, call, declarations, sheets, conclusion, decision, signature. After
the first council the chair and the secretary click; the members' words come through the services.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from registry.domain.clock import LEGAL_ZONE
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from scoring.domain.chain import OutcomeKind
from scoring.domain.council import Seat
from scoring.models import AgendaItem, Certificate, Council, Decision, Package, Rating
from scoring.permissions import OFFICER_OF
from scoring.selectors.rubrics import rubric_of
from scoring.services import councils, declarations, documents
from tests.factories import cycle, people, registry
from tests.factories import scoring as make
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEATS = (Seat.CHAIR, Seat.MEMBER, Seat.MEMBER, Seat.SECRETARY)
# Presses one radio button of every criterion, in whichever section it stands.
CHOOSE = """choices => {
  for (const [name, value] of Object.entries(choices))
    document.querySelector(`[name="${name}"][value="${value}"]`).click();
}"""
FIND_ALL_MET = """() => {
  for (const input of document.querySelectorAll("main input[type=radio][value=dat]")) input.click();
}"""


@dataclass(frozen=True)
class Hall:
    """Everybody at a browser: the bench of all councils, the offices and authorities by level."""

    dossier: Dossier
    bench: tuple[Actor, ...]
    offices: dict[Level, Actor]
    authorities: dict[Level, Actor]
    citizen: Actor

    @property
    def chair(self) -> Actor:
        return self.bench[0]

    @property
    def secretary(self) -> Actor:
        return self.bench[-1]

    @property
    def product(self) -> str:
        return self.dossier.enrolment.product.name


def open_hall(open_page: PageOpener, dossier: Dossier, *levels: Level) -> Hall:
    """The councils of these levels with one bench, and a browser for everybody."""
    bench = [registry.person() for _ in SEATS]
    units = {level: cycle.unit_of(dossier.enrolment.commune, level) for level in levels}
    for level, unit in units.items():
        appoint(level, unit, bench)
    signing = [level for level in levels if level is not Level.DISTRICT]
    return Hall(
        dossier=dossier,
        bench=tuple(Actor.at(open_page(), user) for user in bench),
        offices={
            level: Actor.at(open_page(), cycle.holder(OFFICER_OF[level], unit))
            for level, unit in units.items()
        },
        authorities={
            level: Actor.at(open_page(), cycle.holder(Role.AUTHORITY, units[level]))
            for level in signing
        },
        citizen=Actor(open_page(width=360), ""),
    )


def appoint(level: Level, unit: Unit, bench: Sequence[User], **facts: Any) -> Council:
    """A council that may meet on the day it is called."""
    by = cycle.holder(OFFICER_OF[level], unit)
    council = councils.appoint(
        name=f"Hội đồng {facts.get('body', '')} {unit.name}",
        level=level,
        unit=unit,
        decision_number=f"{Council.objects.count() + 1}/QĐ-UBND",
        decided_on=make.TODAY,
        starts_on=make.TODAY,
        notice_working_days=0,
        minimum_members=3,
        by=by,
        at=make.NOW,
        **facts,
    )
    for user, seat in zip(bench, SEATS, strict=True):
        councils.add_member(council, user=user, seat=seat, by=by, at=make.NOW)
    return council


def test_under_2019_a_product_goes_from_its_district_to_five_stars(open_page: PageOpener) -> None:
    dossier = make.lodged_dossier(regime="2019")
    with time_machine.travel(make.MEETING):
        hall = open_hall(open_page, dossier, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL)
        national = Council.objects.get(level=Level.CENTRAL)
        specialised = appoint(
            Level.CENTRAL,
            national.unit,
            [seat.user for seat in national.members.order_by("pk")],
            body="specialised",
            groups=[dossier.product_set.industry],
        )

        is_received(hall, Level.DISTRICT)
        first = is_scored(hall, Council.objects.get(level=Level.DISTRICT), (90, 91, 92))
        assert first.result is OutcomeKind.FORWARDED

        is_received(hall, Level.PROVINCE)
        second = is_scored(hall, Council.objects.get(level=Level.PROVINCE), (92, 93, 94))
        assert (second.standing_stars, second.potential_five) == (4, True)
        is_decided(hall, second, "21/QĐ-UBND")
        is_public(hall, stars=4, number="21/QĐ-UBND")

        is_received(hall, Level.CENTRAL)
        passed_on = is_scored(hall, specialised, (91, 92, 93))
        assert passed_on.result is OutcomeKind.PASSED_ON
        third = is_scored(hall, national, (90, 91, 92))
        assert (third.result, third.stars) == (OutcomeKind.RECOGNISED, 5)
        is_decided(hall, third, "8/QĐ-BNNMT")
        is_public(hall, stars=5, number="8/QĐ-BNNMT")


def test_under_2026_a_product_goes_from_its_province_to_five_stars(open_page: PageOpener) -> None:
    dossier = make.accepted_dossier(regime="2026")
    with time_machine.travel(make.MEETING):
        hall = open_hall(open_page, dossier, Level.PROVINCE, Level.CENTRAL)

        first = is_scored(hall, Council.objects.get(level=Level.PROVINCE), (91, 92, 93))
        assert (first.result, first.standing_stars) == (OutcomeKind.FORWARDED, 4)
        is_decided(hall, first, "33/QĐ-UBND")
        is_public(hall, stars=4, number="33/QĐ-UBND")

        is_received(hall, Level.CENTRAL)
        second = is_scored(hall, Council.objects.get(level=Level.CENTRAL), (90, 91, 92))
        assert (second.result, second.stars) == (OutcomeKind.RECOGNISED, 5)
        is_decided(hall, second, "9/QĐ-BNNMT")
        is_public(hall, stars=5, number="9/QĐ-BNNMT")

        producer = Actor.at(open_page(width=360), cycle.owner_of(dossier.enrolment))
        assert is_complained_about(hall, producer, second) == []


def is_received(hall: Hall, level: Level) -> None:
    """The office takes the file in; where it came from below, its package is whole."""
    office = hall.offices[level]
    office.go(f"/chu-trinh/ho-so/{hall.dossier.pk}/tiep-nhan/")
    office.press("Hồ sơ đủ, tiếp nhận")
    package = Package.objects.filter(to_level=level).first()
    if package is None:
        assert level is Level.DISTRICT
        return
    office.go(package.get_absolute_url())
    office.sees("Khớp mã kiểm tra")
    office.sees("SHA256SUMS")
    for folder in ("phieu/", "bien-ban/", "ket-qua/", "ho-so/"):
        office.sees(folder)


def is_scored(hall: Hall, council: Council, totals: Sequence[int]) -> Rating:
    """A called meeting: everybody declares, who is there is marked, sheets, the conclusion."""
    item = is_called(hall, council)
    is_first = not Rating.objects.exists()
    clicking = hall.bench if is_first else (hall.chair,)
    for person in clicking:
        person.go(f"/hoi-dong/muc/{item.pk}/")
        person.tick(has_conflict="khong")
        person.press("Ghi nhận lời khai")
    others = list(council.members.order_by("pk"))[len(clicking) :]
    for member in others:
        declarations.declare(item, has_conflict=False, by=member.user, at=timezone.now())
    hall.secretary.go(f"/hoi-dong/phien/{item.session_id}/")
    hall.secretary.press("Khai mạc phiên họp")
    for box in hall.secretary.page.locator("main input[name='present']").all():
        box.check()
    hall.secretary.press("Ghi nhận")
    for voter, total in zip(clicking, totals, strict=False):
        hands_in(voter, item, total)
    for member, total in zip(others, totals[len(clicking) :], strict=False):
        make.submitted(item, member, total)
    hall.chair.go(f"/hoi-dong/muc/{item.pk}/")
    if rubric_of(item.edition).gates:
        hall.chair.page.evaluate(FIND_ALL_MET)
        hall.chair.press("Ghi nhận các mức")
    hall.chair.press("Kết luận")
    hall.chair.agree()
    hall.chair.sees("Xem kết quả đầy đủ")
    rating = Rating.objects.get(item=item)
    hall.chair.sees(f"trung bình {rating.mean_shown} điểm")
    return rating


def is_called(hall: Hall, council: Council) -> AgendaItem:
    office = hall.offices[Level(council.level)]
    soon = (timezone.now() + timedelta(minutes=5)).astimezone(LEGAL_ZONE)
    office.go(f"/hoi-dong/{council.pk}/trieu-tap/")
    office.fill(starts_at=f"{soon:%Y-%m-%dT%H:%M}", place="Phòng họp")
    office.tick(dossiers=str(hall.dossier.pk))
    office.press("Triệu tập và báo cho thành viên")
    return AgendaItem.objects.select_related("edition").get(session__council=council)


def hands_in(voter: Actor, item: AgendaItem, total: int) -> None:
    choices = make.choices_of_total(rubric_of(item.edition), total)
    voter.go(f"/hoi-dong/muc/{item.pk}/phieu/")
    voter.page.evaluate(CHOOSE, {f"c-{code}": one or "khong" for code, one in choices.items()})
    expect(voter.page.locator(".totals__all [data-points-total]")).to_have_text(str(total))
    voter.press("Xem lại và nộp")
    voter.press("Nộp phiếu")
    voter.agree()
    voter.sees("Biên nhận")


def is_decided(hall: Hall, rating: Rating, number: str) -> None:
    """Drafted and presented by the office; the authority looks at it, and signs it."""
    level = Level(rating.level)
    office, authority = hall.offices[level], hall.authorities[level]
    office.go(f"/hoi-dong/quyet-dinh/lap/{rating.unit_id}/")
    office.fill(title="Công nhận sản phẩm OCOP", number=number)
    office.tick(ratings=str(rating.pk))
    office.press("Lưu dự thảo")
    decision = Decision.objects.get(number=number)
    assert "DỰ THẢO" in words_of(office, f"/hoi-dong/quyet-dinh/{decision.pk}/du-thao/")
    assert hall.product in words_of(office, f"/hoi-dong/quyet-dinh/{decision.pk}/to-trinh/")
    office.press("Trình ký")

    authority.go(decision.get_absolute_url())
    authority.sees("Xem trước hệ quả khi ký")
    authority.sees(hall.product)
    authority.fill(signer_title="Người có thẩm quyền", password="khong-phai-mat-khau")
    authority.press("Ký quyết định")
    authority.agree()
    authority.sees("Mật khẩu chưa đúng.")
    assert Certificate.objects.filter(decision=decision).count() == 0
    authority.fill(password=people.PASSWORD)
    authority.press("Ký quyết định")
    authority.agree()
    authority.sees("Đã ký. Giấy chứng nhận đã được cấp.")
    documents.make_missing(limit=10)  # what a worker does after the commit
    signed = words_of(authority, f"/hoi-dong/quyet-dinh/{decision.pk}/pdf/")
    assert f"Số: {number}" in signed
    assert hall.product in signed
    assert "DỰ THẢO" not in signed


def is_complained_about(hall: Hall, producer: Actor, rating: Rating) -> list[tuple[str, str]]:
    """The producer reads the result on a phone and complains; who has to answer finds it.

    Gives what a person with a screen reader or a narrow screen would stumble over on the way.
    """
    office = hall.offices[Level(rating.level)]
    code = next(iter(rubric_of(rating.edition).by_code))
    producer.go(rating.get_absolute_url())
    faults = faults_of(producer.page)
    producer.press("Khiếu nại về tiêu chí")
    producer.go(f"/hoi-dong/ket-qua/{rating.pk}/khieu-nai/")
    faults += faults_of(producer.page)
    producer.choose(criterion_1=code)
    producer.fill(reason_1="Hồ sơ có hợp đồng mười hai tháng")
    producer.press("Gửi khiếu nại")
    producer.sees("Đã gửi khiếu nại")
    faults += faults_of(producer.page)
    office.go("/hoi-dong/khieu-nai/")
    faults += faults_of(office.page)
    office.press(hall.product)
    office.press("Nhận giải quyết")
    office.tick(effect="keep")
    office.fill(text="Hợp đồng đã được tính.")
    office.press("Trả lời")
    office.agree()
    office.sees("Đã trả lời")
    faults += faults_of(office.page)
    hall.chair.go(f"/hoi-dong/{rating.item.session.council_id}/thong-ke/")
    hall.chair.sees("được chấp nhận 0, chờ trả lời 0")
    faults += faults_of(hall.chair.page)
    hall.chair.go(f"/hoi-dong/ket-qua/{rating.pk}/nhan-xet/")
    faults += faults_of(hall.chair.page)
    office.go(Package.objects.get(to_level=rating.level).get_absolute_url())
    return faults + faults_of(office.page)


def words_of(actor: Actor, address: str) -> str:
    """The words of a PDF that the person may open."""
    answer = actor.page.request.get(address)
    assert answer.status == 200, address
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def is_public(hall: Hall, *, stars: int, number: str) -> None:
    """Anybody finds the product with its stars, and the code of its certificate verifies."""
    certificate = Certificate.objects.get(decision__number=number)
    citizen = hall.citizen
    citizen.go("/san-pham/")
    citizen.press(hall.product)
    citizen.page.reload()  # what the citizen saw at the level below is good for half a minute
    citizen.sees(f"{stars} trên 5 sao")
    citizen.go("/xac-thuc/")
    citizen.fill(code=certificate.code.lower())
    citizen.press("Kiểm tra")
    citizen.sees("Còn hiệu lực")
    citizen.sees(number)
