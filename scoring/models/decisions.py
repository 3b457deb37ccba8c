"""Decisions of an authority: drafted over days, signed once, never changed afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.models.councils import level_choices
from scoring.models.files import random_path
from scoring.models.ratings import Rating


def decision_state_choices() -> list[tuple[str, str]]:
    return DecisionState.choices()


def decision_kind_choices() -> list[tuple[str, str]]:
    return DecisionKind.choices()


class Decision(models.Model):
    """A decision that recognises products, corrects an earlier one, or is about certificates.

    Number, date and signer are kept with it; the signer's name and title are copied at signing,
    because people change office. One that is recorded from a register was signed on paper before
    the portal. `reason` says why it corrects, or why a draft was handed back.
    """

    kind = models.CharField(
        _("Loại"), max_length=12, choices=decision_kind_choices, default=DecisionKind.RECOGNISE
    )
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("Đính chính quyết định"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    reason = models.TextField(_("Lý do"), blank=True)

    level = models.CharField(_("Cấp"), max_length=10, choices=level_choices)
    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Cơ quan ban hành"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("Năm"))
    decided_on = models.DateField(_("Ngày quyết định"))
    title = models.CharField(_("Trích yếu"), max_length=300)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=decision_state_choices, default=DecisionState.DRAFT
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(_("Người ký"), max_length=150, blank=True)
    signer_title = models.CharField(_("Chức vụ người ký"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("Ký lúc"), null=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    presented_at = models.DateTimeField(_("Trình ký lúc"), null=True)
    pdf = models.FileField(upload_to=random_path("decisions"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-decided_on", "-id")
        verbose_name = _("Quyết định")
        verbose_name_plural = _("Quyết định")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("unit", "year", "number"),
                condition=~Q(number=""),
                name="decision_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.CORRECT.value) | Q(corrects__isnull=False),
                name="decision_correction_points_back",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.SIGNED.value)
                | (~Q(number="") & Q(signer__isnull=False) & Q(signed_at__isnull=False)),
                name="decision_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.RECORDED.value) | ~Q(number=""),
                name="decision_recorded_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("scoring:decision-detail", args=[self.pk])

    @property
    def status(self) -> DecisionState:
        return DecisionState(self.state)

    @property
    def does(self) -> DecisionKind:
        return DecisionKind(self.kind)


class DecisionItem(models.Model):
    """One product of a decision, and with how many stars it is recognised.

    A rating is recognised once. An item of a correction stands in the place of the item that it
    `replaces`; without stars it takes the recognition back.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="decision_items")
    stars = models.PositiveSmallIntegerField(_("Hạng sao"), null=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering = ("decision_id", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stars__gte=3, stars__lte=5)
                | Q(stars__isnull=True, replaces__isnull=False),
                name="decisionitem_recognised_stars",
            ),
            models.UniqueConstraint(
                fields=("rating",),
                condition=Q(replaces__isnull=True),
                name="decisionitem_rating_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.rating_id}"
