"""How changes travel to webhooks: a row is claimed by a conditional update, sent, put off, ended.

Nothing is sent inside a transaction. A worker that dies leaves a claimed row, which the sweep
frees; the other side tells a repetition by its id.
"""

import random
from datetime import datetime, timedelta

import orjson
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from ocop_portal.clients import changes, destinations, webhooks
from ocop_portal.clients.models import DeliveryState, Webhook, WebhookDelivery

WAITS = tuple(
    timedelta(**wait)
    for wait in (
        {"seconds": 30},
        {"minutes": 5},
        {"minutes": 30},
        {"hours": 2},
        {"hours": 8},
        {"hours": 24},
    )
)
MOST_ATTEMPTS = len(WAITS) + 1
CLAIM_LASTS = timedelta(minutes=5)
SWEEP_DELIVERIES = 50
# An address that never answers is ended after this many deliveries in a row that failed for good.
FAILURES_END = 20


def due(at: datetime) -> list[int]:
    """Frees the rows whose sender died and lists what is to be sent, oldest first."""
    WebhookDelivery.objects.filter(
        state=DeliveryState.SENDING, claimed_at__lt=at - CLAIM_LASTS
    ).update(state=DeliveryState.WAITING, due_at=at)
    waiting = WebhookDelivery.objects.filter(
        state=DeliveryState.WAITING, due_at__lte=at, webhook__ended_at=None
    )
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:SWEEP_DELIVERIES])


def deliver(delivery_id: int, *, at: datetime) -> bool:
    """Sends one row if it waits and is due; True when the other side took it now."""
    claimed = WebhookDelivery.objects.filter(
        pk=delivery_id, state=DeliveryState.WAITING, due_at__lte=at, webhook__ended_at=None
    ).update(state=DeliveryState.SENDING, claimed_at=at, attempts=F("attempts") + 1)
    if not claimed:
        return False
    row = WebhookDelivery.objects.select_related("webhook", "change__entry").get(pk=delivery_id)
    try:
        answer = destinations.post(row.webhook.url, body := body_of(row), _headers(row, body, at))
    except Exception as error:  # whatever the network does, the row must not stay claimed
        return _put_off(row, at, str(error))
    if not answer.is_good:
        return _put_off(row, at, f"{answer.status} {answer.text}")
    _own(row).update(state=DeliveryState.SENT, sent_at=at, answer=f"{answer.status}")
    Webhook.objects.filter(pk=row.webhook_id).update(failures=0)
    return True


def body_of(row: WebhookDelivery) -> bytes:
    """What is sent: the same bytes at every attempt, ids and kinds only."""
    return orjson.dumps(changes.told(row.change))


def message_id(row: WebhookDelivery) -> str:
    """The same at every attempt, so that a repetition can be told."""
    return f"chg_{row.change.number}_{row.webhook_id}"


def _headers(row: WebhookDelivery, body: bytes, at: datetime) -> dict[str, str]:
    timestamp = int(at.timestamp())
    signed = webhooks.signature(
        row.webhook.secret, message_id=message_id(row), timestamp=timestamp, body=body
    )
    return {
        "Content-Type": "application/json",
        "User-Agent": "ocop-portal",
        "webhook-id": message_id(row),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }


def _own(row: WebhookDelivery) -> QuerySet[WebhookDelivery]:
    """The row while it is still claimed by this attempt."""
    return WebhookDelivery.objects.filter(
        pk=row.pk, state=DeliveryState.SENDING, attempts=row.attempts
    )


def _put_off(row: WebhookDelivery, at: datetime, answer: str) -> bool:
    is_final = row.attempts >= MOST_ATTEMPTS
    _own(row).update(
        state=DeliveryState.FAILED if is_final else DeliveryState.WAITING,
        due_at=at + _wait(row.attempts),
        answer=answer[:300],
    )
    if is_final:
        _count_failure(row.webhook, at)
    return False


def _wait(attempts: int) -> timedelta:
    """Longer each time, with up to a quarter more so that a crowd does not return at once."""
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    return wait * (1 + random.random() / 4)  # noqa: S311 - spreads load, guards nothing


def _count_failure(webhook: Webhook, at: datetime) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(failures=F("failures") + 1)
    webhook.refresh_from_db()
    if webhook.failures >= FAILURES_END and webhook.is_active:
        webhooks.end(
            webhook, by=None, at=at, because=_("Địa chỉ này không trả lời nhiều lần liền.")
        )
