"""The product sets (bộ sản phẩm) of each regime's taxonomy."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductSet(models.Model):
    """One set of one regime: the products that are judged by the same rubric.

    Where only the six groups of a decree are known, its sets are those groups. `has_rubric` is
    false where no criterion table was found: such a set can be named, not scored.
    """

    regime = models.CharField(_("Bộ quy định"), max_length=10)
    number = models.PositiveSmallIntegerField(_("Số"))
    name = models.CharField(_("Bộ sản phẩm"), max_length=200)
    industry = models.CharField(_("Ngành"), max_length=100)
    group = models.CharField(_("Nhóm"), max_length=100, blank=True)
    samples_required = models.PositiveSmallIntegerField(_("Số mẫu phải nộp"))
    is_tourism = models.BooleanField(_("Dịch vụ du lịch"), default=False)
    has_rubric = models.BooleanField(_("Có bộ tiêu chí"), default=True)
    slug = models.SlugField(max_length=200)

    class Meta:
        ordering = ("regime", "number")
        verbose_name = _("Bộ sản phẩm")
        verbose_name_plural = _("Bộ sản phẩm")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("regime", "number"), name="productset_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=("slug",), name="productset_slug")]

    def __str__(self) -> str:
        return self.name
