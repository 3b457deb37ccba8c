"""Stored files: each is there and is what was stored; every kind of file is registered by its app.

Opening a file costs more than a row, so a night reads a thirtieth of them; `--files` reads all.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_noop as term

from ocop_portal.upkeep.invariants import NIGHTS, Finding, Invariant, Scope

GONE = term("Tệp %(file)s không còn trong kho tệp.")
CHANGED = term("Tệp %(file)s không còn đúng nội dung đã lưu (mã băm khác).")
PIECE = 1024 * 1024


@dataclass(frozen=True)
class KeptFiles:
    """The files of one field of a model, and the field that holds their SHA-256, if there is."""

    model: type[Model]
    field: str
    digest: str = ""


_kept: list[KeptFiles] = []


def register(*added: KeptFiles) -> None:
    """Called in `apps.ready()` by the app whose rows hold the files."""
    _kept.extend(each for each in added if each not in _kept)


def registered() -> list[KeptFiles]:
    return list(_kept)


def find(scope: Scope) -> Iterator[Finding]:
    """Files that are gone, and those whose content is another one now."""
    for kept in _kept:
        rows = kept.model._default_manager.exclude(**{kept.field: ""}).order_by("pk")
        if not scope.with_files:
            turn = scope.on.toordinal() % NIGHTS
            rows = rows.annotate(turn=F("pk") % NIGHTS).filter(turn=turn)
        for row in rows.iterator(chunk_size=200):
            yield from _faults(row, kept)


def _faults(row: Model, kept: KeptFiles) -> Iterator[Finding]:
    file: FieldFile = getattr(row, kept.field)
    try:
        found = _digest(file)
    except OSError:
        yield Finding(row, GONE, {"file": str(file.name)})
        return
    if kept.digest and getattr(row, kept.digest) != found:
        yield Finding(row, CHANGED, {"file": str(file.name)})


def _digest(file: FieldFile) -> str:
    digest = hashlib.sha256()
    with file.storage.open(str(file.name), "rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


INVARIANT = Invariant(
    code="upkeep.files",
    title=term("Mọi tệp đã lưu còn đủ và đúng nội dung"),
    clause="",
    advice=term("Lấy lại tệp từ bản sao lưu của ngày gần nhất còn đúng; không tải tệp khác thay."),
    find=find,
)
