"""Packages: what goes to the next level with a dossier, and whether it arrived whole."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.models.councils import level_choices
from scoring.models.files import random_path
from scoring.models.ratings import Rating


class Package(models.Model):
    """The files of a dossier as one level sent them to the next; made once, never changed.

    `seal` is the checksum of the list of checksums, `entries` that list; the file is empty until
    it has been made. `verified_at` tells when the next level found it whole.
    """

    dossier = models.ForeignKey("cycle.Dossier", on_delete=models.PROTECT, related_name="packages")
    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="package")
    from_level = models.CharField(_("Từ cấp"), max_length=10, choices=level_choices)
    to_level = models.CharField(_("Đến cấp"), max_length=10, choices=level_choices)
    sent_at = models.DateTimeField(_("Chuyển lúc"))
    file = models.FileField(upload_to=random_path("packages", "zip"), max_length=120, blank=True)
    seal = models.CharField(_("Mã niêm phong"), max_length=64, blank=True)
    entries = models.JSONField(default=list)
    verified_at = models.DateTimeField(_("Kiểm tra lúc"), null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-sent_at", "-id")
        verbose_name = _("Gói hồ sơ chuyển cấp")
        verbose_name_plural = _("Gói hồ sơ chuyển cấp")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(file="") | ~Q(seal=""), name="package_file_is_sealed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("id",), name="package_without_file", condition=Q(file="")),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.from_level} → {self.to_level}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:package-detail", args=[self.pk])
