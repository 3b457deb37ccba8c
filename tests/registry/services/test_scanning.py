"""Talks to a ClamAV that is a few lines of ours on a real socket."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from registry.domain.errors import RuleBroken
from registry.models import Evidence
from registry.services import scanning
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
MARK = b"EICAR"


class _Talk(socketserver.StreamRequestHandler):
    """INSTREAM as `man clamd` has it: pieces with their lengths, then a length of zero."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        received = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(size)
        self.server.received.append(received)  # type: ignore[attr-defined] # ours, below
        found = b"stream: Eicar-Test FOUND\0" if MARK in received else b"stream: OK\0"
        self.wfile.write(self.server.answer or found)  # type: ignore[attr-defined] # as above


def serving(server: Any) -> Iterator[Any]:
    server.received, server.answer = [], b""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clamd(settings: Any) -> Iterator[Any]:
    server = socketserver.TCPServer(("127.0.0.1", 0), _Talk)
    settings.CLAMD = f"tcp:127.0.0.1:{server.server_address[1]}"
    yield from serving(server)


@pytest.fixture
def clamd_in_a_file(settings: Any, tmp_path: Path) -> Iterator[Any]:
    path = str(tmp_path / "c.ctl")
    settings.CLAMD = f"unix:{path}"
    yield from serving(socketserver.UnixStreamServer(path, _Talk))


def test_a_clean_file_is_kept_with_the_moment_of_its_scan(clamd: Any) -> None:
    content = make.pdf().read()

    row = make.paper(file=ContentFile(content, name="giay.pdf"))

    assert row.scanned_at == make.NOW
    assert clamd.received == [content]


def test_the_socket_may_be_a_file(clamd_in_a_file: Any) -> None:
    assert make.paper().scanned_at == make.NOW
    assert len(clamd_in_a_file.received) == 1


def test_a_virus_is_refused_and_leaves_nothing(clamd: Any) -> None:
    file = ContentFile(make.pdf().read() + MARK, name="giay.pdf")

    with pytest.raises(RuleBroken, match=r"evidence\.virus"):
        make.paper(file=file)

    assert clamd.received
    assert not Evidence.objects.exists()


def test_an_answer_that_is_neither_refuses_for_now(clamd: Any) -> None:
    clamd.answer = b"INSTREAM size limit exceeded. ERROR\0"

    with pytest.raises(RuleBroken, match=r"evidence\.not_scanned"):
        make.paper()


def test_a_scanner_that_is_not_there_refuses_for_now(settings: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CLAMD = f"tcp:127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(RuleBroken, match=r"evidence\.not_scanned"):
            make.paper()


def test_without_a_scanner_nothing_is_scanned(settings: Any) -> None:
    settings.CLAMD = ""

    assert make.paper().scanned_at is None
    assert not scanning.is_on()
