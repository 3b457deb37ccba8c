"""Products, the sets they belong to, and their legal codes."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models.product_sets import ProductSet
from registry.models.subjects import Subject
from registry.models.units import Unit


class NetUnit(models.TextChoices):
    GRAM = "g", _("gam (g)")
    MILLILITRE = "ml", _("mililít (ml)")


class Product(models.Model):
    """A product of one subject, registered in one commune.

    `code` is the latest legal code, empty before the first intake. Prices are whole đồng;
    null means that nobody has said. `version` rises with each change.
    """

    subject = models.ForeignKey(
        Subject, verbose_name=_("Chủ thể"), on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField(_("Tên sản phẩm"), max_length=200)
    code = models.CharField(_("Mã sản phẩm"), max_length=40, blank=True)
    summary = models.CharField(_("Giới thiệu ngắn"), max_length=300, blank=True)
    description = models.TextField(_("Mô tả"), blank=True)
    packaging = models.CharField(_("Quy cách, bao bì"), max_length=200, blank=True)
    price_from = models.PositiveBigIntegerField(_("Giá từ (đồng)"), null=True, blank=True)
    price_to = models.PositiveBigIntegerField(_("Giá đến (đồng)"), null=True, blank=True)
    availability = models.CharField(_("Mùa vụ, thời gian có hàng"), max_length=200, blank=True)
    yearly_capacity = models.CharField(_("Sản lượng một năm"), max_length=100, blank=True)
    shelf_life = models.CharField(_("Hạn sử dụng"), max_length=100, blank=True)
    commune = models.ForeignKey(
        Unit,
        verbose_name=_("Xã, phường đăng ký"),
        on_delete=models.PROTECT,
        related_name="products",
    )
    former_commune = models.ForeignKey(
        Unit,
        verbose_name=_("Xã, phường trước 1/7/2025"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="former_products",
    )
    production_communes = models.ManyToManyField(
        Unit, verbose_name=_("Nơi sản xuất khác"), blank=True, related_name="made_products"
    )
    gtin = models.CharField(_("Mã GTIN"), max_length=14, blank=True)
    net_quantity = models.PositiveIntegerField(
        _("Khối lượng, thể tích một gói"), null=True, blank=True
    )
    net_unit = models.CharField(_("Đơn vị đo"), max_length=2, choices=NetUnit.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    search_text = models.TextField()
    slug = models.SlugField(max_length=220)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("Sản phẩm")
        verbose_name_plural = _("Sản phẩm")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(price_from__isnull=True)
                | models.Q(price_to__isnull=True)
                | models.Q(price_to__gte=models.F("price_from")),
                name="product_price_order",
            ),
            models.CheckConstraint(
                condition=models.Q(net_quantity__isnull=True, net_unit="")
                | models.Q(net_quantity__gt=0) & ~models.Q(net_unit=""),
                name="product_net_quantity_with_unit",
            ),
            models.UniqueConstraint(
                fields=("gtin",), condition=~models.Q(gtin=""), name="product_gtin_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:product-detail", args=[self.pk])


class ProductClassification(models.Model):
    """The set of a product under one regime; one for each regime."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="classifications")
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    product_set = models.ForeignKey(
        ProductSet,
        verbose_name=_("Bộ sản phẩm"),
        on_delete=models.PROTECT,
        related_name="classifications",
    )

    class Meta:
        ordering = ("product_id", "regime")
        verbose_name = _("Phân loại sản phẩm")
        verbose_name_plural = _("Phân loại sản phẩm")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("product", "regime"), name="productclassification_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.regime} {self.product_set_id}"


class ProductCode(models.Model):
    """A legal code that was given to a product: the commune's running number of one year."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="codes")
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Năm"))
    sequence = models.PositiveIntegerField(_("Số thứ tự"), validators=[MinValueValidator(1)])
    code = models.CharField(_("Mã sản phẩm"), max_length=40, unique=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("-given_at", "-id")
        verbose_name = _("Mã sản phẩm")
        verbose_name_plural = _("Mã sản phẩm")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("commune", "year", "sequence"), name="productcode_sequence_once"
            ),
            models.UniqueConstraint(
                fields=("product", "commune", "year"), name="productcode_of_year_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
