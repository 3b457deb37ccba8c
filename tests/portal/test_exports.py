"""Every list as a file: the same rows for the same reader, nothing that a spreadsheet runs."""

import ast
import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Notification
from ocop_portal.web.exports import FileForm, table_file
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.conftest import LogIn
from tests.factories import cycle as make_cycle
from tests.factories import registry as make
from tests.portal.addresses import addresses, path_of, put_away
from tests.portal.world import AFTERWARDS, World, make_world

ROOT = Path(settings.BASE_DIR)
APPS = ("ocop_portal", "registry", "cycle", "scoring", "promotion", "reporting")
# Lists that are no file, each with its reason.
NO_FILE = {
    "promotion/views/catalogue.py": "the open data hold every product of the catalogue, nightly",
    "promotion/views/news.py": "articles are read, not tabulated",
    "promotion/views/points.py": "a public page of places; the office's register is the file",
}
# Pages with a table that is no list of rows, or whose file is another one.
NO_TABLE = {
    "accounts:session-list": "the reader's own browsers, a handful",
    "clients:token-list": "the reader's own programs, a handful",
    "clients:webhook-list": "as above",
    "cycle:index": "the first rows of lists that have their own pages",
    "desk": "what waits now, gathered from lists that have their own pages",
    "privacy:note": "the table of what is kept, which the rules themselves are",
    "journal:mute-list": "switches, a handful",
    "reporting:programme": "sums of requests, plans and spending, whose lists are files",
}
PLANTED = "=1+1"


@pytest.fixture(scope="module")
def _world_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_of_the_module: World, db: None) -> Iterator[World]:
    with time_machine.travel(AFTERWARDS, tick=False):
        yield _world_of_the_module


def readers(world: World) -> list[User]:
    officers = [
        make_cycle.officer_for(world.enrolment, level) for level in (Level.PROVINCE, Level.CENTRAL)
    ]
    chair = world.council.members.get(seat="chair").user
    return [*officers, world.lan, chair, world.insiders[1]]


def test_every_list_page_names_its_columns() -> None:
    without = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) == "list_page"
        and "columns" not in {word.arg for word in call.keywords}
    }

    assert without <= NO_FILE.keys()


@pytest.mark.django_db
def test_every_page_with_a_table_offers_it_as_a_file(world: World, log_in: LogIn) -> None:
    browsers = [log_in(person) for person in readers(world)]
    without = set()
    for address in addresses():
        if address.arguments or address.name.startswith(("api-", "None", "open-data:")):
            continue
        for browser in browsers:
            answer = browser.get(path_of(address))
            if answer.status_code == 200 and not answer.streaming and b"<table" in answer.content:
                if not any(word in answer.content for word in (b"xuat=", b".csv", b".xlsx")):
                    without.add(address.name)
                break
            put_away(answer)
            if answer.status_code in {302, 405}:
                break

    assert sorted(without) == sorted(NO_TABLE)


# Every list without an argument, and who reads it here.
LISTS = {
    "cycle:dossier-list": "officer",
    "cycle:enrolment-list": "officer",
    "cycle:round-list": "officer",
    "cycle:session-list": "officer",
    "cycle:support-inbox": "officer",
    "cycle:message-inbox": "officer",
    "registry:product-list": "officer",
    "registry:subject-list": "officer",
    "registry:craft-village-list": "officer",
    "registry:posting-list": "keeper",
    "scoring:council-list": "officer",
    "scoring:decision-list": "officer",
    "scoring:certificate-list": "officer",
    "scoring:inspection-list": "officer",
    "scoring:complaint-list": "officer",
    "promotion:kept-points": "officer",
    "promotion:kept-events": "officer",
    "promotion:events": "officer",
    "promotion:report-list": "officer",
    "promotion:news-desk": "officer",
    "promotion:enquiry-inbox": "lan",
    "journal:outbox": "keeper",
    "journal:notice-list": "lan",
    "reporting:register-list": "officer",
    "reporting:star-list": "officer",
}


