"""Samples: the units of a product that lie with an office, and what happened to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cycle.domain.samples import CustodyKind
from cycle.models.dossiers import Dossier
from registry.domain.regime import Level


class Sample(models.Model):
    """The samples of a dossier at one level, under one number that names nobody."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="samples")
    level = models.CharField(_("Cấp"), max_length=10, choices=Level.choices)
    number = models.CharField(_("Số mẫu"), max_length=8, unique=True)
    opened_at = models.DateTimeField(_("Mở sổ lúc"))

    class Meta:
        ordering = ("dossier_id", "id")
        verbose_name = _("Mẫu sản phẩm")
        verbose_name_plural = _("Mẫu sản phẩm")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("dossier", "level"), name="sample_once_at_level"),
        ]

    def __str__(self) -> str:
        return self.number


class CustodyEvent(models.Model):
    """Units that came, moved or went; only ever added to."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("Việc"), max_length=12, choices=CustodyKind.choices)
    units = models.PositiveSmallIntegerField(_("Số lượng"))
    place = models.CharField(_("Nơi giữ"), max_length=120, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    at = models.DateTimeField(_("Lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("sample_id", "id")
        verbose_name = _("Việc với mẫu")
        verbose_name_plural = _("Các việc với mẫu")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gte=1), name="custodyevent_units"),
        ]

    def __str__(self) -> str:
        return f"{self.sample}: {self.kind} {self.units}"
