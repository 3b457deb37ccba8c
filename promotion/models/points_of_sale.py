"""Where a product can be bought."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from promotion.domain.sales import OfferState, PlaceKind, Quarter


class PointOfSale(models.Model):
    """A place, on the ground or on the network, where products are sold.

    One with a subject is that producer's own; one without stands in the office's register and
    several producers sell there. A closed one stays as the record of it.
    """

    subject = models.ForeignKey(
        "registry.Subject",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_sale",
        verbose_name=_("Chủ thể"),
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
    latitude = models.DecimalField(_("Vĩ độ"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("Kinh độ"), max_digits=9, decimal_places=6, null=True)
    opening_hours = models.CharField(_("Giờ mở cửa"), max_length=200, blank=True)
    phone = models.CharField(_("Điện thoại của điểm bán"), max_length=40, blank=True)
    has_startup_help = models.BooleanField(_("Có hỗ trợ khởi nghiệp"), default=False)
    has_packaging_design = models.BooleanField(_("Có thiết kế bao bì"), default=False)
    search_text = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField(_("Khai lúc"))
    closed_on = models.DateField(_("Đóng cửa từ ngày"), null=True)
    closing_reason = models.CharField(_("Lý do đóng"), max_length=300, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(commune__isnull=False) | ~models.Q(website=""),
                name="point_of_sale_can_be_found",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="point_of_sale_both_coordinates",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | ~models.Q(closing_reason=""),
                name="point_of_sale_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("promotion:point", args=[self.pk])

    @property
    def is_registered(self) -> bool:
        """Kept by an office, not a producer's own."""
        return self.subject_id is None

    @property
    def address(self) -> str:
        """As one line; needs `commune__parent__parent` to be free of queries."""
        parts = (self.address_line, self.commune.long_name if self.commune else "")
        return ", ".join(part for part in parts if part)


class SoldAt(models.Model):
    """A product is sold at a place, from a day until it is taken off.

    At a registered place the producer proposes and the office confirms or declines with a reason;
    until then the row awaits it and the public sees nothing.
    """

    product = models.ForeignKey("registry.Product", on_delete=models.PROTECT, related_name="places")
    point = models.ForeignKey(PointOfSale, on_delete=models.CASCADE, related_name="offers")
    since_on = models.DateField(_("Bán từ ngày"))
    ended_on = models.DateField(_("Thôi bán từ ngày"), null=True)
    link = models.URLField(_("Trang của sản phẩm ở nơi bán"), max_length=300, blank=True)
    is_awaited = models.BooleanField(_("Chờ xác nhận"), default=False)
    declined_reason = models.CharField(_("Lý do không nhận"), max_length=300, blank=True)

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

    @property
    def state(self) -> OfferState:
        if self.declined_reason:
            return OfferState.DECLINED
        if self.ended_on is not None:
            return OfferState.ENDED
        return OfferState.PROPOSED if self.is_awaited else OfferState.OFFERED


class SaleResult(models.Model):
    """What a place or channel sold of a product in a quarter: orders, and whole đồng."""

    sold = models.ForeignKey(SoldAt, on_delete=models.CASCADE, related_name="results")
    year = models.PositiveSmallIntegerField(_("Năm"))
    quarter = models.PositiveSmallIntegerField(_("Quý"))
    orders = models.PositiveIntegerField(_("Số đơn hàng"))
    revenue = models.PositiveBigIntegerField(_("Doanh thu (đồng)"))
    told_at = models.DateTimeField(_("Khai lúc"))

    class Meta:
        ordering = ("-year", "-quarter", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("sold", "year", "quarter"), name="saleresult_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=models.Q(quarter__range=(1, 4)), name="saleresult_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sold_id}: {self.year}/{self.quarter}"

    @property
    def period(self) -> Quarter:
        return Quarter(self.year, self.quarter)
