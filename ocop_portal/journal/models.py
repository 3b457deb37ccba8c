"""What happened, and who is told: the entry is the history, the notification is the queue."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened; never changed, never deleted."""

    kind = models.CharField(_("Việc"), max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("Lúc"))
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [
            models.Index(fields=("subject_type", "subject_id", "-at"), name="entry_of_subject"),
            models.Index(fields=("kind", "-at"), name="entry_of_kind"),
            models.Index(fields=("-at", "-id"), name="entry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class Channel(models.TextChoices):
    PORTAL = "portal", _("Trên cổng")
    MAIL = "mail", _("Thư điện tử")


class Delivery(models.TextChoices):
    WAITING = "waiting", _("Đang chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Gửi hỏng")
    MUTED = "muted", _("Đã tắt")


class Notification(models.Model):
    """One message to one person by one channel; the row is the queue."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notifications")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.WAITING)
    title = models.CharField(max_length=250, blank=True)
    url = models.CharField(max_length=250, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("entry", "recipient", "channel"), name="notification_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("state", "due_at"), name="notification_due"),
            models.Index(fields=("recipient", "channel", "-id"), name="notification_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.recipient_id}: {self.title}"
