"""Programs that use the portal for a person: their tokens, answers, and where news is sent."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop_portal.clients.scopes import Scope
from ocop_portal.journal.models import Entry

DIGEST_LENGTH = 64


class ApiToken(models.Model):
    """A person's leave for one program. The secret is shown once; only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(_("Tên phần mềm"), max_length=80)
    hint = models.CharField(_("Bắt đầu bằng"), max_length=12)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    scopes = models.JSONField(_("Được làm"), default=list)
    made_at = models.DateTimeField(_("Tạo lúc"))
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    used_at = models.DateTimeField(_("Dùng lần cuối"), null=True)
    revoked_at = models.DateTimeField(_("Thu hồi lúc"), null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="apitoken_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    def is_good(self, at: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked_at is None and at < self.expires_at

    def allows(self, scope: Scope) -> bool:
        return scope.value in self.scopes

    @property
    def scope_labels(self) -> list[str]:
        return [str(scope.label) for scope in Scope if self.allows(scope)]


class KeptAnswer(models.Model):
    """The first answer to a write with an `Idempotency-Key`; a repeated key gets it again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=DIGEST_LENGTH)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "key"), name="keptanswer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=("at",), name="keptanswer_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}: {self.status}"


class Change(models.Model):
    """A journal entry that programs are told of.

    `number` is given after the entry was committed, by one process at a time: whoever has read up
    to a number has missed nothing before it, which entry ids alone do not promise.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="change")
    number = models.PositiveBigIntegerField(null=True, unique=True)

    class Meta:
        ordering = ("number", "id")
        indexes: ClassVar = [
            models.Index(fields=("id",), name="change_unnumbered", condition=Q(number=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.entry_id}"


class ChangeCounter(models.Model):
    """The last number given to a change; its one row is also the lock of who gives numbers."""

    name = models.CharField(max_length=20, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Webhook(models.Model):
    """An address to which a person's changes are sent, each signed with the secret."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks"
    )
    url = models.URLField(_("Địa chỉ nhận"), max_length=300)
    secret = models.CharField(max_length=80)
    kinds = models.JSONField(_("Nhận loại tin"), default=list, blank=True)
    made_at = models.DateTimeField(_("Đặt lúc"))
    ended_at = models.DateTimeField(_("Dừng lúc"), null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "url"), condition=Q(ended_at=None), name="webhook_once"
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_active(self) -> bool:
        return self.ended_at is None


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã nhận")
    FAILED = "failed", _("Gửi hỏng")


def delivery_state_choices() -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in DeliveryState]


class WebhookDelivery(models.Model):
    """One change on its way to one address; the row is the queue and the log."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=delivery_state_choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("webhook", "change"), name="webhookdelivery_once"),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "due_at"), name="webhookdelivery_due")]

    def __str__(self) -> str:
        return f"{self.webhook_id} ← {self.change_id}: {self.state}"

    @property
    def can_be_sent_again(self) -> bool:
        return self.state in {DeliveryState.SENT, DeliveryState.FAILED}
