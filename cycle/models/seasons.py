"""Rounds: when products are taken in, under which decree, in which division of the country."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.calendar import Window
from cycle.domain.rounds import RoundKind
from registry.domain.regime import Division
from registry.models import Unit


def round_kind_choices() -> list[tuple[str, str]]:
    return RoundKind.choices()


class Round(models.Model):
    """A window of a year in which a province (or the country) takes products in.

    A contest is opened by a district; its products are ranked by the district's results.

    The regime and the division are pinned: everything that begins in a round keeps them for ever.
    Both days belong to the window; `closed_at` ends it earlier.
    """

    name = models.CharField(_("Tên đợt"), max_length=150)
    kind = models.CharField(
        _("Loại đợt"), max_length=10, choices=round_kind_choices, default=RoundKind.ORDINARY
    )
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    division = models.CharField(_("Hệ đơn vị"), max_length=12, choices=Division.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("Nơi mở đợt"), on_delete=models.PROTECT, related_name="rounds"
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    opens_on = models.DateField(_("Nhận từ ngày"))
    closes_on = models.DateField(_("Nhận đến hết ngày"))
    opened_at = models.DateTimeField(_("Mở lúc"))
    closed_at = models.DateTimeField(_("Đóng lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-opens_on", "-id")
        verbose_name = _("Đợt")
        verbose_name_plural = _("Các đợt")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="round_days_in_order"
            ),
            models.UniqueConstraint(fields=("unit", "year", "name"), name="round_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cycle:round-detail", args=[self.pk])

    @property
    def is_contest(self) -> bool:
        return self.kind == RoundKind.CONTEST

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)

    def is_open(self, on: date) -> bool:
        return self.closed_at is None and self.window.is_open(on)
