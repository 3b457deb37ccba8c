"""Enrolments: one product's passage through one cycle."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.journey import EnrolmentKind
from cycle.domain.steps import Step
from cycle.models.seasons import Round
from registry.models import Product, ProductSet, Unit

if TYPE_CHECKING:
    from cycle.models.dossiers import Dossier


class Enrolment(models.Model):
    """A product in a round. Regime, set and commune are copied when it begins and never change.

    `commune` is of the round's division. `stars` and `rating_id` are what the scoring handed down
    last; `ended_at` tells that nothing more will happen (withdrawn, declined, not recognised).
    """

    product = models.ForeignKey(
        Product, verbose_name=_("Sản phẩm"), on_delete=models.PROTECT, related_name="enrolments"
    )
    round = models.ForeignKey(
        Round, verbose_name=_("Đợt"), on_delete=models.PROTECT, related_name="enrolments"
    )
    kind = models.CharField(_("Loại"), max_length=20, choices=EnrolmentKind.choices)
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    product_set = models.ForeignKey(
        ProductSet, verbose_name=_("Bộ sản phẩm"), on_delete=models.PROTECT, related_name="+"
    )
    commune = models.ForeignKey(
        Unit, verbose_name=_("Xã, phường"), on_delete=models.PROTECT, related_name="enrolments"
    )
    step = models.CharField(_("Bước"), max_length=20, choices=Step.choices)
    stars = models.PositiveSmallIntegerField(_("Hạng sao"), null=True, blank=True)
    rating_id = models.BigIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(_("Tham gia từ"))
    ended_at = models.DateTimeField(_("Kết thúc lúc"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-opened_at", "-id")
        verbose_name = _("Lượt tham gia")
        verbose_name_plural = _("Lượt tham gia")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("product", "round"),
                condition=models.Q(ended_at__isnull=True),
                name="enrolment_once_in_round",
            ),
            models.CheckConstraint(
                condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)),
                name="enrolment_stars_1_to_5",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("step", "-opened_at"), name="enrolment_of_step"),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:enrolment-detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def dossier(self) -> "Dossier | None":
        """The newest dossier that was not withdrawn."""
        living = [each for each in self.dossiers.all() if each.state != "withdrawn"]
        return max(living, key=lambda each: each.pk) if living else None
