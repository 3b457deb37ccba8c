"""Webhooks: where they may lead, how they are signed, sent, put off, ended and sent again."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook as Verifier

from ocop_portal.accounts.models import User
from ocop_portal.clients import changes, delivery, destinations, webhooks
from ocop_portal.clients.models import DeliveryState, Webhook, WebhookDelivery
from ocop_portal.journal.models import Entry
from tests.clients.test_changes import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_news_yet")]


@dataclass
class Receiver:
    """A server of somebody else: what it got, and what it answers."""

    url: str = ""
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(found.status)
            for name, value in found.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"heard")

        def log_message(self, *_words: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/ocop?key=1"
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_INSIDE = True
    with receiving() as found:
        yield found


def place(url: str, by: User, at: datetime, *kinds: str) -> Webhook:
    return webhooks.place(url=url, kinds=kinds, by=by, at=at)


def one_change(by: User, at: datetime) -> WebhookDelivery:
    register(by, at)
    changes.number_new(at=at)
    return WebhookDelivery.objects.latest("pk")


def test_delivery_is_signed_so_that_another_library_accepts_it(
    receiver: Receiver, producer: User
) -> None:
    now = timezone.now()
    webhook = place(receiver.url, producer, now)
    row = one_change(producer, now)

    assert delivery.deliver(row.pk, at=now)

    headers, body = receiver.got[0]
    row.refresh_from_db()
    assert Verifier(webhook.secret).verify(body, headers) == json.loads(body)
    assert json.loads(body)["kind"] == "registry.subject.registered"
    assert (row.state, row.answer, row.attempts) == (DeliveryState.SENT, "200", 1)
    with pytest.raises(Exception, match="signature"):
        Verifier(webhook.secret).verify(body.replace(b"1", b"2"), headers)


def test_delivery_when_sent_already_then_nothing_is_sent_again(
    receiver: Receiver, producer: User, at: datetime
) -> None:
    place(receiver.url, producer, at)
    row = one_change(producer, at)

    first, second = delivery.deliver(row.pk, at=at), delivery.deliver(row.pk, at=at)

    assert (first, second, len(receiver.got)) == (True, False, 1)


@pytest.mark.parametrize(("status", "headers"), [(500, []), (302, [("Location", "http://x/")])])
def test_delivery_when_it_is_not_taken_then_it_waits_longer_each_time_and_fails_at_last(
    receiver: Receiver,
    producer: User,
    at: datetime,
    status: int,
    headers: list[tuple[str, str]],
) -> None:
    receiver.status, receiver.headers = status, headers
    place(receiver.url, producer, at)
    row = one_change(producer, at)
    waits = []

    for _attempt in range(delivery.MOST_ATTEMPTS):
        row.refresh_from_db()
        sent_at = max(row.due_at, at)
        assert not delivery.deliver(row.pk, at=sent_at)
        row.refresh_from_db()
        waits.append(row.due_at - sent_at)

    shortest = [*delivery.WAITS, delivery.WAITS[-1]]
    assert all(least <= wait <= least * 1.25 for wait, least in zip(waits, shortest, strict=True))
    assert waits[:-1] == sorted(waits[:-1])
    assert (row.state, row.answer[:3]) == (DeliveryState.FAILED, str(status))
    assert len(receiver.got) == delivery.MOST_ATTEMPTS
    assert len({sent["webhook-id"] for sent, _body in receiver.got}) == 1


def test_delivery_when_nobody_listens_then_it_waits(
    settings: Settings, producer: User, at: datetime
) -> None:
    settings.WEBHOOKS_INSIDE = True
    place("http://127.0.0.1:9/", producer, at)
    row = one_change(producer, at)

    assert not delivery.deliver(row.pk, at=at)

    row.refresh_from_db()
    assert (row.state, "Connection" in row.answer) == (DeliveryState.WAITING, True)


@pytest.mark.embedded
def test_delivery_when_its_sender_died_then_the_sweep_frees_it(
    settings: Settings, producer: User, at: datetime
) -> None:
    settings.WEBHOOKS_INSIDE = True
    place("http://127.0.0.1:9/", producer, at)
    row = one_change(producer, at)
    WebhookDelivery.objects.update(state=DeliveryState.SENDING, claimed_at=at)

    assert delivery.due(at + delivery.CLAIM_LASTS) == []
    assert delivery.due(at + delivery.CLAIM_LASTS + timedelta(seconds=1)) == [row.pk]


@pytest.mark.embedded
def test_webhook_when_it_never_answers_then_it_is_ended_and_its_owner_told(
    settings: Settings, producer: User, at: datetime
) -> None:
    settings.WEBHOOKS_INSIDE = True
    webhook = place("http://127.0.0.1:9/", producer, at)
    row = one_change(producer, at)
    Webhook.objects.update(failures=delivery.FAILURES_END - 1)
    WebhookDelivery.objects.update(attempts=delivery.MOST_ATTEMPTS - 1)

    delivery.deliver(row.pk, at=at)

    webhook.refresh_from_db()
    assert webhook.ended_at == at
    entry = Entry.objects.get(kind="clients.webhook.ended")
    assert (entry.actor, entry.facts["host"]) == (None, "127.0.0.1")


@pytest.mark.embedded
def test_webhook_gets_only_what_its_owner_may_see_and_asked_for(
    settings: Settings, producer: User, stranger: User, at: datetime
) -> None:
    settings.WEBHOOKS_INSIDE = True
    mine = place("http://127.0.0.1:9/a", producer, at)
    other_kind = place("http://127.0.0.1:9/b", producer, at, "registry.subject.updated")
    theirs = place("http://127.0.0.1:9/c", stranger, at)

    register(producer, at)
    changes.number_new(at=at)

    counts = [hook.deliveries.count() for hook in (mine, other_kind, theirs)]
    assert counts == [1, 0, 0]


@pytest.mark.embedded
def test_webhook_when_sent_again_then_it_has_the_same_id(
    receiver: Receiver, producer: User, stranger: User, at: datetime
) -> None:
    place(receiver.url, producer, at)
    row = one_change(producer, at)
    delivery.deliver(row.pk, at=at)
    row.refresh_from_db()

    with pytest.raises(PermissionDenied):
        webhooks.send_again(row, by=stranger, at=at)
    webhooks.send_again(row, by=producer, at=at)
    delivery.deliver(row.pk, at=at)

    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert ids == [ids[0]] * 2


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://10.0.0.8/x",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://localhost/",
        "https://user:word@example.org/",
        "https://example.org/#part",
        "https:///x",
        "ftp://example.org/",
        "javascript:alert(1)",
        "",
    ],
)
def test_address_that_leads_inside_or_is_not_secure_is_refused(
    producer: User, at: datetime, url: str
) -> None:
    with pytest.raises(ValidationError):
        place(url, producer, at)

    assert not Webhook.objects.exists()


def test_name_that_leads_inside_is_not_asked() -> None:
    with pytest.raises(destinations.Unreachable, match="open internet"):
        destinations.resolve("localhost", 443)


@pytest.mark.embedded
def test_webhook_when_placed_twice_then_it_is_one_and_six_are_too_many(
    settings: Settings, producer: User, at: datetime
) -> None:
    settings.WEBHOOKS_INSIDE = True
    urls = [f"http://127.0.0.1:9/{number}" for number in range(6)]

    assert place(urls[0], producer, at) == place(urls[0], producer, at)
    for url in urls[1:5]:
        place(url, producer, at)
    with pytest.raises(ValidationError, match="5"):
        place(urls[5], producer, at)
    webhooks.end(Webhook.objects.get(url=urls[0]), by=producer, at=at)
    assert place(urls[5], producer, at).is_active


def test_webhook_of_an_unknown_kind_is_refused(producer: User, at: datetime) -> None:
    with pytest.raises(ValidationError, match=r"cycle\.idea\.saved"):
        place("https://example.org/", producer, at, "cycle.idea.saved")
