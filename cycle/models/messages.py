"""What a producer and the offices write to each other about an enrolment."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.messages import Side
from cycle.models.enrolments import Enrolment
from registry.domain.regime import Level


class Conversation(models.Model):
    """The thread of an enrolment, from its first message on.

    `awaits` is the side whose answer is waited for, until `due_on`; `level` is the office that
    the producer's last question went to.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="conversation"
    )
    awaits = models.CharField(
        _("Đang chờ trả lời"), max_length=10, choices=Side.choices, default=Side.NOBODY
    )
    level = models.CharField(_("Cấp"), max_length=10, choices=Level.choices)
    due_on = models.DateField(_("Hạn trả lời"), null=True, blank=True)
    last_at = models.DateTimeField(_("Tin cuối lúc"))

    class Meta:
        ordering = ("-last_at", "-id")
        verbose_name = _("Trao đổi")
        verbose_name_plural = _("Trao đổi")
        indexes: ClassVar = [
            models.Index(fields=("awaits", "due_on"), name="conversation_due"),
        ]

    def __str__(self) -> str:
        return f"{_('Trao đổi')}: {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:messages", args=[self.enrolment_id])

    def is_overdue(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on


class Message(models.Model):
    """One message; never changed."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("Bên"), max_length=10, choices=Side.choices)
    text = models.TextField(_("Nội dung"))
    at = models.DateTimeField(_("Lúc"))

    class Meta:
        ordering = ("conversation_id", "at", "id")
        verbose_name = _("Tin nhắn")
        verbose_name_plural = _("Tin nhắn")

    def __str__(self) -> str:
        return f"{self.side} {self.at:%d/%m/%Y}"


class Reading(models.Model):
    """Up to when a person has read a conversation."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="readings"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("conversation_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "user"), name="reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.user_id}"
