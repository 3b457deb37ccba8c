"""What happened, and who is told: the entry is the history, the notification is the queue."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened; never changed, never deleted.

    `fan_out_due_at` and `fan_out_attempts` are not part of what happened: they say when the
    notices of the entry are to be written, and are empty when nothing is left to tell.
    """

    kind = models.CharField(_("Việc"), max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("Lúc"))
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    fan_out_due_at = models.DateTimeField(null=True)
    fan_out_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [
            models.Index(fields=("subject_type", "subject_id", "-at"), name="entry_of_subject"),
            models.Index(fields=("kind", "-at"), name="entry_of_kind"),
            models.Index(fields=("-at", "-id"), name="entry_newest"),
            models.Index(
                fields=("fan_out_due_at",),
                name="entry_to_fan_out",
                condition=Q(fan_out_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class Seal(models.Model):
    """The place of an entry in the chain: never changed, never deleted.

    Numbers follow each other without a gap in the order of sealing, which differs from the order
    of the entries' ids where one act was committed later than another; a gap in the ids is an act
    that was rolled back.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class DayHead(models.Model):
    """Where the chain stood at the end of a legal day: its last number and hash, signed.

    A head that was published and is kept elsewhere shows any later change of what lies before it.
    `key` names the key of the signature; both are empty until the head is signed.
    """

    day = models.DateField(_("Ngày"), unique=True)
    number = models.BigIntegerField(_("Số việc"))
    hash = models.CharField(_("Mã băm"), max_length=64)
    made_at = models.DateTimeField()
    token = models.TextField(blank=True)
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.number}"


class HourHead(models.Model):
    """Where the chain stood at a moment of a running day, signed as a day's head is.

    Made about once an hour while the chain grows, so that a forged end of the chain is shown after
    an hour and not only after the day.
    """

    number = models.BigIntegerField(_("Số việc"), unique=True)
    hash = models.CharField(_("Mã băm"), max_length=64)
    made_at = models.DateTimeField(_("Lập lúc"))
    token = models.TextField(blank=True)
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}: {self.number}"

    @property
    def day(self) -> date:
        """The legal day in which it was made."""
        return timezone.localdate(self.made_at)


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
    """One message to one person by one channel; the row is the queue.

    Who has no account yet is written to at `address`, by mail alone; everybody else is a
    `recipient` and has no address here.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notifications")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    address = models.EmailField(_("Địa chỉ thư"), blank=True)
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
            models.UniqueConstraint(
                fields=("entry", "address"),
                condition=Q(recipient__isnull=True),
                name="notification_to_address_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="")
                | (Q(recipient__isnull=True, channel="mail") & ~Q(address="")),
                name="notification_to_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("state", "due_at"), name="notification_due"),
            models.Index(fields=("recipient", "channel", "-id"), name="notification_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.recipient_id or self.address}: {self.title}"

    @property
    def mail_address(self) -> str:
        """Where a mail goes: the person's address of today, or the one that was written to."""
        return self.recipient.email if self.recipient else self.address

    @property
    def can_be_sent_again(self) -> bool:
        return self.channel == Channel.MAIL and self.state in {Delivery.FAILED, Delivery.MUTED}


class Mute(models.Model):
    """A switch that keeps mail from going out: of one kind, to one person, or both.

    An empty kind stands for every kind, no person for everybody; both empty mute the portal. What
    was muted stays visible in the outbox and in the portal's own notices.
    """

    kind = models.CharField(_("Việc"), max_length=80, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind", "person"), name="mute_of_person_once"),
            models.UniqueConstraint(
                fields=("kind",), name="mute_of_kind_once", condition=Q(person__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or '*'} → {self.person_id or '*'}"
