"""Administrative units with their dates, their former names and their successors."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.regime import Division, Level


class Unit(models.Model):
    """A province, district or commune of one division of the country, or the country itself.

    `path` holds the codes from the country down ("/2:19/05443/"; "/" is the country), so that
    "at or below" is a prefix. Dates are facts, not locks: a round may still run on old units.
    """

    division = models.CharField(_("Hệ đơn vị"), max_length=12, choices=Division.choices, blank=True)
    level = models.CharField(_("Cấp"), max_length=10, choices=Level.choices)
    code = models.CharField(_("Mã"), max_length=10)
    name = models.CharField(_("Tên"), max_length=80)
    short_name = models.CharField(_("Tên riêng"), max_length=80)
    kind = models.CharField(_("Loại"), max_length=20)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Trực thuộc"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(max_length=40, unique=True)
    valid_from = models.DateField(_("Có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    latitude = models.FloatField(_("Vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("Kinh độ"), null=True, blank=True)
    search_text = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=250)

    class Meta:
        ordering = ("sort_key", "path")
        verbose_name = _("Đơn vị hành chính")
        verbose_name_plural = _("Đơn vị hành chính")
        constraints: ClassVar = [
            # A unit that has ended gives its code free: the same land may bear it elsewhere.
            models.UniqueConstraint(
                fields=("division", "code"),
                condition=models.Q(valid_to__isnull=True),
                name="unit_code_in_force_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("division", "level", "sort_key"), name="unit_list"),
            models.Index(fields=("parent", "sort_key"), name="unit_children"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_country(self) -> bool:
        return self.level == Level.CENTRAL

    @property
    def depth(self) -> int:
        """0 for the country, 1 for a province."""
        return self.path.count("/") - 1

    @property
    def ancestor_paths(self) -> list[str]:
        """The paths of this unit and of every unit above it, the country first."""
        codes = self.path.strip("/").split("/") if self.path != "/" else []
        return ["/"] + ["/" + "/".join(codes[: end + 1]) + "/" for end in range(len(codes))]

    @property
    def province(self) -> "Unit | None":
        """The province at or above this unit; needs `parent__parent` to be free of queries."""
        unit: Unit | None = self
        while unit is not None and unit.level != Level.PROVINCE:
            unit = unit.parent
        return unit

    @property
    def district(self) -> "Unit | None":
        """The district at or above this unit, where the division has districts."""
        unit: Unit | None = self
        while unit is not None and unit.level != Level.DISTRICT:
            unit = unit.parent
        return unit

    @property
    def long_name(self) -> str:
        """The name with those of the units above it: “Xã Tân Cương, Tỉnh Thái Nguyên”."""
        names = []
        unit: Unit | None = self
        while unit is not None and not unit.is_country:
            names.append(unit.name)
            unit = unit.parent
        return ", ".join(names) or self.name

    def contains(self, other: "Unit") -> bool:
        """Whether `other` is this unit or lies in it."""
        return other.path.startswith(self.path)

    def is_valid(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


class UnitName(models.Model):
    """A name that a unit bore until the day before another was given to it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("Tên"), max_length=80)
    kind = models.CharField(_("Loại"), max_length=20)
    valid_from = models.DateField(_("Có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"))

    class Meta:
        ordering = ("unit_id", "valid_to")
        verbose_name = _("Tên cũ của đơn vị")
        verbose_name_plural = _("Tên cũ của đơn vị")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("unit", "valid_to"), name="unitname_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """`new` took over the land of `old`, or a part of it."""

    old = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessions")

    class Meta:
        ordering = ("old_id", "new_id")
        verbose_name = _("Kế tục đơn vị")
        verbose_name_plural = _("Kế tục đơn vị")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("old", "new"), name="unitsuccession_once"),
            models.CheckConstraint(
                condition=~models.Q(old=models.F("new")), name="unitsuccession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
