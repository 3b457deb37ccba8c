"""What a PDF would do when it is opened: scripts, programs, locks.

A dossier is read by officers and councils, so a file that acts by itself is refused (no decree
says so: it is the portal's own rule). The names that start an action stand in the open parts of
the file or in its compressed object streams; both are read here, each byte once, within a bound.
"""

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum

MAX_UNPACKED = 50 * 1024 * 1024
_BEGIN, _END = b"stream", b"endstream"
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_ENDS = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|SubmitForm|ImportData|XFA)" + _NAME_ENDS)
_LOCKED = re.compile(rb"/Encrypt" + _NAME_ENDS)


class PdfFault(StrEnum):
    """Why a PDF is not accepted."""

    ACTIVE = "active"
    LOCKED = "locked"


class _Unreadable(Exception):
    """Objects that cannot be unpacked cannot be judged."""


def fault_of(content: bytes) -> PdfFault | None:
    """The reason to refuse; a lock counts before what may lie behind it."""
    is_active = False
    try:
        for part in _readable(content):
            if _LOCKED.search(part):
                return PdfFault.LOCKED
            is_active = is_active or _ACTIVE.search(part) is not None
    except _Unreadable:
        return PdfFault.LOCKED
    return PdfFault.ACTIVE if is_active else None


def _readable(content: bytes) -> Iterator[bytes]:
    """The parts that hold objects, with escaped names written out."""
    place, left = 0, MAX_UNPACKED
    while True:
        begin = content.find(_BEGIN, place)
        end = content.find(_END, begin + len(_BEGIN)) if begin >= 0 else -1
        if end < 0:
            yield _plain(content[place:])
            return
        head, body = content[place:begin], content[begin + len(_BEGIN) : end]
        place = end + len(_END)
        yield _plain(head)
        facts = _plain(head[head.rfind(b"obj") + 3 :])
        if b"/ObjStm" in facts:
            unpacked = _unpacked(body, left) if b"/Filter" in facts else body
            left -= len(unpacked)
            yield _plain(unpacked)


def _unpacked(packed: bytes, limit: int) -> bytes:
    """A deflated stream of objects; one that is packed otherwise, or too large, is not readable."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(packed.lstrip(b"\r\n"), max(limit, 1))
    except zlib.error as error:
        raise _Unreadable from error
    if unpacker.unconsumed_tail:
        raise _Unreadable
    return unpacked


def _plain(part: bytes) -> bytes:
    """A name may hide its letters: `/J#61vaScript` is `/JavaScript`."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)
