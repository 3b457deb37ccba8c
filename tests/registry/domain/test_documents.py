"""Files: names, sizes, kinds."""

import unicodedata

import pytest

from registry.domain.documents import (
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    EvidenceKind,
    FileKind,
    check_archive,
    check_size,
    safe_name,
    unknown_kind,
)
from registry.domain.errors import RuleBroken

LIMIT = 20 * MEGABYTE


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("Giấy phép.PDF", FileKind.PDF, "Giấy phép.pdf"),
        ("../../etc/passwd", FileKind.PDF, "etc passwd.pdf"),
        ('a"b\r\n.png', FileKind.PNG, "a b.png"),
        ("", FileKind.JPEG, "jpg.jpg"),
        (".pdf", FileKind.PDF, "pdf.pdf"),
        ("virus.exe", FileKind.PDF, "virus.pdf"),
    ],
)
def test_name_is_made_safe(name: str, kind: FileKind, safe: str) -> None:
    assert safe_name(name, kind) == safe


def test_name_is_composed_and_cut() -> None:
    name = unicodedata.normalize("NFD", "Giấy chứng nhận") + "x" * 400

    safe = safe_name(name, FileKind.PDF)

    assert safe.startswith("Giấy chứng nhận")
    assert len(safe) == 154


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (LIMIT + 1, "too_large")])
def test_size_out_of_bounds_is_refused(size: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_size(size, limit=LIMIT)

    assert refusal.value.code == f"evidence.{code}"


def test_too_large_file_is_told_its_size_rounded_up() -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_size(LIMIT + 1, limit=LIMIT)

    assert refusal.value.text == "Tệp nặng 21 MB; tối đa là 20 MB."


def test_largest_file_is_accepted() -> None:
    check_size(LIMIT, limit=LIMIT)


def test_every_kind_has_a_label_and_every_file_a_type() -> None:
    assert len(EvidenceKind.choices()) == len(EvidenceKind) == 19
    assert all("/" in kind.content_type for kind in FileKind)
    assert [kind.value for kind in FileKind if not kind.opens_in_browser] == ["docx", "xlsx"]
    assert unknown_kind().field == "file"


@pytest.mark.parametrize(
    ("parts", "unpacked", "packed"),
    [
        (12, 400 * MEGABYTE, 19 * MEGABYTE),
        (12, 30 * MEGABYTE, 40_000),
        (10_001, 5_000, 900),
        (12, MAX_UNPACKED_BYTES + 1, 20 * MEGABYTE),
    ],
)
def test_an_archive_that_unpacks_to_far_too_much_is_refused(
    parts: int, unpacked: int, packed: int
) -> None:
    with pytest.raises(RuleBroken, match=r"evidence\.bomb"):
        check_archive(parts, unpacked, packed=packed)


@pytest.mark.parametrize(
    ("unpacked", "packed"), [(MEGABYTE, 10), (60 * MEGABYTE, MEGABYTE), (0, 22)]
)
def test_an_honest_archive_is_accepted(unpacked: int, packed: int) -> None:
    check_archive(12, unpacked, packed=packed)
