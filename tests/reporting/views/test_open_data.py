"""The page of the open data, and its files as caches and programs ask for them."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from reporting.services import open_data
from tests.factories import promotion as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_when_read_then_files_dictionary_and_licence(
    client: Client, at: datetime, language: str
) -> None:
    make.listing()
    edition = open_data.publish(at=at)
    client.cookies["django_language"] = language

    html = client.get("/du-lieu-mo/").content.decode()

    for file in edition.files:
        assert f'href="/du-lieu-mo/{file.name}"' in html
        assert file.sha256 in html
    assert "CC-BY-4.0" in html
    assert {"vi": "Mã tra cứu trên giấy", "en": "Code on the paper"}[language] in html


def test_page_when_nothing_was_published_yet_then_it_says_so(client: Client) -> None:
    page = client.get("/du-lieu-mo/")

    assert page.status_code == 200
    assert "chưa được lập" in page.content.decode()
    assert client.get("/du-lieu-mo/san-pham.csv").status_code == 404


@pytest.mark.parametrize(
    "name", ["san-pham.csv", "san-pham.json", "thong-ke.csv", "datapackage.json", "SHA256SUMS"]
)
def test_file_when_asked_for_again_then_not_sent_again(
    client: Client, at: datetime, name: str
) -> None:
    make.listing()
    open_data.publish(at=at)

    first = client.get(f"/du-lieu-mo/{name}")
    content = b"".join(first.streaming_content)  # type: ignore[attr-defined] # the client's stand-in
    same = client.get(f"/du-lieu-mo/{name}", headers={"If-None-Match": first["ETag"]})
    since = client.get(f"/du-lieu-mo/{name}", headers={"If-Modified-Since": first["Last-Modified"]})

    assert content
    assert first["Cache-Control"] == "public, max-age=3600"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert (same.status_code, since.status_code) == (304, 304)


@pytest.mark.parametrize(
    "name", ["current.json", "..%2Fcurrent.json", "..", "san-pham.xlsx", "%2Fetc%2Fpasswd"]
)
def test_file_when_it_is_none_of_ours_then_not_found(
    client: Client, at: datetime, name: str
) -> None:
    open_data.publish(at=at)

    assert client.get(f"/du-lieu-mo/{name}").status_code == 404
