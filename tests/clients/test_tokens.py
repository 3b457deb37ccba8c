"""Tokens: shown once, bounded by scope and time, revoked; what a bad one is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.models import ApiToken
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal.models import Entry
from registry.models import Subject
from tests.factories import people

pytestmark = pytest.mark.django_db
SUBJECTS = "/api/v1/subjects/"


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def make(user: User, at: datetime, *scopes: Scope, days: int = 30) -> tuple[ApiToken, str]:
    return tokens.make(name="Truy xuất", scopes=scopes or (Scope.READ,), days=days, by=user, at=at)


@pytest.mark.embedded
def test_token_when_made_then_only_its_hash_is_kept(producer: User, at: datetime) -> None:
    token, secret = make(producer, at)

    assert secret.startswith(tokens.MARK)
    assert token.digest == tokens.digest(secret)
    assert secret not in str(ApiToken.objects.values().get())
    assert Entry.objects.get(kind="clients.token.made").subject_id == token.pk


@pytest.mark.embedded
def test_token_when_it_is_good_then_its_person_is_found_and_the_use_is_noted(
    producer: User, at: datetime
) -> None:
    token, secret = make(producer, at)

    found = tokens.of_secret(secret, at=at + timedelta(days=1))

    token.refresh_from_db()
    assert found is not None
    assert (found.user, token.used_at) == (producer, at + timedelta(days=1))


@pytest.mark.embedded
def test_token_when_used_twice_within_a_minute_then_it_is_written_once(
    producer: User, at: datetime
) -> None:
    token, secret = make(producer, at)

    tokens.of_secret(secret, at=at)
    tokens.of_secret(secret, at=at + timedelta(seconds=30))

    token.refresh_from_db()
    assert token.used_at == at


@pytest.mark.embedded
def test_token_when_revoked_ended_or_its_person_gone_then_it_opens_nothing(
    producer: User, at: datetime
) -> None:
    revoked, first = make(producer, at)
    _ended, second = make(producer, at, days=1)
    _third, third = make(producer, at)
    tokens.revoke(revoked, by=producer, at=at)

    assert tokens.of_secret(first, at=at) is None
    assert tokens.of_secret(second, at=at + timedelta(days=1)) is None
    assert tokens.of_secret(third, at=at) is not None
    User.objects.filter(pk=producer.pk).update(is_active=False)
    assert tokens.of_secret(third, at=at) is None


@pytest.mark.embedded
def test_token_when_another_person_revokes_it_then_that_is_refused(
    producer: User, stranger: User, at: datetime
) -> None:
    token, secret = make(producer, at)

    with pytest.raises(PermissionDenied):
        tokens.revoke(token, by=stranger, at=at)

    assert tokens.of_secret(secret, at=at) is not None


@pytest.mark.parametrize(("scopes", "days"), [((), 30), ((Scope.READ,), 0), ((Scope.READ,), 367)])
def test_token_without_scope_or_beyond_a_year_is_not_made(
    producer: User, at: datetime, scopes: tuple[Scope, ...], days: int
) -> None:
    with pytest.raises(ValueError, match="within a year"):
        tokens.make(name="x", scopes=scopes, days=days, by=producer, at=at)


def now_token(user: User, *scopes: Scope) -> str:
    from django.utils import timezone  # noqa: PLC0415 - the HTTP edge has the machine's clock

    return make(user, timezone.now(), *scopes)[1]


def test_api_when_called_with_a_token_then_it_sees_what_its_person_sees(
    client: Client, producer: User, subject: Subject, stranger: User
) -> None:
    own = client.get(SUBJECTS, headers=bearer(now_token(producer)))
    other = client.get(SUBJECTS, headers=bearer(now_token(stranger)))

    assert [row["id"] for row in own.json()["results"]] == [subject.pk]
    assert [row["id"] for row in other.json()["results"]] == [people.subject_of(stranger).pk]


@pytest.mark.parametrize("header", ["Bearer ocop_wrong", "Bearer", "Bearer a b", "Bearer \u00e9"])
def test_api_when_the_token_is_bad_then_it_is_401_and_not_anonymous(
    client: Client, db: None, header: str
) -> None:
    response = client.get(SUBJECTS, HTTP_AUTHORIZATION=header)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "bad_token"


def test_api_when_nobody_is_named_then_it_is_401(client: Client) -> None:
    response = client.get(SUBJECTS)

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize(
    ("scope", "method", "status"),
    [
        (Scope.READ, "get", 200),
        (Scope.REGISTER, "get", 403),
        (Scope.READ, "post", 403),
        (Scope.DOSSIERS, "post", 403),
        (Scope.REGISTER, "post", 422),
    ],
)
def test_api_when_the_scope_is_another_then_it_is_403_with_the_scope_named(
    client: Client, producer: User, scope: Scope, method: str, status: int
) -> None:
    call: Any = getattr(client, method)

    response = call(
        SUBJECTS, content_type="application/json", headers=bearer(now_token(producer, scope))
    )

    assert response.status_code == status
    if status == 403:
        assert ("read" if method == "get" else "register") in response.json()["message"]


def test_api_when_called_then_the_calls_left_are_told(client: Client, producer: User) -> None:
    headers = bearer(now_token(producer))

    first, second = client.get(SUBJECTS, headers=headers), client.get(SUBJECTS, headers=headers)

    left = int(first["RateLimit-Remaining"])
    assert int(first["RateLimit-Limit"]) == left + 1
    assert int(second["RateLimit-Remaining"]) == left - 1
    assert 0 <= int(second["RateLimit-Reset"]) <= 60
