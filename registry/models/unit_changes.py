"""Changes of administrative units as administrators record them, and what moved with them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.unit_changes import ChangeKind
from registry.models.products import Product
from registry.models.units import Unit


class UnitChange(models.Model):
    """A merger, split, rename, change of kind or transfer, from `effective_on` on.

    Planned until it is `applied_at`; before that it may be withdrawn, afterwards a mistake is put
    right by another change that `corrects` it. `target` is the province of a transfer.
    """

    kind = models.CharField(_("Thay đổi"), max_length=10, choices=ChangeKind.choices)
    units: "models.ManyToManyField[Unit, models.Model]" = models.ManyToManyField(
        Unit, verbose_name=_("Đơn vị thay đổi"), related_name="changes"
    )
    target = models.ForeignKey(
        Unit,
        verbose_name=_("Tỉnh, thành phố nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    effective_on = models.DateField(_("Có hiệu lực từ ngày"))
    decision_number = models.CharField(_("Số nghị quyết, quyết định"), max_length=60)
    reason = models.CharField(_("Lý do"), max_length=300)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("Sửa cho thay đổi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField(_("Ghi lúc"))
    applied_at = models.DateTimeField(_("Đã thực hiện lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Rút lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-effective_on", "-id")
        verbose_name = _("Thay đổi đơn vị hành chính")
        verbose_name_plural = _("Thay đổi đơn vị hành chính")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="unitchange_applied_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"

    def get_absolute_url(self) -> str:
        return reverse("registry:unit-change-detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.applied_at is None and self.withdrawn_at is None

    def is_overdue(self, on: date) -> bool:
        """Whether its day came and it was not carried out."""
        return self.is_waiting and self.effective_on < on


class UnitOutcome(models.Model):
    """One unit that a change brings about; `unit` once it is there."""

    change = models.ForeignKey(UnitChange, on_delete=models.CASCADE, related_name="outcomes")
    code = models.CharField(_("Mã"), max_length=10)
    name = models.CharField(_("Tên"), max_length=80)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )

    class Meta:
        ordering = ("change_id", "id")
        verbose_name = _("Đơn vị sau thay đổi")
        verbose_name_plural = _("Đơn vị sau thay đổi")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("change", "code"), name="unitoutcome_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceChange(models.Model):
    """From `moved_on` on, the product is counted in another commune; append-only.

    The old commune ended that day: the product went with its land, or its subject said which of
    the new ones it lies in. Figures of earlier days go on counting the old one.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="place_changes")
    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    moved_on = models.DateField(_("Từ ngày"))

    class Meta:
        ordering = ("product_id", "moved_on", "id")
        verbose_name = _("Đổi nơi tính sản phẩm")
        verbose_name_plural = _("Đổi nơi tính sản phẩm")

    def __str__(self) -> str:
        return f"{self.product_id} {self.moved_on}"
