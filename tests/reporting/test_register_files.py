"""Files that are no good register, or a good one in an odd dress: each told in words."""

import csv
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop_portal.accounts.models import User
from registry.models import Product, Subject
from reporting.models import RegisterImport
from tests.conftest import LogIn
from tests.factories import registers as make
from tests.factories import registry
from tests.factories.registers import line, table
from tests.factories.uploads import LongForm

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/nhap-so/"
HUNDRED_MEGABYTES = 100 * 2**20


@pytest.fixture(autouse=True)
def _place() -> None:
    registry.commune()
    registry.load_sets()


def text_file(encoding: str, *, delimiter: str = ",") -> "ContentFile[bytes]":
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table([line()]))
    return ContentFile(out.getvalue().encode(encoding, "replace"), name="so.csv")


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", "\t"), ("utf-16", ","), ("utf-16", ";")],
)
def test_text_in_another_encoding_or_with_another_sign_is_read(
    provincial_officer: User, encoding: str, delimiter: str
) -> None:
    register = make.loaded(text_file(encoding, delimiter=delimiter), provincial_officer)

    assert register.lines == 1
    assert Product.objects.get().name == "Chè nõn tôm"


def locked() -> bytes:
    """The head of a workbook with a password: an old container that names its packed part."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le")
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (text_file("cp1258").read(), "so.csv", "Tệp CSV không phải UTF-8"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "so.xlsx", "Đây là tệp XLS cũ"),
        (locked(), "so.xlsx", "Tệp có mật khẩu"),
        (b"PK\x03\x04 torn", "so.xlsx", "Tệp hỏng"),
        (b"%PDF-1.7 a paper", "so.csv", "Không tìm thấy dòng tiêu đề"),
        (b"", "so.csv", "Tệp không có nội dung."),
    ],
)
def test_page_says_at_the_file_what_is_wrong_and_keeps_nothing(
    provincial_officer: User, log_in: LogIn, content: bytes, name: str, said: str
) -> None:
    page = sent(log_in(provincial_officer), SimpleUploadedFile(name, content))

    assert said in page
    assert "Tệp sổ:" in page  # the summary above the form leads to the field
    assert not RegisterImport.objects.exists()


def test_file_of_a_hundred_megabytes_is_not_kept_and_the_limit_is_named(
    provincial_officer: User, log_in: LogIn, settings: Any, tmp_path: Path
) -> None:
    """A hundred megabytes really sent, at the portal's own limit.

    That memory does not fill on the way stands in `tests/portal/test_uploads.py`.
    """
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    client = log_in(provincial_officer)
    fields = {"unit": str(registry.province().pk), "division": "two_tier"}
    form = LongForm(fields, "so.xlsx", HUNDRED_MEGABYTES)
    body: dict[str, Any] = {"wsgi.input": form, "CONTENT_LENGTH": str(form.length)}
    began = time.process_time()

    response = client.generic("POST", PAGE, content_type=form.content_type, **body)

    assert "Tệp này quá lớn; tối đa 20 MB." in response.content.decode()
    assert not RegisterImport.objects.exists()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= settings.MAX_UPLOAD_BYTES
    assert time.process_time() - began < 2  # seconds of this process, however busy the machine


def test_old_typeface_and_wrong_cells_are_told_by_row_and_column_and_nothing_is_loaded(
    provincial_officer: User,
) -> None:
    rows = table(
        [
            line(product="ChÌ xanh ®Æc s¶n"),
            line(product="Chè A", first_date="31/02/2024"),
            line(product="Chè B", stars=6, first_stars=6),
            line(product='=HYPERLINK("http://x")'),
            line(product="Chè C", first_date="2024-11-12"),
        ]
    )

    register = make.checked(make.comma_file(rows), provincial_officer)

    faults = {
        (row.number, field, code) for row in register.rows.all() for field, code, *_ in row.faults
    }
    assert {
        (5, "product", "register.old_typeface"),
        (6, "first_date", "register.date"),
        (7, "stars", "register.stars_range"),
        (8, "product", "register.formula"),
    } <= faults
    assert not [each for each in faults if each[0] == 9]
    assert not Subject.objects.exists()


def sent(browser: Client, file: SimpleUploadedFile) -> str:
    facts = {"unit": registry.province().pk, "division": "two_tier", "file": file}
    return browser.post(PAGE, facts).content.decode()
