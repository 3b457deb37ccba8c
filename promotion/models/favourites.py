"""What a person put aside."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Favourite(models.Model):
    """A product that a person with an account put aside; nobody else ever sees it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    product = models.ForeignKey("registry.Product", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(_("Lưu lúc"))

    class Meta:
        ordering = ("-added_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "product"), name="favourite_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.product_id}"
