"""The official mark as a province keeps it: files, never drawn by the portal."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def mark_path(_mark: "OfficialMark", name: str) -> str:
    """A stored name that says nothing; only the ending is kept."""
    return f"marks/{uuid.uuid4().hex}.{name.rpartition('.')[2]}"


class OfficialMark(models.Model):
    """The artwork of the mark for a number of stars, byte for byte as the province uploaded it.

    The newest is used; earlier ones stay, for labels printed with them.
    """

    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="marks")
    stars = models.PositiveSmallIntegerField(_("Hạng sao"))
    file = models.FileField(_("Tệp"), upload_to=mark_path, max_length=120)
    original_name = models.CharField(_("Tên tệp"), max_length=160)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))

    class Meta:
        ordering = ("unit_id", "-stars", "-uploaded_at", "-id")
        verbose_name = _("Mẫu nhãn hiệu")
        verbose_name_plural = _("Mẫu nhãn hiệu")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stars__gte=3, stars__lte=5), name="mark_of_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.stars}★"
