"""Postings: what a person may do, where, from when to when."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.roles import Role
from registry.models.subjects import Subject
from registry.models.units import Unit


class Posting(models.Model):
    """A role of a person on a unit or on a subject; power begins and ends with its dates.

    `ends_on` is the first day without power, so that a posting can end on the day it began.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người"),
        on_delete=models.PROTECT,
        related_name="postings",
    )
    role = models.CharField(_("Vai trò"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("Đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    subject = models.ForeignKey(
        Subject,
        verbose_name=_("Chủ thể"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Hết quyền từ ngày"), null=True, blank=True)

    class Meta:
        ordering = ("user_id", "-starts_on", "-id")
        verbose_name = _("Vai trò được giao")
        verbose_name_plural = _("Vai trò được giao")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) ^ models.Q(subject__isnull=True),
                name="posting_on_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="posting_dates_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("user", "role"), name="posting_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id or self.subject_id}"

    def is_active(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)
