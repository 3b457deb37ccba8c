"""Citizens' reports that the mark is misused."""

import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from promotion.domain.reports import ReportKind
from promotion.models.answering import Awaiting
from scoring.domain import short_code


def report_kind_choices() -> list[tuple[str, str]]:
    return ReportKind.choices()


def photo_path(_report: "MisuseReport", _name: str) -> str:
    """A stored name that says nothing and cannot be guessed."""
    token = uuid.uuid4().hex
    return f"reports/{token[:2]}/{token}.webp"


class MisuseReport(Awaiting):
    """What somebody saw, the province that answers by a day, and the answer.

    Whoever holds the code reads state and answer, nothing else; only the office reads the contact.
    """

    code = models.CharField(_("Mã phản ánh"), max_length=short_code.LENGTH, unique=True)
    kind = models.CharField(_("Điều bạn thấy"), max_length=20, choices=report_kind_choices)
    certificate = models.ForeignKey(
        "scoring.Certificate",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="misuse_reports",
    )
    product_name = models.CharField(_("Tên sản phẩm"), max_length=200, blank=True)
    place = models.CharField(_("Thấy ở đâu"), max_length=300, blank=True)
    text = models.TextField(_("Nội dung"))
    contact = models.CharField(_("Liên hệ"), max_length=150, blank=True)
    photo = models.FileField(upload_to=photo_path, max_length=120, blank=True)
    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Cơ quan trả lời"),
        on_delete=models.PROTECT,
        related_name="misuse_reports",
    )
    received_at = models.DateTimeField(_("Nhận lúc"))

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("Phản ánh vi phạm nhãn hiệu")
        verbose_name_plural = _("Phản ánh vi phạm nhãn hiệu")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""),
                name="misusereport_answered_has_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "state", "due_on"), name="misusereport_inbox"),
        ]

    def __str__(self) -> str:
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("promotion:report-detail", args=[self.pk])

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is told."""
        return short_code.shown(self.code)
