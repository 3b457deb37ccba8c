"""A package says by itself whether it is whole."""

import io
import zipfile
from collections.abc import Callable

import pytest

from scoring.domain import package
from scoring.domain.package import LIST_NAME, Seal, faults_of, pack

FILES = [("ho-so/lan-nop-1.json", [b"{", b"}"]), ("minh-chung/giấy phép.pdf", [b"%PDF-"])]


def packed() -> tuple[bytes, Seal]:
    made = io.BytesIO()
    seal = pack(made, FILES)
    return made.getvalue(), seal


def test_the_same_files_make_the_same_package() -> None:
    first, second = packed(), packed()

    assert first == second
    assert [entry.path for entry in first[1].entries] == [path for path, _content in FILES]
    assert faults_of(io.BytesIO(first[0]), first[1].sha256) == []


def rewritten(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda files: files.update({FILES[0][0]: b"{ }"}), [FILES[0][0]]),
        (lambda files: files.pop(FILES[1][0]), [FILES[1][0]]),
        (lambda files: files.update({"them.txt": b"x"}), ["them.txt"]),
        (lambda files: files.update({LIST_NAME: b""}), [LIST_NAME]),
        (lambda files: files.pop(LIST_NAME), [LIST_NAME]),
    ],
)
def test_what_was_changed_is_named(
    change: Callable[[dict[str, bytes]], None], faults: list[str]
) -> None:
    content, seal = packed()

    assert faults_of(io.BytesIO(rewritten(content, change)), seal.sha256) == faults


def test_what_is_no_package_is_said_to_be_none() -> None:
    content, seal = packed()

    for broken in (b"", b"PK", content[:-30]):
        assert faults_of(io.BytesIO(broken), seal.sha256)[0].startswith("zip")


def test_one_changed_byte_in_the_archive_is_found() -> None:
    content, seal = packed()
    place = content.index(FILES[1][0].encode()) + len(FILES[1][0].encode()) + 22
    other = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    assert faults_of(io.BytesIO(other), seal.sha256) != []


def test_two_files_of_one_name_are_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        pack(io.BytesIO(), [FILES[0], FILES[0]])


class Huge(io.BytesIO):
    """A source of which the archive says that it needs more than it may."""

    def read(self, _size: int | None = -1) -> bytes:
        raise zipfile.LargeZipFile


def test_a_package_beyond_its_bounds_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content, seal = packed()
    monkeypatch.setattr(package, "MOST_FILES", 1)

    assert faults_of(io.BytesIO(content), seal.sha256) == ["zip: too large"]
    assert faults_of(Huge(content), seal.sha256) == ["zip: too large"]
