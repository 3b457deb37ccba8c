"""What a decision does about a certificate that exists."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.certificates import Certificate, ground_choices
from scoring.models.decisions import Decision
from scoring.models.inspections import Finding


class Measure(models.Model):
    """One certificate that a decision suspends, restores or revokes, and why.

    `note` stands in the decision; the hearing is the office's record and not public. Without
    `heard_on` the subject was not heard, and the note of the hearing says why.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="measures")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="measures")
    ground = models.CharField(_("Căn cứ"), max_length=20, blank=True, choices=ground_choices)
    note = models.CharField(_("Lý do"), max_length=500)
    concluded_on = models.DateField(_("Ngày kết luận"))
    heard_on = models.DateField(_("Ngày nghe chủ thể"), null=True, blank=True)
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="measures"
    )
    hearing_note = models.TextField(_("Ý kiến của chủ thể"), blank=True)

    class Meta:
        ordering = ("decision_id", "id")
        verbose_name = _("Biện pháp")
        verbose_name_plural = _("Biện pháp")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("decision", "certificate"), name="measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.certificate_id}"
