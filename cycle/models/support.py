"""What a producer asks for during an enrolment, and what came of it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.support import SupportKind, SupportState
from cycle.models.enrolments import Enrolment


class SupportRequest(models.Model):
    """One request with its answer; `due_on` is the day by which the office answers, then null.

    `money` is in đồng, null where the support is not money or its worth is not known.
    """

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="support_requests"
    )
    kind = models.CharField(_("Loại hỗ trợ"), max_length=25, choices=SupportKind.choices)
    text = models.TextField(_("Nội dung đề nghị"))
    state = models.CharField(
        _("Trạng thái"),
        max_length=12,
        choices=SupportState.choices,
        default=SupportState.SENT,
    )
    sent_at = models.DateTimeField(_("Gửi lúc"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("Hạn trả lời"), null=True, blank=True)
    answer = models.TextField(_("Trả lời"), blank=True)
    provider = models.CharField(_("Đơn vị hỗ trợ"), max_length=200, blank=True)
    source = models.CharField(_("Nguồn kinh phí"), max_length=200, blank=True)
    money = models.BigIntegerField(_("Số tiền"), null=True, blank=True)
    outcome = models.TextField(_("Kết quả"), blank=True)
    decided_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-sent_at", "-id")
        verbose_name = _("Đề nghị hỗ trợ")
        verbose_name_plural = _("Đề nghị hỗ trợ")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(money__isnull=True) | models.Q(money__gte=0),
                name="supportrequest_money_not_negative",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("state", "due_on"), name="supportrequest_due"),
        ]

    def __str__(self) -> str:
        return f"{SupportKind(self.kind).label}: {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:support-detail", args=[self.pk])

    def is_overdue(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on
