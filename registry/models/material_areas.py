"""Material areas (vùng nguyên liệu): where a subject's materials come from."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.capacity import AreaCertificate
from registry.models.subjects import Subject
from registry.models.units import Unit


class MaterialArea(models.Model):
    """A growing or raising area of one subject; its size is kept in whole square metres.

    A removed area stays for the history. `version` rises with each change.
    """

    subject = models.ForeignKey(
        Subject, verbose_name=_("Chủ thể"), on_delete=models.PROTECT, related_name="material_areas"
    )
    name = models.CharField(_("Tên vùng"), max_length=150)
    commune = models.ForeignKey(
        Unit, verbose_name=_("Xã, phường"), on_delete=models.PROTECT, related_name="material_areas"
    )
    area_m2 = models.PositiveBigIntegerField(_("Diện tích (m²)"))
    code = models.CharField(_("Mã số vùng trồng"), max_length=40, blank=True)
    certificate = models.CharField(
        _("Chứng nhận"), max_length=20, choices=AreaCertificate.choices, blank=True
    )
    valid_until = models.DateField(_("Chứng nhận có giá trị đến hết ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("Vùng nguyên liệu")
        verbose_name_plural = _("Vùng nguyên liệu")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(area_m2__gt=0), name="materialarea_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_expired(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on
