"""What caches may keep of the public face, and how soon a revocation shows."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.models import Listing
from promotion.services import kept_pages, listings
from promotion.views import shared
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
FACES = ("/", "/huong-dan/", "/huong-dan/cham-diem/", "/san-pham/", "/so-sanh/")


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    settings.FACES_KEPT_SECONDS = 25
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def listing() -> Listing:
    return make.listing(registry.product(name="Chè Tân Cương"))


def test_page_when_both_copies_are_at_their_oldest_then_within_a_minute(settings: Settings) -> None:
    assert settings.FACES_KEPT_SECONDS + shared.CLIENT_SECONDS < 60
    assert kept_pages.KEPT_SECONDS + shared.CLIENT_SECONDS < 60


@pytest.mark.parametrize("path", [*FACES, "product"])
def test_page_when_a_stranger_asks_then_anybody_may_keep_it_half_a_minute(
    client: Client, listing: Listing, path: str
) -> None:
    answer = client.get(listing.get_absolute_url() if path == "product" else path)

    assert answer["Cache-Control"] == "public, max-age=30"
    assert {"Cookie", "Accept-Encoding"} <= set(answer["Vary"].split(", "))
    assert answer["ETag"].startswith('W/"')
    assert answer["Last-Modified"]
    assert answer.cookies == {}
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize("path", FACES)
def test_page_when_asked_for_again_then_kept_without_a_query(
    client: Client, listing: Listing, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    first = client.get(path)

    with django_assert_num_queries(0):
        again = client.get(path)
        same = client.get(path, headers={"If-None-Match": first["ETag"]})
        since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert again.content == first.content
    assert (same.status_code, same.content) == (304, b"")
    assert since.status_code == 304
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(first.content) / 2


def test_page_when_read_in_english_then_kept_apart(client: Client, listing: Listing) -> None:
    vietnamese = client.get("/san-pham/").content

    client.cookies["django_language"] = "en"

    assert client.get("/san-pham/").content != vietnamese


def test_page_when_a_known_reader_asks_then_nobody_keeps_it(
    client: Client, log_in: LogIn, stranger: User, listing: Listing
) -> None:
    stranger_page = log_in(stranger).get("/san-pham/")
    plain = client.get("/san-pham/")
    client.post("/yeu-thich/luu/", {"keep": listing.product_id})
    with_favourites = client.get("/san-pham/")

    assert stranger_page["Cache-Control"] == "private, no-cache"
    assert with_favourites["Cache-Control"] == "private, no-cache"
    assert stranger.full_name not in plain.content.decode()
    assert 'name="drop"' not in plain.content.decode()


def test_certificate_when_revoked_then_the_kept_pages_are_gone_at_once(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    held = make.certificate(registry.product(name="Chè bị thu hồi"))
    listing = listings.refresh(held.product, at=make.NOW)
    assert listing is not None
    paths = ("/san-pham/", listing.get_absolute_url())
    assert [client.get(path).status_code for path in paths] == [200, 200]

    with django_capture_on_commit_callbacks(execute=True):
        make.change(held, "revoked")
        kept_pages.forget_faces()

    assert "Chè bị thu hồi" not in client.get(paths[0]).content.decode()
    assert client.get(paths[1]).status_code == 404


def test_certificate_when_revoked_unheard_then_gone_within_a_minute(
    client: Client, listing: Listing, settings: Settings
) -> None:
    settings.FACES_KEPT_SECONDS = 1  # a server's cache does not follow the travelling clock
    with time_machine.travel(make.NOW, tick=False) as clock:
        path = listing.get_absolute_url()
        old = client.get(path)
        Listing.objects.filter(pk=listing.pk).update(state="revoked")

        assert client.get(path).status_code == 200
        clock.shift(timedelta(seconds=2))
        time.sleep(1.1)

        assert client.get(path, headers={"If-None-Match": old["ETag"]}).status_code == 404


def test_page_when_it_changes_then_a_later_last_modified_even_in_the_same_second(
    client: Client,
    listing: Listing,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = listing.get_absolute_url()
    first = client.get(path)

    Listing.objects.filter(pk=listing.pk).update(name="Chè đổi tên")
    with django_capture_on_commit_callbacks(execute=True):
        kept_pages.forget_faces()
    since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert since.status_code == 200
    assert since["Last-Modified"] > first["Last-Modified"]


@pytest.mark.parametrize("query", [{"page": "1" * 400}, {"utm": "x" * 400}])
def test_page_when_the_question_is_endless_then_answered_and_not_kept(
    client: Client, listing: Listing, query: dict[str, Any]
) -> None:
    first = client.get("/san-pham/", query)
    Listing.objects.filter(pk=listing.pk).update(name="Chè đổi tên")

    assert first.status_code == 200
    assert "Chè đổi tên" in client.get("/san-pham/", query).content.decode()
