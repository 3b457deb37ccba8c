"""The story of a product, told by its producer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """What the producer tells the public of a product; plain text with a little Markdown."""

    product = models.OneToOneField(
        "registry.Product", on_delete=models.PROTECT, related_name="story"
    )
    title_vi = models.CharField(_("Tựa đề"), max_length=160)
    body_vi = models.TextField(_("Câu chuyện"), max_length=6000)
    title_en = models.CharField(_("Tựa đề tiếng Anh"), max_length=160, blank=True)
    body_en = models.TextField(_("Câu chuyện tiếng Anh"), max_length=6000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("Sửa lúc"))

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title_vi
