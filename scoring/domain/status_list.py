"""Status lists: one bit for each certificate, published compressed (W3C Bitstring Status List 1.0).

A list says one thing of 131,072 certificates: revoked, suspended, or that a newer one is to be
asked for. A reader fetches the whole list, so that nobody learns which certificate was looked up.
"""

import gzip
import io
from collections.abc import Iterable
from enum import StrEnum
from zlib import error as ZlibError  # noqa: N812 - named as the exception that it is

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.certificate_states import CertificateState
from scoring.domain.jws import decode, encode

SIZE = 131_072
BITS = 8


class Purpose(StrEnum):
    """What a set bit of a list means; the words are those of the standard."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REFRESH = "refresh"

    @property
    def state(self) -> CertificateState:
        return _STATES[self]


def place(certificate_id: int) -> tuple[int, int]:
    """In which list and at which place of it a certificate's bit stands."""
    return divmod(certificate_id, SIZE)


def encoded(places: Iterable[int]) -> str:
    """A list in which exactly these places are set: gzip, then multibase base64url."""
    bits = bytearray(SIZE // BITS)
    for index in places:
        bits[index // BITS] |= 0x80 >> index % BITS
    return "u" + encode(gzip.compress(bytes(bits), mtime=0))


def is_set(text: str, index: int) -> bool:
    """Whether the bit of a place is set; a list that cannot be read is refused."""
    if not text.startswith("u") or not 0 <= index < SIZE:
        raise unreadable()
    bits = _unpacked(decode(text[1:]))
    return bool(bits[index // BITS] & 0x80 >> index % BITS)


def unreadable() -> RuleBroken:
    return RuleBroken("status_list.malformed", term("Không đọc được danh sách trạng thái."))


def _unpacked(packed: bytes) -> bytes:
    """Never more than a list holds, however much a forged one would unpack to."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            bits = stream.read(SIZE // BITS + 1)
    except (OSError, EOFError, ZlibError):
        raise unreadable() from None
    if len(bits) != SIZE // BITS:
        raise unreadable()
    return bits


_STATES = {
    Purpose.REVOCATION: CertificateState.REVOKED,
    Purpose.SUSPENSION: CertificateState.SUSPENDED,
    Purpose.REFRESH: CertificateState.SUPERSEDED,
}
