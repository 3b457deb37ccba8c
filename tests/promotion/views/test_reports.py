"""A citizen's report through the pages, and the labels of a product."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from promotion.models import MisuseReport
from promotion.services import listings
from registry.domain.roles import Role
from scoring.models import Certificate
from tests.conftest import LogIn
from tests.factories import inspections as visits
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
ATTACK = "<script>alert(1)</script>' OR 1=1; {{ 7*7 }} \u202e%(x)s"
REPORT = {"kind": "wrong_stars", "text": "Bao bì in 5 sao ở chợ Đồng Quang"}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def held() -> Certificate:
    return make.certificate(registry.product(name="Chè Tân Cương"))


@pytest.fixture
def office(log_in: LogIn, held: Certificate) -> Client:
    return log_in(visits.officer(held))


def test_citizen_reports_and_reads_the_answer(
    client: Client, office: Client, held: Certificate
) -> None:
    link = re.search(
        r'href="(/bao-vi-pham/[^"]+)"', client.get(f"/xac-thuc/{held.code}/").content.decode()
    )
    assert link is not None
    assert held.code in client.get(link[1]).content.decode()

    sent = client.post(
        "/bao-vi-pham/", {**REPORT, "code": held.shown_code.lower(), "contact": "0912"}
    )
    report = MisuseReport.objects.get()
    receipt = sent["Location"]
    page = client.get(receipt).content.decode()
    assert report.shown_code in page
    assert "Chờ trả lời" in page
    assert "Đồng Quang" not in page
    assert "0912" not in page

    assert report.shown_code in office.get("/phan-anh/").content.decode()
    assert "0912" in office.get(report.get_absolute_url()).content.decode()
    office.post(f"{report.get_absolute_url()}nhan/")
    assert "Đang xem xét" in client.get(receipt).content.decode()
    empty = office.post(f"{report.get_absolute_url()}tra-loi/", {"text": ""})
    assert empty.context["form"].errors.keys() == {"text"}
    office.post(f"{report.get_absolute_url()}tra-loi/", {"text": "Đã yêu cầu thu bao bì."})

    assert "Đã yêu cầu thu bao bì." in client.get(receipt).content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "ngắn", "code": "?"}, "code"),
        ({"code": "0000-0000-0001"}, "code"),
        ({"code": make.code(998)}, "code"),
        ({"code": ""}, "province"),
        ({"kind": "x"}, "kind"),
        ({"province": "999999"}, "province"),
    ],
)
def test_bad_report_comes_back_with_the_field(
    client: Client, held: Certificate, sent: dict[str, str], field: str
) -> None:
    page = client.post("/bao-vi-pham/", {**REPORT, **sent})

    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not MisuseReport.objects.exists()


def test_attack_in_every_field_is_only_text(
    client: Client, office: Client, held: Certificate
) -> None:
    names = ("product_name", "place", "text", "contact")
    client.post(
        "/bao-vi-pham/", {**dict.fromkeys(names, ATTACK), "kind": "other", "code": held.code}
    )
    report = MisuseReport.objects.get()

    pages = [office.get("/phan-anh/"), office.get(report.get_absolute_url())]
    pages.append(client.get(f"/bao-vi-pham/{report.code}/"))
    pages.append(client.post("/bao-vi-pham/", dict.fromkeys([*REPORT, "code", *names], ATTACK)))

    assert [page.status_code for page in pages] == [200] * 4
    assert not any("<script>alert" in page.content.decode() for page in pages)


def test_reports_from_one_address_are_bounded(client: Client, held: Certificate) -> None:
    for _again in range(12):
        last = client.post("/bao-vi-pham/", {**REPORT, "code": held.code})

    assert MisuseReport.objects.count() == 10
    assert "thử lại sau một giờ" in last.content.decode()


def test_code_of_no_report_is_404_and_guessing_is_paused(client: Client) -> None:
    statuses = [client.get(f"/bao-vi-pham/{make.code(n)}/").status_code for n in range(61)]

    assert statuses == [404] * 60 + [429]


def test_inbox_asks_as_often_for_many_as_for_one(
    client: Client, office: Client, held: Certificate
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get("/phan-anh/").status_code == 200
        return len(seen)

    client.post("/bao-vi-pham/", {**REPORT, "code": held.code})
    first = MisuseReport.objects.get()
    asked()
    one = asked()
    MisuseReport.objects.bulk_create(make.copy(first, code=make.code(n)) for n in range(49))
    many = asked()

    assert (one, many) == (8, 8)


def test_producers_have_no_inbox(log_in: LogIn, held: Certificate) -> None:
    owner = registry.person()
    registry.posting(owner, Role.OWNER, held.product.subject)

    assert log_in(owner).get("/phan-anh/").status_code == 404


def test_labels_are_offered_only_while_valid(log_in: LogIn, held: Certificate) -> None:
    owner = registry.person()
    registry.posting(owner, Role.OWNER, held.product.subject)
    listings.refresh(held.product, at=make.NOW)
    browser = log_in(owner)
    page = f"/xuc-tien/{held.product.pk}/bo-nhan/"
    assert page in browser.get(f"/xuc-tien/{held.product.pk}/").content.decode()
    assert "ô giữ chỗ" in browser.get(page).content.decode()
    assert browser.get(f"/xuc-tien/{held.product.pk}/bo-nhan.zip").content[:2] == b"PK"
    assert browser.get(f"/xuc-tien/{held.product.pk}/the-ke.pdf").content[:4] == b"%PDF"

    make.change(held, "suspended")

    assert "bo-nhan.zip" not in browser.get(page).content.decode()
    assert browser.get(f"/xuc-tien/{held.product.pk}/bo-nhan.zip").status_code == 409
    assert log_in(registry.person()).get(page).status_code == 404


def test_office_uploads_the_mark_and_producers_get_it(
    log_in: LogIn, office: Client, held: Certificate
) -> None:
    address = f"/nhan-hieu/{held.unit.pk}/"
    bad = office.post(address, {"stars": "3", "file": ContentFile(b"<svg/>", "a.png")})
    assert bad.context["form"].errors.keys() == {"file"}
    office.post(address, {"stars": "3", "file": visits.picture("nhan.png")})
    owner = registry.person()
    registry.posting(owner, Role.OWNER, held.product.subject)

    page = log_in(owner).get(f"/xuc-tien/{held.product.pk}/bo-nhan/").content.decode()
    link = re.search(r"/nhan-hieu/tep/\d+/", page)
    assert link is not None
    given = log_in(owner).get(link[0])
    assert given["Content-Type"] == "image/png"
    given.getvalue()  # read to its end, which puts it away
    assert log_in(registry.person()).get(link[0]).status_code == 404
    assert log_in(owner).get(address).status_code == 403
