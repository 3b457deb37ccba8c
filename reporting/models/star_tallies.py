"""The star figures of one day, counted beforehand: derived, and never trusted when out of step."""

from typing import ClassVar

from django.db import models


class StarTally(models.Model):
    """So many products of a province share these values on the day of the province's count."""

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")
    validity = models.CharField(max_length=8)
    stars = models.PositiveSmallIntegerField()
    group = models.SlugField(max_length=80, db_index=False)
    regime = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, blank=True)
    turn = models.CharField(max_length=10, blank=True)
    products = models.PositiveIntegerField()

    class Meta:
        ordering = ("province_id", "id")
        indexes: ClassVar = [
            models.Index(fields=("validity", "province"), name="startally_of_province"),
        ]

    def __str__(self) -> str:
        return f"{self.province_id}: {self.stars} ({self.products})"


class StarCount(models.Model):
    """On which day the tallies of a province were counted."""

    province = models.OneToOneField("registry.Unit", on_delete=models.CASCADE, related_name="+")
    counted_for = models.DateField()

    class Meta:
        ordering = ("province_id",)

    def __str__(self) -> str:
        return f"{self.province_id}: {self.counted_for}"


class StarMark(models.Model):
    """Something changed in a province since its count: its tallies are not to be used.

    Marks are only added and taken away, so that writers never wait for each other.
    """

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.province_id)
