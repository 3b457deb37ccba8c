"""A package of a dossier for the next level: a zip whose files are named with their checksums.

QĐ 26/2026, Điều 7.3 and QĐ 1048/2019 let a file go up whole; who receives it has to be able to
tell that nothing was lost or changed on the way. The list `SHA256SUMS` names every other file
with its checksum, in the form that common tools check; its own checksum is the package's seal.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

LIST_NAME = "SHA256SUMS"
EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 16
# More than any dossier has; a package beyond is not opened further.
MOST_FILES = 2_000
MOST_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Entry:
    """A file of a package."""

    path: str
    sha256: str
    size: int

    @property
    def line(self) -> str:
        return f"{self.sha256}  {self.path}"


@dataclass(frozen=True)
class Seal:
    """What a package holds, and the checksum of its list."""

    entries: tuple[Entry, ...]
    sha256: str


def pack(target: IO[bytes], files: Iterable[tuple[str, Iterable[bytes]]]) -> Seal:
    """Writes the files in their order, then the list; two files of one name are an error.

    Times are left out, so that the same content always makes the same package.
    """
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, chunks in files:
            if path in entries or path == LIST_NAME:
                raise ValueError(f"{path}: twice in a package")
            entries[path] = _write(archive, path, chunks)
        text = _list_of(entries.values())
        _write(archive, LIST_NAME, [text])
    return Seal(tuple(entries.values()), hashlib.sha256(text).hexdigest())


def faults_of(source: IO[bytes], seal: str) -> list[str]:
    """Everything about a package that is not as its seal says; empty where it is whole.

    A fault is the path of a file, or what is wrong with the package itself.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return list(_faults(archive, seal))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as fault:
        return [f"zip: {fault}"]
    except zipfile.LargeZipFile:
        return ["zip: too large"]


def _faults(archive: zipfile.ZipFile, seal: str) -> Iterator[str]:
    members = archive.infolist()
    if len(members) > MOST_FILES or sum(each.file_size for each in members) > MOST_BYTES:
        yield "zip: too large"
        return
    names = [each.filename for each in members]
    if len(names) != len(set(names)) or LIST_NAME not in names:
        yield LIST_NAME
        return
    text = archive.read(LIST_NAME)
    if hashlib.sha256(text).hexdigest() != seal:
        yield LIST_NAME
        return
    named = _read_list(text)
    yield from sorted(set(names) ^ {*named, LIST_NAME})
    for path in sorted(set(names) & set(named)):
        if _sum_of(archive, path) != named[path]:
            yield path


def _write(archive: zipfile.ZipFile, path: str, chunks: Iterable[bytes]) -> Entry:
    info = zipfile.ZipInfo(path, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    summed, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
            summed.update(chunk)
            size += len(chunk)
    return Entry(path, summed.hexdigest(), size)


def _sum_of(archive: zipfile.ZipFile, path: str) -> str:
    summed = hashlib.sha256()
    try:
        with archive.open(path) as member:
            while chunk := member.read(CHUNK):
                summed.update(chunk)
    except zipfile.BadZipFile:  # the archive's own check fails before ours
        return ""
    return summed.hexdigest()


def _list_of(entries: Iterable[Entry]) -> bytes:
    return "".join(f"{entry.line}\n" for entry in entries).encode()


def _read_list(text: bytes) -> Mapping[str, str]:
    lines = text.decode(errors="replace").splitlines()
    return {path: summed for summed, _gap, path in (line.partition("  ") for line in lines)}
