"""What verifiers elsewhere fetch, and the check that the portal does for whoever cannot."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import time_machine
from django.test import Client

from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from scoring.services import credentials, documents
from tests.factories import promotion as make
from tests.factories import registry, scoring

pytestmark = pytest.mark.django_db
CHECK = "/xac-thuc/chung-thu/"


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.KEYS_DIR = tmp_path / "keys"
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def held() -> Certificate:
    made = documents.make_certificate(make.certificate(registry.product(name="Chè Tân Cương")))
    credentials.make(made, at=make.NOW)
    credentials.refresh_lists(at=make.NOW)
    return made


def token_of(client: Client, held: Certificate) -> str:
    return client.get(f"/xac-thuc/{held.code}/chung-thu.jwt").content.decode()


@pytest.mark.embedded
def test_stranger_can_check_a_credential_with_what_is_published(
    client: Client, held: Certificate
) -> None:
    answer = client.get(f"/xac-thuc/{held.code}/chung-thu.jwt")
    published = client.get("/.well-known/jwks.json")
    key_set = jwt.PyJWKSet.from_dict(published.json())
    kid = jwt.get_unverified_header(answer.content.decode())["kid"]

    payload = jwt.decode(answer.content.decode(), key_set[kid], algorithms=["EdDSA"])

    assert answer["Content-Type"] == "application/vc+jwt"
    assert held.shown_code in answer["Content-Disposition"]
    assert payload["id"].endswith(f"/xac-thuc/{held.code}/")
    for address in (payload["issuer"]["id"], payload["@context"][1]):
        path = address.removeprefix("http://127.0.0.1:8000")
        found = client.get(path)
        assert found.status_code == 200, path
        assert found["Access-Control-Allow-Origin"] == "*"
        assert not found.cookies
    issuer = client.get("/.well-known/ocop-issuer.json").json()
    assert issuer["id"] == payload["issuer"]["id"]
    assert issuer["verificationMethod"][0]["publicKeyJwk"]["kid"] == kid


def test_every_term_of_a_credential_is_in_its_context(client: Client, held: Certificate) -> None:
    payload = jwt.decode(token_of(client, held), options={"verify_signature": False})
    terms = client.get("/xac-thuc/chung-thu/ngu-canh.json").json()["@context"]

    used = set(payload["credentialSubject"]) - {"type"} | {"OcopProduct", "OcopCertificate"}

    assert used - set(terms) == set()


def test_lists_that_a_credential_names_are_there_and_may_be_kept_half_a_minute(
    client: Client, held: Certificate
) -> None:
    payload = jwt.decode(token_of(client, held), options={"verify_signature": False})

    for entry in payload["credentialStatus"]:
        path = entry["statusListCredential"].removeprefix("http://127.0.0.1:8000")
        answer = client.get(path)
        listed = jwt.decode(answer.content, options={"verify_signature": False})
        assert answer["Cache-Control"] == "public, max-age=30"
        assert listed["id"] == entry["statusListCredential"]
        assert listed["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]


@pytest.mark.parametrize(
    "path",
    [
        "/xac-thuc/trang-thai/revocation/7.jwt",
        "/xac-thuc/trang-thai/anything/0.jwt",
        "/xac-thuc/ABC/chung-thu.jwt",
    ],
)
def test_what_is_not_there_is_404(client: Client, held: Certificate, path: str) -> None:
    assert client.get(path).status_code == 404


def test_credential_that_is_not_signed_yet_is_404(client: Client) -> None:
    unmade = make.certificate()

    assert client.get(f"/xac-thuc/{unmade.code}/chung-thu.jwt").status_code == 404
    assert "chung-thu.jwt" not in client.get(f"/xac-thuc/{unmade.code}/").content.decode()


def test_page_of_the_check_works_without_script(client: Client, held: Certificate) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(CHECK)
    text = token_of(client, held)

    genuine = browser.post(CHECK, {"credential": text}).content.decode()
    forged = browser.post(CHECK, {"credential": text[:300] + "A" + text[301:]}).content.decode()

    assert page.status_code == 200
    assert not page.cookies
    answer = genuine.partition('id="credential-answer"')[2].partition('id="credential-words"')[0]
    assert "Chứng thư thật" in answer
    assert "Còn hiệu lực" in answer
    assert "Chè Tân Cương" in answer
    answer = forged.partition('id="credential-answer"')[2].partition('id="credential-words"')[0]
    assert "Không phải chứng thư thật" in answer
    assert "Chứng thư thật" not in answer


def test_check_knows_what_was_decided(client: Client, held: Certificate) -> None:
    text = token_of(client, held)
    scoring.decided(held, DecisionKind.SUSPEND)
    credentials.refresh_lists(at=make.NOW)

    page = client.post(CHECK, {"credential": text})

    answer = page.content.decode().partition('id="credential-answer"')[2]
    assert "Đang bị tạm dừng" in answer.partition('id="credential-words"')[0]
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text", ["", "x" * 50_000, "<script>alert(1)</script>", "a.b.c", "\x00\ud800"[:1] + "é"]
)
def test_check_of_anything_else_is_answered_in_words(client: Client, text: str) -> None:
    page = client.post(CHECK, {"credential": text})

    assert page.status_code == 200
    assert "Không phải chứng thư thật" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_worker_of_the_page_keeps_only_what_is_there(client: Client) -> None:
    answer = client.get(f"{CHECK}sw.js")
    kept = json.loads(
        "[" + answer.content.decode().partition("KEPT = [")[2].partition(",\n];")[0] + "]"
    )

    assert answer["Content-Type"].startswith("text/javascript")
    assert CHECK in kept
    assert [path for path in kept if not path.startswith(("/static/", CHECK))] == []
