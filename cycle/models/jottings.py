"""Jottings: what somebody has typed into a form of the cycle and not sent yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cycle.models.enrolments import Enrolment


class Jotting(models.Model):
    """One field of one person's unsent form; nobody else reads it, and sending removes it.

    `form` names the form within the enrolment: a message, a new milestone, what came of one.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jottings"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="jottings")
    form = models.CharField(_("Biểu mẫu"), max_length=30)
    field = models.CharField(_("Mục"), max_length=40)
    text = models.TextField(_("Nội dung"), blank=True)
    saved_at = models.DateTimeField(_("Lưu lúc"))

    class Meta:
        ordering = ("person_id", "enrolment_id", "form", "field")
        verbose_name = _("Chữ chưa gửi")
        verbose_name_plural = _("Chữ chưa gửi")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "enrolment", "form", "field"), name="jotting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}.{self.field}"
