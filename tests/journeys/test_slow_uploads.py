"""Two phones upload at 50 kB/s while somebody else works: nobody waits for them.

The web server is the one of `./ocop run`, a process of its own on the tests' database.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.models import Evidence
from tests import servers
from tests.conftest import LogIn
from tests.factories import cycle

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
BYTES_A_SECOND = 50_000
PIECE = 5_000
FILE = 150_000  # three seconds on the way
BOUND = "ranh-gioi-cua-tep"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[int]:
    """The port of the portal as it is run, listening when the test begins."""
    if connection.vendor != "postgresql":
        pytest.fail("a server process needs PostgreSQL: run ./ocop test PATH")
    port, log = servers.free_port(), tmp_path / "web.log"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "OCOP_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
    }
    with servers.process(_web_command(port), log=log, env=env) as running:
        servers.wait_until(lambda: _listens(port), running, log)
        yield port


def _web_command(port: int) -> list[str]:
    loader = SourceFileLoader("ocop_script", str(servers.ROOT / "ocop"))
    spec = spec_from_loader("ocop_script", loader)
    assert spec is not None
    script = module_from_spec(spec)
    sys.modules["ocop_script"] = script
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(script)
    sys.dont_write_bytecode = before
    command: list[str] = script.web_command(port)
    return command


def _listens(port: int) -> bool:
    try:
        with closing(Visitor(port)) as visitor:
            return visitor.get("/healthz") > 0
    except OSError:
        return False


class Visitor:
    """Somebody with a cookie and a connection that is as slow as it is told to be."""

    def __init__(self, port: int, session: str = "") -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        self.body = ""

    def close(self) -> None:
        self.line.close()

    def get(self, path: str) -> int:
        self.line.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.line.getresponse()
        self.body = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookie += f"; {value.partition(';')[0]}"
        return answer.status

    def upload(self, path: str, title: str, content: bytes) -> tuple[int, float]:
        """Sends a paper piece by piece; the answer, and for how long the file was on its way."""
        assert self.get(path) == 200
        found = TOKEN.search(self.body)
        assert found is not None
        body = _form({"csrfmiddlewaretoken": found[1], "title": title}, content)
        self.line.putrequest("POST", path)
        self.line.putheader("Cookie", self.cookie)
        self.line.putheader("Content-Type", f"multipart/form-data; boundary={BOUND}")
        self.line.putheader("Content-Length", str(len(body)))
        self.line.endheaders()
        begun = time.monotonic()
        for start in range(0, len(body), PIECE):
            self.line.send(body[start : start + PIECE])
            time.sleep(max(0.0, begun + (start + PIECE) / BYTES_A_SECOND - time.monotonic()))
        took = time.monotonic() - begun
        answer = self.line.getresponse()
        answer.read()
        return answer.status, took


def _form(texts: dict[str, str], content: bytes) -> bytes:
    fields = {**texts, "kind": "business_registration", "valid_until": "", "upload": "1"}
    parts = [
        f'--{BOUND}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    head = (
        f'--{BOUND}\r\nContent-Disposition: form-data; name="file"; filename="giấy.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), content, f"\r\n--{BOUND}--\r\n".encode()])


def _paper(letter: bytes) -> bytes:
    """A PDF of some weight: its one object is a comment."""
    head, tail = b"%PDF-1.4\n%", b"\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    return head + letter * (FILE - len(head) - len(tail)) + tail


def _session(log_in: LogIn, user: User) -> str:
    return log_in(user).cookies[settings.SESSION_COOKIE_NAME].value


def test_a_page_answers_within_a_second_while_two_phones_upload(log_in: LogIn, site: int) -> None:
    drafts = [cycle.draft_dossier(), cycle.draft_dossier()]
    pages = [
        reverse("cycle:evidence-item", args=[each.pk, "business_registration"]) for each in drafts
    ]
    phones = [Visitor(site, _session(log_in, cycle.owner_of(each.enrolment))) for each in drafts]
    officer = cycle.officer_for(drafts[0].enrolment, Level.DISTRICT)
    office = Visitor(site, _session(log_in, officer))
    contents = [_paper(b"a"), _paper(b"b")]
    office.get(reverse("cycle:dossier-list"))

    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(phone.upload, page, f"Giấy {number}", content)
            for number, (phone, page, content) in enumerate(
                zip(phones, pages, contents, strict=True)
            )
        ]
        time.sleep(1)
        waits = []
        while not any(each.done() for each in sent):
            begun = time.monotonic()
            assert office.get(reverse("cycle:dossier-list")) == 200
            waits.append(time.monotonic() - begun)
        answers = [each.result() for each in sent]

    for visitor in (*phones, office):
        visitor.close()

    assert [status for status, _took in answers] == [302, 302]
    assert all(took >= FILE / BYTES_A_SECOND for _status, took in answers)
    assert len(waits) > 1
    assert median(waits) < 1
    kept = Evidence.objects.order_by("title")
    assert [each.title for each in kept] == ["Giấy 0", "Giấy 1"]
    for row, content in zip(kept, contents, strict=True):
        with row.file.open() as file:
            assert file.read() == content
