"""Asks ClamAV about a file, where one is set (`OCOP_CLAMD`); without one nothing is scanned.

The daemon speaks on a socket: `zINSTREAM`, then pieces that each begin with their length in four
bytes, then a length of zero; its answer ends with a zero byte (man clamd, "COMMANDS").
"""

import logging
import socket
import struct
from typing import Any

from django.conf import settings
from django.core.files.base import File

from registry.domain.errors import RuleBroken
from registry.domain.text import term

PATIENCE = 30.0  # seconds for each step of the talk
LONGEST_ANSWER = 4096
CLEAN = b"OK"
INFECTED = b"FOUND"

logger = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether files are scanned here."""
    return bool(settings.CLAMD)


def scan(file: "File[Any]") -> bool:
    """True where the scanner found nothing, False where none is set.

    Refused: a file in which a virus was found; any file while the scanner does not answer, since
    a scan that was promised and skipped would be worse than a wait.
    """
    if not is_on():
        return False
    try:
        answer = _ask(file)
    except OSError as error:
        logger.warning("clamd did not answer: %s", error)
        raise _unanswered() from error
    if answer.endswith(INFECTED):
        raise RuleBroken(
            "evidence.virus",
            term("Chương trình quét vi-rút thấy tệp này có hại nên không nhận."),
            field="file",
        )
    if not answer.endswith(CLEAN):
        logger.warning("clamd answered: %r", answer)
        raise _unanswered()
    return True


def _ask(file: "File[Any]") -> bytes:
    with _connected() as daemon:
        daemon.sendall(b"zINSTREAM\0")
        file.seek(0)
        for piece in file.chunks():
            daemon.sendall(struct.pack("!L", len(piece)) + piece)
        daemon.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            piece = daemon.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0 \n")


def _connected() -> socket.socket:
    """The address is `unix:/path` or `tcp:host:port`; the settings refuse any other."""
    way, _colon, place = settings.CLAMD.partition(":")
    if way == "unix":
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(PATIENCE)
        try:
            daemon.connect(place)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _unanswered() -> RuleBroken:
    return RuleBroken(
        "evidence.not_scanned",
        term("Chưa quét được vi-rút nên chưa nhận tệp. Hãy thử lại sau ít phút."),
        field="file",
    )
