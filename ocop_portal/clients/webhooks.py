"""Webhooks: set, ended, tried again; the only door to their rows beside the delivery."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.clients import destinations, feeds
from ocop_portal.clients.models import DeliveryState, Webhook, WebhookDelivery
from ocop_portal.journal import services as journal

SECRET_MARK = "whsec_"  # noqa: S105 - the mark of the published signature scheme, not a secret
SECRET_BYTES = 32
MOST_OF_A_PERSON = 5


@transaction.atomic
def place(*, url: str, kinds: Iterable[str], by: User, at: datetime) -> Webhook:
    """An address that gets the person's changes from now on.

    Refused: an address that the portal does not send to, a kind that is not told, more than five
    addresses of one person.
    """
    destinations.check(url)
    wanted = sorted(set(kinds))
    if unknown := set(wanted) - set(feeds.kinds()):
        raise ValidationError(
            _("Không có loại tin: %(kinds)s."), params={"kinds": ", ".join(unknown)}
        )
    User.objects.select_for_update().get(pk=by.pk)
    mine = Webhook.objects.filter(user=by, ended_at=None)
    if known := mine.filter(url=url).first():
        return known
    if mine.count() >= MOST_OF_A_PERSON:
        raise ValidationError(
            _("Mỗi người đặt được %(most)s địa chỉ; hãy dừng một địa chỉ trước."),
            params={"most": MOST_OF_A_PERSON},
        )
    secret = SECRET_MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    webhook = Webhook.objects.create(user=by, url=url, secret=secret, kinds=wanted, made_at=at)
    _record("placed", webhook, by, at)
    return webhook


@transaction.atomic
def end(webhook: Webhook, *, by: User | None, at: datetime, because: str = "") -> Webhook:
    """Nothing more is sent; what waits stays in the log. Ending twice is harmless."""
    if by is not None:
        _require_owner(webhook, by)
    ended = Webhook.objects.filter(pk=webhook.pk, ended_at=None)
    if ended.update(ended_at=at, ended_because=because[:200]):
        _record("ended", webhook, by, at, reason=because)
    webhook.refresh_from_db()
    return webhook


@transaction.atomic
def end_all_of(person: User, *, at: datetime) -> None:
    """Nothing more is sent for an account that ends."""
    for webhook in Webhook.objects.filter(user=person, ended_at=None).order_by("pk"):
        end(webhook, by=None, at=at, because=str(_("Tài khoản đã ngừng.")))


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, by: User, at: datetime) -> WebhookDelivery:
    """A delivery that was received or failed waits anew, with the same id and content."""
    _require_owner(delivery.webhook, by)
    done = (DeliveryState.SENT, DeliveryState.FAILED)
    WebhookDelivery.objects.filter(pk=delivery.pk, state__in=done).update(
        state=DeliveryState.WAITING, attempts=0, due_at=at, answer=""
    )
    delivery.refresh_from_db()
    return delivery


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA-256 over `id.timestamp.body`, as the Standard Webhooks scheme v1 describes it."""
    key = base64.b64decode(secret.removeprefix(SECRET_MARK))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _require_owner(webhook: Webhook, person: User) -> None:
    if webhook.user_id != person.pk:
        raise PermissionDenied(_("Địa chỉ nhận tin này của người khác."))


def _record(word: str, webhook: Webhook, by: User | None, at: datetime, **facts: object) -> None:
    journal.record(
        f"clients.webhook.{word}",
        subject=webhook,
        actor=by,
        at=at,
        facts={"host": urlsplit(webhook.url).hostname, **facts},
    )
