"""Step six at the desk of the producer and of the office."""

from datetime import datetime

import pytest
from django.test import Client

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from ocop_portal.web import desk
from promotion.models import Listing, SoldAt, Story
from registry.models import Product, Subject
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
STORY = {"title_vi": "Từ đồi chè", "body_vi": "Chuyện", "title_en": "", "body_en": ""}
PLACE = {"name": "Chợ Thái", "kind": "market", "commune": "tan cuong", "website": ""}


@pytest.fixture
def product(subject: Subject) -> Product:
    return registry.product(subject)


@pytest.fixture
def browser(producer: User, log_in: LogIn) -> Client:
    return log_in(producer)


def test_producer_tells_the_story(browser: Client, product: Product) -> None:
    address = f"/xuc-tien/{product.pk}/cau-chuyen/"
    assert browser.get(address).status_code == 200

    response = browser.post(address, STORY)

    assert response.status_code == 302
    assert response["Location"] == f"/xuc-tien/{product.pk}/"
    assert Story.objects.get().title_vi == "Từ đồi chè"
    assert "Từ đồi chè" in browser.get(f"/xuc-tien/{product.pk}/").content.decode()


def test_half_an_english_story_is_refused_at_its_field(browser: Client, product: Product) -> None:
    response = browser.post(
        f"/xuc-tien/{product.pk}/cau-chuyen/", {**STORY, "title_en": "From the hill"}
    )

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["body_en"]
    assert not Story.objects.exists()


def test_story_is_rewritten_not_doubled(browser: Client, product: Product) -> None:
    address = f"/xuc-tien/{product.pk}/cau-chuyen/"
    browser.post(address, STORY)

    browser.post(address, {**STORY, "title_vi": "Chè nõn"})

    assert [story.title_vi for story in Story.objects.all()] == ["Chè nõn"]
    assert list(
        Entry.objects.filter(kind__startswith="promotion").values_list("kind", flat=True)
    ) == [
        "promotion.story.rewritten",
        "promotion.story.told",
    ]


def test_producer_adds_a_place_and_takes_it_off(browser: Client, product: Product) -> None:
    added = browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)
    sold = SoldAt.objects.get()
    ended = browser.post(f"/xuc-tien/diem-ban/{sold.pk}/bo/")

    assert (added.status_code, ended.status_code) == (302, 302)
    assert sold.point.commune == product.commune
    assert SoldAt.objects.get().ended_on is not None


def test_place_is_taken_off_once(browser: Client, product: Product) -> None:
    browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)
    address = f"/xuc-tien/diem-ban/{SoldAt.objects.get().pk}/bo/"
    browser.post(address)

    assert browser.post(address).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "moon"}, "kind"),
        ({"commune": ""}, "commune"),
        ({"commune": "xa khong co that"}, "commune"),
        ({"kind": "online", "commune": "", "website": ""}, "website"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_place_that_nobody_could_find_is_refused_at_its_field(
    browser: Client, product: Product, changes: dict[str, str], field: str
) -> None:
    response = browser.post(f"/xuc-tien/{product.pk}/diem-ban/", {**PLACE, **changes})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_place_named_twice_is_refused(browser: Client, product: Product) -> None:
    browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)

    response = browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)

    assert list(response.context["form"].errors) == ["name"]
    assert SoldAt.objects.count() == 1


def test_commune_borne_by_several_places_is_not_guessed(browser: Client, product: Product) -> None:
    registry.commune("Xã Tân Cương", "09999", registry.province("Tỉnh Tuyên Quang", "08"))

    response = browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)
    exact = browser.post(
        f"/xuc-tien/{product.pk}/diem-ban/",
        {**PLACE, "commune": "Xã Tân Cương, Tỉnh Tuyên Quang"},
    )

    assert "Tỉnh Tuyên Quang" in response.context["form"].errors["commune"][0]
    assert exact.status_code == 302
    assert SoldAt.objects.filter(point__commune__code="09999").count() == 1


def test_stranger_sees_nothing(stranger: User, log_in: LogIn, product: Product) -> None:
    browser = log_in(stranger)
    make.listing(product)

    for address in ("", "cau-chuyen/", "diem-ban/"):
        assert browser.get(f"/xuc-tien/{product.pk}/{address}").status_code == 404
    for address in ("an/", "hien/"):
        assert browser.post(f"/xuc-tien/{product.pk}/{address}").status_code == 404


def test_officer_reads_but_does_not_write(
    provincial_officer: User, log_in: LogIn, product: Product
) -> None:
    browser = log_in(provincial_officer)

    assert browser.get(f"/xuc-tien/{product.pk}/").status_code == 200
    assert browser.get(f"/xuc-tien/{product.pk}/cau-chuyen/").status_code == 403
    assert browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE).status_code == 403


def test_office_withholds_with_a_reason_and_shows_again(
    provincial_officer: User, log_in: LogIn, product: Product
) -> None:
    browser = log_in(provincial_officer)
    make.listing(product)
    address = f"/xuc-tien/{product.pk}/"

    mute = browser.post(f"{address}an/", {"reason": ""})
    withheld = browser.post(f"{address}an/", {"reason": "Ảnh sai."})
    hidden = Listing.objects.get().hidden
    shown = browser.post(f"{address}hien/")

    assert (mute.status_code, withheld.status_code, shown.status_code) == (200, 302, 302)
    assert (hidden, Listing.objects.get().hidden) == (True, False)


def test_producer_does_not_withhold(browser: Client, product: Product) -> None:
    make.listing(product)

    assert browser.post(f"/xuc-tien/{product.pk}/an/", {"reason": "x"}).status_code == 403


def test_visitor_is_asked_to_log_in(client: Client, product: Product) -> None:
    assert client.get(f"/xuc-tien/{product.pk}/").status_code == 302


def test_desk_asks_for_the_story_and_then_for_a_place(
    producer: User, product: Product, browser: Client, at: datetime
) -> None:
    make.listing(product)

    def asked() -> list[str]:
        return [str(group.label) for group in desk.groups_for(producer, at)]

    assert "Sản phẩm chưa có câu chuyện" in asked()
    browser.post(f"/xuc-tien/{product.pk}/cau-chuyen/", STORY)
    assert "Sản phẩm chưa có nơi bán" in asked()
    browser.post(f"/xuc-tien/{product.pk}/diem-ban/", PLACE)
    assert not {"Sản phẩm chưa có câu chuyện", "Sản phẩm chưa có nơi bán"} & set(asked())
