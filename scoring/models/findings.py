"""What a council finds beside the points: gates, and grounds that end or limit the scoring."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.models.sessions import AgendaItem


class GateFinding(models.Model):
    """Whether a product meets the least level of a criterion for a number of stars."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="gate_findings")
    criterion = models.CharField(max_length=12)
    star = models.PositiveSmallIntegerField()
    met = models.BooleanField(_("Đạt"))
    note = models.CharField(_("Căn cứ"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("item_id", "star", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "criterion", "star"), name="gatefinding_once"),
            models.CheckConstraint(
                condition=Q(star__gte=3, star__lte=5), name="gatefinding_star_of_gate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.criterion} {self.star}"


class GroundFinding(models.Model):
    """An exclusion or a note of the rubric that the council found to be met."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="ground_findings")
    ground = models.CharField(max_length=60)
    note = models.CharField(_("Căn cứ"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("item_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "ground"), name="groundfinding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.ground}"
