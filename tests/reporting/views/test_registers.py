"""Pages of registers: upload, columns, faults, progress, load, undo; and the command."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from registry.models import Product
from reporting import tasks
from reporting.domain.register_states import ImportState
from reporting.models import RegisterImport
from reporting.services import register_imports, register_pieces
from tests.conftest import LogIn
from tests.factories import registers as make
from tests.factories import registry
from tests.factories.registers import line, table, workbook
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/nhap-so/"


@pytest.fixture(autouse=True)
def _place() -> Iterator[None]:
    registry.commune()
    registry.load_sets()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(provincial_officer: User, log_in: LogIn) -> Client:
    return log_in(provincial_officer)


def mapping_of(register: RegisterImport) -> dict[str, str]:
    return {field: str(column) for field, column in register.mapping.items()}


def test_officer_brings_a_register_in_and_takes_it_out(browser: Client) -> None:
    place = registry.province()
    sent = browser.post(
        PAGE, {"unit": place.pk, "division": "two_tier", "file": workbook(table([line()]))}
    )
    register = RegisterImport.objects.get()
    columns = browser.get(sent["Location"]).content.decode()
    browser.post(reverse("reporting:register-check", args=[register.pk]), mapping_of(register))
    working = browser.get(sent["Location"]).content.decode()
    tasks.work_register(register.pk)
    checked = browser.get(sent["Location"]).content.decode()
    browser.post(reverse("reporting:register-load", args=[register.pk]))
    tasks.work_register(register.pk)
    loaded = browser.get(sent["Location"]).content.decode()
    products = Product.objects.count()
    browser.post(reverse("reporting:register-undo", args=[register.pk]))
    tasks.work_register(register.pk)
    undone = browser.get(sent["Location"]).content.decode()

    assert "E: Chủ thể" in columns
    assert "<progress" in working
    assert "Đang kiểm tra" in working
    assert "Ghi 1 dòng" in checked
    assert "Gỡ lần nhập này" in loaded
    assert (products, Product.objects.count()) == (1, 0)
    assert "Đã gỡ" in undone


def test_faults_stand_with_row_and_column_in_words(
    browser: Client, provincial_officer: User
) -> None:
    register = make.checked(
        workbook(table([line(), line(product="Chè hai", stars=6)])), provincial_officer
    )

    page = browser.get(f"{register.get_absolute_url()}?outcome=faulty").content.decode()

    assert "Chè nõn tôm" not in page.split("<tbody>")[1].split("</tbody>")[0]
    assert "Cột J, Hạng sao hiện nay: Hạng 6 sao không có quyết định công nhận" in page
    assert "Ghi vào cổng" in page
    assert "Còn 1 dòng có lỗi" in page


def test_load_with_faults_is_refused_with_the_reason(
    browser: Client, provincial_officer: User
) -> None:
    register = make.checked(workbook(table([line(stars=6)])), provincial_officer)

    page = browser.post(reverse("reporting:register-load", args=[register.pk]), follow=True)

    assert "Còn dòng có lỗi" in page.content.decode()
    register.refresh_from_db()
    assert register.status is ImportState.CHECKED


def test_wrong_columns_are_refused_and_stay_chosen(
    browser: Client, provincial_officer: User
) -> None:
    register = make.uploaded(workbook(table([line()])), provincial_officer)
    chosen = mapping_of(register) | {"note": "1"}

    page = browser.post(reverse("reporting:register-check", args=[register.pk]), chosen)

    assert "Một cột chỉ dùng cho một nội dung" in page.content.decode()
    assert RegisterImport.objects.get().status is ImportState.MAPPING


def test_file_that_is_no_table_is_told_at_its_field(browser: Client) -> None:
    page = browser.post(
        PAGE,
        {"unit": registry.province().pk, "division": "two_tier", "file": registry.pdf()},
    )

    assert page.status_code == 200
    assert "file" in page.context["form"].errors


def test_progress_answers_what_changed_and_nothing_otherwise(
    browser: Client, provincial_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_pieces, "PIECE", 1)
    rows = table([line(product=f"Chè {name}") for name in ("một", "hai", "ba")])
    register = make.checked(workbook(rows), provincial_officer)
    register_imports.load(register, by=provincial_officer, at=NOW)
    register_imports.go_on(register.pk, at=NOW)
    address = reverse("reporting:register-progress", args=[register.pk])

    part = browser.get(address).content.decode()
    seal = part.split("?seen=")[1].split('"')[0]
    again = browser.get(f"{address}?seen={seal}")
    register_imports.go_on(register.pk, at=NOW)
    moved = browser.get(f"{address}?seen={seal}").content.decode()

    assert "1 trên 3 dòng" in part
    assert again.status_code == 204
    assert "2 trên 3 dòng" in moved


def test_who_keeps_no_register_is_told_so(
    log_in: LogIn, producer: User, commune_officer: User
) -> None:
    assert [log_in(person).get(PAGE).status_code for person in (producer, commune_officer)] == [
        403,
        403,
    ]


@pytest.mark.parametrize("rows", [1, 50])
def test_pages_cost_the_same_for_any_number_of_rows(
    browser: Client,
    provincial_officer: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lines = table([line(product=f"Chè {'abcdeghikl'[n // 10]}{n}") for n in range(rows)])
    register = make.checked(workbook(lines), provincial_officer)
    RegisterImport.objects.bulk_create(
        RegisterImport(
            unit=register.unit,
            file_name="so.xlsx",
            uploaded_by=provincial_officer,
            uploaded_at=NOW,
        )
        for _ in range(rows - 1)
    )
    browser.get(register.get_absolute_url())

    with django_assert_num_queries(10):
        browser.get(register.get_absolute_url())
    with django_assert_num_queries(10):
        browser.get(PAGE)


def test_command_checks_then_keeps_with_a_bar(tmp_path: Path, provincial_officer: User) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(table([line(), line(product="Chè hai")])).read())
    asked = {"province": "19", "by": provincial_officer.email}
    dry, real = StringIO(), StringIO()

    call_command("import_register", path, dry_run=True, stdout=dry, **asked)
    kept_by_dry_run = Product.objects.count()
    call_command("import_register", path, stdout=real, **asked)

    assert "new: 2" in dry.getvalue()
    assert kept_by_dry_run == 0
    assert "########] 2/2 loaded" in real.getvalue()
    assert Product.objects.count() == 2


def test_command_names_faults_and_keeps_nothing(tmp_path: Path, provincial_officer: User) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(table([line(), line(product="Chè hai", stars=9)])).read())
    out = StringIO()

    with pytest.raises(CommandError, match="Còn dòng có lỗi"):
        call_command(
            "import_register", path, province="19", by=provincial_officer.email, stdout=out
        )

    assert "6: Cột J, Hạng sao hiện nay: Hạng 9 sao" in out.getvalue()
    assert Product.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"province": "99"}, {"by": "khong@ocop.example"}, {"file": "/khong/co.xlsx"}]
)
def test_command_with_a_wrong_word_says_so(
    tmp_path: Path, provincial_officer: User, wrong: dict[str, str]
) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(table([line()])).read())
    asked = {"province": "19", "by": provincial_officer.email} | wrong

    with pytest.raises(CommandError):
        call_command("import_register", asked.pop("file", str(path)), **asked)
