"""A place of the star tables is found by typing its name of today or of before; no script."""

from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client

from ocop_portal.accounts.models import User
from registry.models import Unit
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PAGE = "/thong-ke/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def here() -> Unit:
    """Tân Cương, which took Phúc Xuân over; two products there, one far away."""
    place = registry.commune()
    registry.former_commune("Xã Phúc Xuân", "05500", successor=place)
    tea = registry.subject(commune=place)
    for name, stars in (("Chè A", 4), ("Chè B", 3)):
        make.listing(registry.product(tea, name=name), stars=stars)
    far = registry.commune("Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08"))
    make.listing(registry.product(registry.subject(commune=far), name="Mật ong"), stars=3)
    return place


def found(client: Client, query: str) -> dict[str, str]:
    """The names of the places of today that the search offers, with their addresses."""
    places = client.get(f"{PAGE}?{query}").context["search"]["found"]
    return {place.unit.name: place.url for place in places if place.unit.division == "two_tier"}


@pytest.mark.parametrize("typed", ["tan cuong", "Tân Cương", "phuc xuan", "05503"])
def test_commune_is_found_by_name_old_name_and_code_and_opens_its_figures(
    client: Client, here: Unit, typed: str
) -> None:
    url = found(client, f"noi={typed}")[here.name]

    page = client.get(url)

    assert page.context["total"] == 2
    assert "Đang xem:" in page.content.decode()
    assert here.long_name in page.content.decode()


def test_province_is_found_and_the_other_filters_stay(client: Client, here: Unit) -> None:
    url = found(client, "noi=thai+nguyen&stars=4&country=1")["Tỉnh Thái Nguyên"]

    assert url == f"{PAGE}?stars=4&province=19"
    assert client.get(url).context["total"] == 1


def test_place_of_before_opens_the_old_division(client: Client, here: Unit) -> None:
    page = client.get(f"{PAGE}?noi=phuc+xuan")
    (old,) = [each for each in page.context["search"]["found"] if each.unit.name == "Xã Phúc Xuân"]

    shown = client.get(old.url)

    assert "trước 1/7/2025" in page.content.decode()
    assert "division=three_tier" in old.url
    assert shown.context["search"]["local"] == old.unit


def test_place_is_left_again_with_the_other_filters_kept(client: Client, here: Unit) -> None:
    page = client.get(f"{PAGE}?province=19&commune={here.code}&stars=3")

    left = page.context["search"]["without"]

    assert left == f"{PAGE}?stars=3&country=1"
    assert left in unescape(page.content.decode())
    assert (page.context["total"], client.get(left).context["total"]) == (1, 2)


def test_what_is_nowhere_says_so_and_keeps_what_was_typed(client: Client, here: Unit) -> None:
    page = client.get(f"{PAGE}?noi=atlantis").content.decode()

    assert "Không tìm thấy nơi nào tên “atlantis”" in page
    assert 'value="atlantis"' in page
    assert client.get(f"{PAGE}?noi={'a' * 500}").status_code == 200
    assert client.get(f"{PAGE}?noi=%20").status_code == 200


def test_officer_who_searches_keeps_the_own_place_until_another_is_chosen(
    here: Unit, provincial_officer: User, log_in: LogIn
) -> None:
    browser = log_in(provincial_officer)

    page = browser.get(browser.get(PAGE)["Location"]).content.decode()

    assert '<input type="hidden" name="province" value="19">' in page
