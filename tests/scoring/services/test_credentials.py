"""Keys, credentials and status lists as the worker makes them."""

import io
import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.credentials import Finding, check
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate, Credential, SigningKey, StatusList
from scoring.selectors.credentials import published_keys, status_lists
from scoring.services import credentials, documents, keys
from tests.factories import promotion as make
from tests.factories import registry, scoring

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW = make.NOW


@pytest.fixture(autouse=True)
def keys_dir(settings: Any, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def held() -> Certificate:
    return documents.make_certificate(make.certificate(registry.product(name="Chè Tân Cương")))


def found(token: str, *, at: Any = NOW) -> Finding:
    lists = [each.token for each in status_lists()]
    return check(token, keys=published_keys(), lists=lists, at=at)


def test_document_when_kept_then_its_credential_is_signed_once(held: Certificate) -> None:
    unmade = make.certificate(registry.product(name="Chưa có tệp"))

    assert credentials.make_missing(limit=10, at=NOW) == 1
    assert credentials.make_missing(limit=10, at=NOW) == 0
    assert credentials.refresh_lists(at=NOW) == 3

    token = Credential.objects.get(certificate=held).token
    answer = found(token)
    assert (answer.status, answer.status_of) == (CertificateStatus.VALID, NOW)
    told = answer.payload["credentialSubject"]
    assert (told["productName"], told["stars"]) == ("Chè Tân Cương", 3)
    assert told["certificateCode"] == held.code
    assert not Credential.objects.filter(certificate=unmade).exists()


def test_credential_when_read_by_another_library_with_the_published_keys_then_genuine(
    held: Certificate,
) -> None:
    token = credentials.make(held, at=NOW).token
    key_set = jwt.PyJWKSet.from_dict({"keys": published_keys()})
    kid = jwt.get_unverified_header(token)["kid"]

    payload = jwt.decode(token, key_set[kid], algorithms=["EdDSA"])

    resource = payload["relatedResource"][0]
    digest = jwt.utils.base64url_decode(
        resource["digestSRI"].removeprefix("sha256-").translate(str.maketrans("+/", "-_"))
    )
    assert digest.hex() == held.sha256


def test_key_when_made_then_its_private_half_is_for_its_owner_alone(keys_dir: Path) -> None:
    key, _private = keys.current(at=NOW)

    path = keys_dir / f"{key.kid}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_dir.stat().st_mode) == 0o700
    assert "PRIVATE" not in json.dumps(published_keys())
    assert keys.current(at=NOW)[0] == key
    assert Entry.objects.filter(kind="scoring.key.made").count() == 1


def test_key_when_rotated_then_the_old_one_still_verifies_and_signs_no_more(
    held: Certificate, keys_dir: Path
) -> None:
    old_token = credentials.make(held, at=NOW).token
    old, _private = keys.current(at=NOW)

    new = keys.rotate(at=NOW + timedelta(days=1))

    later = documents.make_certificate(make.certificate(registry.product(name="Mật ong")))
    new_token = credentials.make(later, at=NOW).token
    assert [each["kid"] for each in published_keys()] == [new.kid, old.kid]
    assert found(old_token).status is CertificateStatus.VALID
    assert found(new_token).status is CertificateStatus.VALID
    assert jwt.get_unverified_header(new_token)["kid"] == new.kid
    assert not (keys_dir / f"{old.kid}.pem").exists()
    assert SigningKey.objects.get(pk=old.pk).retired_at == NOW + timedelta(days=1)


def test_key_when_compromised_then_unpublished_and_everything_is_signed_anew(
    held: Certificate,
) -> None:
    old_token = credentials.make(held, at=NOW).token
    credentials.refresh_lists(at=NOW)

    call_command("rotate_signing_key", "--compromised", stdout=io.StringIO())

    with pytest.raises(RuleBroken, match="unknown_key"):
        found(old_token)
    assert credentials.make_missing(limit=10, at=NOW) == 1
    assert credentials.refresh_lists(at=NOW) == 3
    assert found(Credential.objects.get().token).status is CertificateStatus.VALID
    assert Entry.objects.filter(kind="scoring.key.compromised").count() == 1


def test_key_when_its_file_is_gone_or_another_then_nobody_guesses(
    held: Certificate, keys_dir: Path
) -> None:
    key, _private = keys.current(at=NOW)
    path = keys_dir / f"{key.kid}.pem"
    text = path.read_bytes()

    path.write_bytes(b"not a key")
    with pytest.raises(RuleBroken, match=r"key\.missing"):
        credentials.make(held, at=NOW)
    path.unlink()
    with pytest.raises(RuleBroken, match=r"key\.missing"):
        credentials.make(held, at=NOW)
    assert not Credential.objects.exists()

    path.write_bytes(text)
    assert credentials.make(held, at=NOW)


def test_key_when_another_worker_was_first_then_its_key_signs(
    keys_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, _private = keys.current(at=NOW)
    real = SigningKey.objects.filter
    asked = iter([SigningKey.objects.none()])

    def first_then_real(*args: Any, **kwargs: Any) -> Any:
        return next(asked, None) if kwargs == {"is_current": True} else real(*args, **kwargs)

    monkeypatch.setattr(SigningKey.objects, "filter", first_then_real)

    ours, _private = keys.current(at=NOW)

    assert ours == theirs
    assert len(list(keys_dir.iterdir())) == 1


def test_key_when_two_would_be_current_then_the_database_refuses() -> None:
    keys.current(at=NOW)

    with pytest.raises(IntegrityError):
        SigningKey.objects.create(kid="k", x="x", created_at=NOW)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (DecisionKind.SUSPEND, CertificateStatus.SUSPENDED),
        (DecisionKind.REVOKE, CertificateStatus.REVOKED),
    ],
)
def test_decision_when_made_then_the_next_run_lists_it(
    held: Certificate, kind: DecisionKind, status: CertificateStatus
) -> None:
    token = credentials.make(held, at=NOW).token
    credentials.refresh_lists(at=NOW)
    scoring.decided(held, kind)

    signed = credentials.refresh_lists(at=NOW + timedelta(seconds=15))

    assert signed == 1
    assert found(token, at=NOW + timedelta(seconds=15)).status is status
    assert credentials.refresh_lists(at=NOW + timedelta(seconds=30)) == 0


