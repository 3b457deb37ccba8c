"""Where a product can be bought."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from promotion.domain.sales import PlaceKind


class PointOfSale(models.Model):
    """A place, on the ground or on the network, where a subject's products are sold."""

    subject = models.ForeignKey(
        "registry.Subject", on_delete=models.PROTECT, related_name="points_of_sale"
    )
    name = models.CharField(_("Tên điểm bán"), max_length=160)
    kind = models.CharField(_("Loại điểm bán"), max_length=20, choices=PlaceKind.choices)
    commune = models.ForeignKey(
        "registry.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Xã, phường"),
    )
    address_line = models.CharField(_("Số nhà, đường, thôn"), max_length=200, blank=True)
    website = models.URLField(_("Trang bán hàng"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Khai lúc"))

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(commune__isnull=False) | ~models.Q(website=""),
                name="point_of_sale_can_be_found",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SoldAt(models.Model):
    """A product is sold at a place, from a day until it is taken off."""

    product = models.ForeignKey("registry.Product", on_delete=models.PROTECT, related_name="places")
    point = models.ForeignKey(PointOfSale, on_delete=models.CASCADE, related_name="offers")
    since_on = models.DateField(_("Bán từ ngày"))
    ended_on = models.DateField(_("Thôi bán từ ngày"), null=True)

    class Meta:
        ordering = ("point__name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("product", "point"),
                condition=models.Q(ended_on__isnull=True),
                name="sold_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} @ {self.point_id}"
