"""Photographs of a product."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.pictures import PictureSize
from registry.models.products import Product


def random_path(_picture: "ProductPicture", _name: str) -> str:
    """A stored name that says nothing and cannot be guessed."""
    token = uuid.uuid4().hex
    return f"pictures/{token[:2]}/{token}.webp"


def new_token() -> str:
    return uuid.uuid4().hex


class ProductPicture(models.Model):
    """One picture in two sizes, made anew from what was sent: nothing of the sent file is kept.

    Its content never changes, so its address may be kept by caches; `position` orders the
    pictures of a product, the first is its face.
    """

    product = models.ForeignKey(
        Product, verbose_name=_("Sản phẩm"), on_delete=models.PROTECT, related_name="pictures"
    )
    token = models.CharField(max_length=32, unique=True, default=new_token)
    large = models.FileField(upload_to=random_path, max_length=120)
    small = models.FileField(upload_to=random_path, max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("Ảnh cho thấy gì"), max_length=200)
    position = models.PositiveSmallIntegerField(_("Thứ tự"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))

    class Meta:
        ordering = ("product_id", "position", "id")
        verbose_name = _("Ảnh sản phẩm")
        verbose_name_plural = _("Ảnh sản phẩm")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(alt=""), name="productpicture_in_words"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("product", "position", "id"), name="productpicture_order"),
        ]

    def __str__(self) -> str:
        return self.alt

    def file_of(self, size: PictureSize) -> models.fields.files.FieldFile:
        return self.large if size is PictureSize.LARGE else self.small
