"""Star figures of some days, counted beforehand: derived, and never trusted when out of step."""

from typing import ClassVar

from django.db import models


class StarTally(models.Model):
    """So many products of a province share all these values on a day."""

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")
    counted_for = models.DateField()
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
        ordering = ("province_id", "counted_for", "id")
        indexes: ClassVar = [
            models.Index(
                fields=("counted_for", "validity", "province"), name="startally_of_province"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province_id}: {self.stars} ({self.products})"


class StarMargin(models.Model):
    """The products of a province on a day that have one value of one dimension, and their makers.

    `stars` is 0 for all stars together, an empty dimension stands for everything. `subjects` are
    those who are at home in the province, each once; who comes from elsewhere is counted from the
    recognitions, so that the provinces can be added up. The sum of all provinces is kept under
    the country, with the subjects of both sorts.
    """

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")
    counted_for = models.DateField()
    validity = models.CharField(max_length=8)
    dimension = models.CharField(max_length=10)
    value = models.CharField(max_length=80, blank=True)
    stars = models.PositiveSmallIntegerField()
    products = models.PositiveIntegerField()
    subjects = models.PositiveIntegerField()

    class Meta:
        ordering = ("province_id", "counted_for", "id")
        indexes: ClassVar = [
            # Figures are read from this index alone.
            models.Index(
                fields=(
                    "counted_for",
                    "validity",
                    "dimension",
                    "province",
                    "value",
                    "stars",
                    "products",
                    "subjects",
                ),
                name="starmargin_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province_id}: {self.dimension} {self.value} {self.stars} ({self.products})"


class StarCount(models.Model):
    """For which days a province was counted, or the country summed up."""

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")
    counted_for = models.DateField()

    class Meta:
        ordering = ("province_id", "counted_for")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("counted_for", "province"), name="starcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.province_id}: {self.counted_for}"


class StarMark(models.Model):
    """From a day on, something changed in a province since its count: no such count is used.

    Marks are only added and taken away, so that writers never wait for each other.
    """

    province = models.ForeignKey("registry.Unit", on_delete=models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.province_id}: {self.since}"
