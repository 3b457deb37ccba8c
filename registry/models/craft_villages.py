"""Craft villages (làng nghề): recognised by the province, a register of their own."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.units import Unit


class CraftVillage(models.Model):
    """A recognised craft village of a commune; officers of the province keep the register.

    `version` rises with each change.
    """

    name = models.CharField(_("Tên làng nghề"), max_length=150)
    commune = models.ForeignKey(
        Unit, verbose_name=_("Xã, phường"), on_delete=models.PROTECT, related_name="craft_villages"
    )
    is_traditional = models.BooleanField(_("Làng nghề truyền thống"), default=False)
    decision_number = models.CharField(_("Số quyết định công nhận"), max_length=50, blank=True)
    recognised_on = models.DateField(_("Công nhận ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    slug = models.SlugField(max_length=160)
    search_text = models.CharField(max_length=300)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("Làng nghề")
        verbose_name_plural = _("Làng nghề")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("commune", "slug"), name="craftvillage_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
