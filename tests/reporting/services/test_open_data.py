"""The open data: what is in the files, and that the words about them are true."""

import csv
import hashlib
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.services import listings
from reporting.selectors.open_data import datasets
from reporting.services import open_data
from reporting.tasks import publish_open_data
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "open-data"


def read_json(name: str) -> Any:
    found = open_data.current()
    assert found is not None
    return json.loads((found[1] / name).read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    found = open_data.current()
    assert found is not None
    with (found[1] / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_when_published_then_both_forms_hold_the_same_rows(at: datetime) -> None:
    listing = make.listing(registry.product(name="Chè Tân Cương"), stars=4)

    open_data.publish(at=at)

    rows = read_json("san-pham.json")
    assert [(row["product_id"], row["name"], row["stars"], row["status"]) for row in rows] == [
        (listing.product_id, "Chè Tân Cương", 4, "valid")
    ]
    assert rows[0]["url"].endswith(listing.get_absolute_url())
    for dataset in datasets():
        plain = [
            {name: _as_csv(value) for name, value in row.items()}
            for row in read_json(f"{dataset.key}.json")
        ]
        assert read_csv(f"{dataset.key}.csv") == plain
        assert tuple(plain[0]) == dataset.names


def _as_csv(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_certificates_when_published_then_each_with_its_worth_of_the_day(at: datetime) -> None:
    make.listing(registry.product(name="Chè mới"))
    make.listing(registry.product(name="Chè cũ"), issued_on=date(2020, 1, 2))
    revoked = make.certificate(registry.product(name="Chè bị thu hồi"))
    make.change(revoked, "revoked")

    open_data.publish(at=at)

    said = {row["product"]: row["status"] for row in read_json("giay-chung-nhan.json")}
    assert said == {"Chè mới": "valid", "Chè cũ": "expired", "Chè bị thu hồi": "revoked"}
    assert {row["name"] for row in read_json("san-pham.json")} == {"Chè mới", "Chè cũ"}
    assert sum(row["products"] for row in read_json("thong-ke.json")) == 1


def test_product_when_its_page_is_withheld_then_counted_and_not_named(
    provincial_officer: User, at: datetime
) -> None:
    listing = make.listing(registry.product(name="Chè giấu"))
    open_data.publish(at=at)
    assert len(read_json("san-pham.json")) == len(read_json("giay-chung-nhan.json")) == 1

    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)
    open_data.publish(at=at + timedelta(hours=1))

    assert read_json("san-pham.json") == read_json("giay-chung-nhan.json") == []
    assert sum(row["products"] for row in read_json("thong-ke.json")) == 1


def test_package_when_published_then_dictionary_licence_and_true_checksums(at: datetime) -> None:
    make.listing(registry.product(name='=HYPERLINK("x")'))

    edition = open_data.publish(at=at)
    found = open_data.current()

    assert found is not None
    assert found[0] == edition
    told = read_json("datapackage.json")
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in told["resources"]:
        content = (found[1] / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert all(
            field["title"] and field["description"] for field in resource["schema"]["fields"]
        )
    sums = (found[1] / "SHA256SUMS").read_text()
    assert sums == "".join(f"{file.sha256}  {file.name}\n" for file in edition.files)
    assert read_csv("san-pham.csv")[0]["name"] == '\'=HYPERLINK("x")'


def test_editions_when_nights_pass_then_the_last_three_stay(home: Path, at: datetime) -> None:
    for night in range(5):
        open_data.publish(at=at + timedelta(days=night))

    found = open_data.current()

    assert found is not None
    assert found[0].made_at == at + timedelta(days=4)
    assert len([each for each in home.iterdir() if each.is_dir()]) == 3


def test_edition_when_writing_breaks_then_the_old_one_counts(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    make.listing()
    before = open_data.publish(at=at)
    monkeypatch.setattr(open_data, "PACKAGE", "no/such/folder.json")

    with pytest.raises(FileNotFoundError):
        open_data.publish(at=at + timedelta(days=1))

    found = open_data.current()
    assert found is not None
    assert found[0] == before


@pytest.mark.parametrize("rows", [1, 50])
def test_tables_when_there_are_more_products_then_the_same_queries(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    make.many(rows)

    # Products, certificates, the provinces and the counts of the day.
    with django_assert_num_queries(5):
        edition = open_data.publish(at=at)

    assert edition.files[0].rows == rows


def test_command_and_task_when_run_then_each_publishes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make.listing()

    call_command("publish_open_data")
    first = open_data.current()
    publish_open_data()
    second = open_data.current()

    assert "san-pham.csv  1 rows" in capsys.readouterr().out
    assert first is not None
    assert second is not None
    assert second[0].made_at > first[0].made_at
