"""Corrections: what an office asked to be mended in an idea, a plan or a dossier."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cycle.domain.corrections import CorrectionReason
from cycle.domain.paper_items import PaperKind
from cycle.models.dossiers import Dossier
from cycle.models.enrolments import Enrolment


class Correction(models.Model):
    """One item to mend, asked for in one return; only ever added to.

    `number` counts the returns of the paper, 1 for the first: an item asked for again has a row
    in each, so the second request stands beside the first. `dossier` is null for an idea or a
    plan, of which an enrolment has one each.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="corrections")
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="corrections", null=True, blank=True
    )
    paper = models.CharField(_("Giấy tờ"), max_length=10, choices=PaperKind.choices)
    item = models.CharField(_("Mục"), max_length=40)
    number = models.PositiveSmallIntegerField(_("Lần trả lại"))
    reason = models.CharField(_("Lý do"), max_length=12, choices=CorrectionReason.choices)
    note = models.TextField(_("Cần sửa gì"))
    asked_at = models.DateTimeField(_("Yêu cầu lúc"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("enrolment_id", "paper", "-number", "id")
        verbose_name = _("Yêu cầu sửa")
        verbose_name_plural = _("Các yêu cầu sửa")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("enrolment", "paper", "number", "item"),
                condition=models.Q(dossier__isnull=True),
                name="correction_once_in_return",
            ),
            models.UniqueConstraint(
                fields=("dossier", "number", "item"), name="correction_once_in_dossier"
            ),
            models.CheckConstraint(
                condition=models.Q(paper="dossier", dossier__isnull=False)
                | (~models.Q(paper="dossier") & models.Q(dossier__isnull=True)),
                name="correction_of_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.number}): {self.note}"
