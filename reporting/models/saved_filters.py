"""Filters of lists that people keep under a name, for themselves or for their office."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A query of a list under a name; `list_name` is the name of the list's address.

    With `unit` and `role` it is shared with everybody who holds that role there; only its owner
    changes it. A list has at most one default of each owner.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=80)
    name = models.CharField(_("Tên bộ lọc"), max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField(_("Mặc định"), default=False)
    unit = models.ForeignKey(
        "registry.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField(_("Lưu lúc"))

    class Meta:
        ordering = ("list_name", "name", "id")
        verbose_name = _("Bộ lọc đã lưu")
        verbose_name_plural = _("Bộ lọc đã lưu")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("owner", "list_name", "name"), name="savedfilter_once"),
            models.UniqueConstraint(
                fields=("owner", "list_name"),
                condition=Q(is_default=True),
                name="savedfilter_one_default",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, role="") | (Q(unit__isnull=False) & ~Q(role="")),
                name="savedfilter_shared_with_an_office",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The list with this filter; `loc` says by which filter the reader came."""
        return f"{reverse(self.list_name)}?{self.query}{'&' if self.query else ''}loc={self.pk}"