def test_suspension_when_lifted_then_the_list_forgets_it(held: Certificate) -> None:
    token = credentials.make(held, at=NOW).token
    scoring.decided(held, DecisionKind.SUSPEND)
    credentials.refresh_lists(at=NOW)
    assert found(token).status is CertificateStatus.SUSPENDED

    scoring.decided(held, DecisionKind.RESTORE)
    credentials.refresh_lists(at=NOW)

    assert found(token).status is CertificateStatus.VALID


def test_lists_when_nothing_happens_then_signed_again_before_they_are_old(
    held: Certificate,
) -> None:
    credentials.refresh_lists(at=NOW)

    assert credentials.refresh_lists(at=NOW + timedelta(minutes=19)) == 0
    assert credentials.refresh_lists(at=NOW + timedelta(minutes=20)) == 3
    assert StatusList.objects.count() == 3


def test_lists_when_there_is_no_certificate_then_none_is_needed() -> None:
    assert credentials.refresh_lists(at=NOW) == 0
    assert not SigningKey.objects.exists()


def saved(held: Certificate, folder: Path) -> list[str]:
    """What somebody fetched while there was a network, as arguments of the command."""
    (folder / "c.jwt").write_text(credentials.make(held, at=NOW).token)
    credentials.refresh_lists(at=NOW)
    (folder / "jwks.json").write_text(json.dumps({"keys": published_keys()}))
    arguments = [str(folder / "c.jwt"), "--keys", str(folder / "jwks.json")]
    for each in status_lists():
        path = folder / f"{each.purpose}.jwt"
        path.write_text(each.token)
        arguments += ["--list", str(path)]
    return arguments


def test_command_when_given_files_then_it_checks_without_the_database(
    held: Certificate, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    arguments = saved(held, tmp_path)
    out = io.StringIO()

    with django_assert_num_queries(0):
        call_command("verify_credential", *arguments, "--at", NOW.isoformat(), stdout=out)

    assert "valid: Chè Tân Cương" in out.getvalue()
    assert "decisions known up to: 2026-11-20 10:00 +0700" in out.getvalue()


def test_command_when_a_byte_is_changed_or_the_clock_is_far_ahead_then_it_fails(
    held: Certificate, tmp_path: Path
) -> None:
    arguments = saved(held, tmp_path)
    out = io.StringIO()

    with pytest.raises(CommandError, match="not in force"):
        call_command(
            "verify_credential", *arguments, "--at", "2099-01-01T00:00:00+07:00", stdout=out
        )
    assert "expired" in out.getvalue()
    assert "too old to rely on" in out.getvalue()
    with pytest.raises(CommandError, match="zone"):
        call_command("verify_credential", *arguments, "--at", "2026-11-20", stdout=out)

    path = tmp_path / "c.jwt"
    text = path.read_text()
    path.write_text(text.replace(text[200], "A" if text[200] != "A" else "B", 1))
    with pytest.raises(CommandError, match=r"credential\."):
        call_command("verify_credential", *arguments, stdout=out)
    (tmp_path / "jwks.json").write_text("[]")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_credential", *arguments, stdout=out)
