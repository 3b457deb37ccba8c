"""What a subject was before: its legal facts keep their history."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.evidence import Evidence
from registry.models.subjects import Subject


class SubjectChange(models.Model):
    """One legal fact of a subject, before and after; append-only.

    `decided_on` is the day from which the new fact holds; empty where a mistake was put right.
    The subject stays the same row, so its products, stars and certificates stay with it.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.CharField(_("Trước"), max_length=200, blank=True)
    after = models.CharField(_("Sau"), max_length=200, blank=True)
    decided_on = models.DateField(_("Đổi từ ngày"), null=True, blank=True)
    document = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at", "-id")
        verbose_name = _("Thay đổi của chủ thể")
        verbose_name_plural = _("Thay đổi của chủ thể")
        indexes: ClassVar = [
            models.Index(fields=("subject", "-changed_at"), name="subjectchange_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.field}"
