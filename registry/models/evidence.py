"""Evidence: the papers that a subject keeps and attaches to its dossiers."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.documents import EvidenceKind, FileKind
from registry.models.subjects import Subject


def random_path(_evidence: "Evidence", name: str) -> str:
    """A stored name that says nothing and cannot be guessed; only the ending is kept."""
    token = uuid.uuid4().hex
    ending = name.rpartition(".")[2]
    return f"evidence/{token[:2]}/{token}.{ending}"


class Evidence(models.Model):
    """One file with what it proves; its content never changes, a better paper is a new row.

    A withdrawn paper, or one that `replaces` followed, is no longer offered, but dossiers that
    hold it still show it. `scanned_at` is null where no virus scanner is set.
    """

    subject = models.ForeignKey(
        Subject, verbose_name=_("Chủ thể"), on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(_("Tên minh chứng"), max_length=200)
    kind = models.CharField(_("Loại"), max_length=30, choices=EvidenceKind.choices)
    file = models.FileField(_("Tệp"), upload_to=random_path, max_length=120)
    original_name = models.CharField(_("Tên tệp"), max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("Dung lượng"))
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateField(_("Có giá trị đến hết ngày"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("Thay cho"),
        on_delete=models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
    )
    scanned_at = models.DateTimeField(_("Quét vi-rút lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Rút lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        verbose_name = _("Minh chứng")
        verbose_name_plural = _("Minh chứng")
        indexes: ClassVar = [
            models.Index(fields=("subject", "-uploaded_at"), name="evidence_of_subject"),
            models.Index(fields=("valid_until",), name="evidence_runs_out"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("registry:evidence-detail", args=[self.pk])

    @property
    def file_kind(self) -> FileKind:
        return FileKind(str(self.file.name).rpartition(".")[2])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def successor(self) -> "Evidence | None":
        """The paper that took its place."""
        return getattr(self, "replaced_by", None)

    def has_expired(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on