EMPTY = {"cycle:message-inbox", "cycle:session-list"}  # nobody has written; the session is over


def reader_of(name: str, world: World) -> User:
    keepers = {"lan": world.lan, "keeper": world.insiders[1]}
    return keepers.get(LISTS[name]) or make_cycle.officer_for(world.enrolment, Level.PROVINCE)


def csv_of(browser: Client, path: str, **asked: str) -> list[list[str]]:
    answer = browser.get(path, {**asked, "xuat": "csv"})
    assert answer["Content-Type"].startswith("text/csv"), path
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # it streams
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def book_of(browser: Client, path: str) -> list[tuple[Any, ...]]:
    answer = browser.get(path, {"xuat": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # it streams
    put_away(answer)
    return list(load_workbook(BytesIO(content)).active.values)


@pytest.mark.django_db
def test_a_file_has_the_rows_of_the_page_in_its_order(world: World, log_in: LogIn) -> None:
    counts = {}
    for name in LISTS:
        browser, path = log_in(reader_of(name, world)), reverse(name)
        page = browser.get(path)
        lines, book = csv_of(browser, path), book_of(browser, path)
        html = page.content.decode()
        counts[name] = (len(lines) - 1, len(book) - 1)
        assert counts[name] == (page.context["page_obj"].paginator.count,) * 2, name
        assert counts[name][0] > 0 or name in EMPTY, name
        for line in lines[1:]:
            assert any(word in html for cell in line for word in cell.split()), (name, line)
        assert [str(cell) for cell in book[0]] == lines[0], name


@pytest.mark.django_db
def test_a_text_that_looks_like_a_formula_stays_a_text(world: World, log_in: LogIn) -> None:
    """Planted in every free text of every row, then read back from every list."""
    for model in apps.get_models():
        if model._meta.app_label in {"registry", "cycle", "scoring", "promotion", "reporting"}:
            texts = [field.name for field in model._meta.fields if is_free(field)]
            if texts:
                model._default_manager.update(**dict.fromkeys(texts, PLANTED))
    Notification.objects.update(title=PLANTED, failure=PLANTED)
    seen = 0

    for name in LISTS:
        browser, path = log_in(reader_of(name, world)), reverse(name)
        cells = [cell for line in csv_of(browser, path)[1:] for cell in line]
        assert not [cell for cell in cells if cell[:1] in "=+-@" and cell], name
        seen += sum(cell == f"'{PLANTED}" for cell in cells)
        planted = [cell for line in book_of(browser, path)[1:] for cell in line if cell == PLANTED]
        assert len(planted) == sum(cell == f"'{PLANTED}" for cell in cells), name
    assert seen >= len(LISTS)


NAMES = {
    "name",
    "title",
    "title_vi",
    "place",
    "address",
    "representative_name",
    "phone",
    "product_name",
    "subject_name",
    "group_name",
    "original_name",
    "file_name",
    "decision_number",
    "number",
    "tax_code",
}


def is_free(field: Any) -> bool:
    return (
        field.name in NAMES
        and isinstance(field, models.CharField | models.TextField)
        and not field.unique
        and not any(
            field.name in (getattr(rule, "fields", ()) or ())
            or field.name in str(getattr(rule, "expressions", ""))
            for rule in field.model._meta.constraints
        )
    )


@pytest.mark.django_db
def test_a_filter_narrows_the_file_as_it_narrows_the_page(world: World, log_in: LogIn) -> None:
    browser = log_in(reader_of("cycle:dossier-list", world))
    path = reverse("cycle:dossier-list")

    assert len(csv_of(browser, path, state=Dossier.objects.get().state)) == 2
    assert len(csv_of(browser, path, state="draft")) == 1
    assert len(csv_of(browser, path, q="không có ở đâu")) == 1


@pytest.mark.django_db
def test_a_filter_that_is_not_understood_gives_no_file(world: World, log_in: LogIn) -> None:
    browser = log_in(reader_of("cycle:dossier-list", world))

    answer = browser.get(reverse("cycle:dossier-list"), {"state": "nowhere", "xuat": "csv"})

    assert answer["Content-Type"].startswith("text/html")
    assert answer.context["filter"].form.errors.keys() == {"state"}


@pytest.mark.django_db
def test_a_stranger_takes_nothing_home(world: World, log_in: LogIn) -> None:
    ours = log_in(reader_of("cycle:dossier-list", world))
    theirs = log_in(world.stranger)
    for name in ("cycle:dossier-list", "scoring:complaint-list", "scoring:inspection-list"):
        assert len(csv_of(ours, reverse(name))) == 2, name
        assert len(csv_of(theirs, reverse(name))) == 1, name

    assert theirs.get(reverse("promotion:report-list"), {"xuat": "csv"}).status_code == 404


@pytest.mark.django_db
def test_a_column_stays_with_those_to_whom_the_page_shows_it(world: World, log_in: LogIn) -> None:
    officer = log_in(reader_of("promotion:kept-events", world))

    assert "Chờ chọn" in csv_of(officer, reverse("promotion:kept-events"))[0]
    assert "Chờ chọn" not in csv_of(officer, reverse("promotion:events"))[0]
    assert "Vì sao hỏng" in csv_of(log_in(world.insiders[1]), reverse("journal:outbox"))[0]
    assert "Vì sao hỏng" not in csv_of(officer, reverse("journal:outbox"))[0]


@pytest.mark.django_db
def test_a_long_list_is_told_as_csv_alone(log_in: LogIn, settings: Any) -> None:
    settings.EXPORT_BOOK_ROWS = 2
    officer = make.officer(Role.PROVINCIAL_OFFICER, make.province())
    browser, path = log_in(officer), reverse("registry:subject-list")
    for number in range(3):
        make.subject(name=f"Tổ hợp tác {number}")

    answer = browser.get(path, {"q": "to hop", "xuat": "xlsx"}, follow=True)

    assert answer.redirect_chain == [(f"{path}?q=to+hop", 302)]
    assert "Bảng có hơn 2 dòng" in answer.content.decode()
    assert len(csv_of(browser, path, q="to hop")) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("bang", ["", "cho-ai", "trang-thai"])
def test_the_tables_of_the_progress_are_files(world: World, log_in: LogIn, bang: str) -> None:
    browser = log_in(reader_of("cycle:dossier-list", world))

    lines = csv_of(browser, reverse("reporting:progress"), bang=bang)

    heading = {"": "Bước", "cho-ai": "Hồ sơ đang chờ ai", "trang-thai": "Trạng thái"}[bang]
    assert lines[0][0] == heading
    going_on = {"": 1, "cho-ai": 0, "trang-thai": 1}[bang]  # recognised: it waits for nobody
    assert sum(int(line[1]) for line in lines[1:]) == going_on


def test_a_workbook_keeps_numbers_days_and_moments() -> None:
    moment = datetime(2026, 11, 26, 18, 30, 59, tzinfo=UTC)  # the 27th in Vietnam
    line = ["Chè", 4, 2.5, date(2026, 11, 20), moment, None, "=1+1"]

    answer = table_file(list("abcdefg"), [line], form=FileForm.XLSX, name="x")

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # it streams
    put_away(answer)
    _heading, row = load_workbook(BytesIO(content)).active.iter_rows()
    assert [cell.value for cell in row] == [
        "Chè",
        4,
        2.5,
        datetime(2026, 11, 20),  # noqa: DTZ001 - a cell knows no zone
        datetime(2026, 11, 27, 1, 30),  # noqa: DTZ001 - as above
        None,
        "=1+1",
    ]
    assert row[6].data_type == "s"  # a text, where a formula would be "f"
