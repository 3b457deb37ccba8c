"""How often certificates are looked up."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckCount(models.Model):
    """How often one certificate was verified on one day: a number, nothing about who asked."""

    certificate = models.ForeignKey(
        "scoring.Certificate", on_delete=models.CASCADE, related_name="check_counts"
    )
    on = models.DateField(_("Ngày"))
    checks = models.PositiveIntegerField(_("Số lượt"), default=0)

    class Meta:
        ordering = ("-on", "certificate_id")
        verbose_name = _("Lượt kiểm tra")
        verbose_name_plural = _("Lượt kiểm tra")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("certificate", "on"), name="checkcount_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.on}: {self.checks}"
