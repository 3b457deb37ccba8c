"""What a council concluded, with everything that is needed to compute it again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.regime import Level
from scoring.domain.chain import OutcomeKind
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.domain.stars import Mean
from scoring.models.councils import level_choices
from scoring.models.rubrics import RubricEdition
from scoring.models.sessions import AgendaItem


def outcome_choices() -> list[tuple[str, str]]:
    return OutcomeKind.choices()


def lower_choice_choices() -> list[tuple[str, str]]:
    return LowerChoiceKind.choices()


class Rating(models.Model):
    """The concluded result of an item; written once, never changed.

    `stars` is the star of the mean and the gates (null: not recognised); `standing_stars` is what
    stands at this level by the regime's chain, and `outcome` says what follows. `counted` names
    every counted sheet with its total and receipt, `gates` and `grounds` the findings used.
    `reviews` is the result that was scored once more, after a complaint.
    """

    dossier = models.ForeignKey("cycle.Dossier", on_delete=models.PROTECT, related_name="ratings")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="rating")
    reviews = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reviewed_by"
    )
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    level = models.CharField(_("Cấp"), max_length=10, choices=level_choices)
    body = models.CharField(_("Loại hội đồng"), max_length=20, blank=True)
    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="ratings")
    edition = models.ForeignKey(RubricEdition, on_delete=models.PROTECT, related_name="ratings")
    edition_hash = models.CharField(max_length=64)
    points = models.PositiveIntegerField(_("Tổng điểm các phiếu"))
    sheets = models.PositiveSmallIntegerField(_("Số phiếu được tính"))
    band = models.PositiveSmallIntegerField(_("Khung điểm"))
    stars = models.PositiveSmallIntegerField(_("Hạng sao"), null=True)
    parts = models.JSONField(default=dict)
    held_back_by = models.JSONField(default=list)
    gates = models.JSONField(default=list)
    grounds = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    outcome = models.CharField(_("Kết quả"), max_length=16, choices=outcome_choices)
    standing_stars = models.PositiveSmallIntegerField(null=True)
    next_level = models.CharField(max_length=10, blank=True, choices=level_choices)
    potential_five = models.BooleanField(_("Tiềm năng 5 sao"), default=False)
    below = models.CharField(max_length=16, blank=True)
    concluded_at = models.DateTimeField(_("Kết luận lúc"))
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-concluded_at", "-id")
        verbose_name = _("Kết quả chấm")
        verbose_name_plural = _("Kết quả chấm")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sheets__gt=0), name="rating_has_sheets"),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=5),
                name="rating_stars_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(standing_stars__isnull=True)
                | Q(standing_stars__gte=1, standing_stars__lte=5),
                name="rating_standing_stars_1_to_5",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("dossier", "-concluded_at"), name="rating_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.stars}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:rating-detail", args=[self.pk])

    @property
    def mean(self) -> Mean:
        return Mean(self.points, self.sheets)

    @property
    def mean_shown(self) -> str:
        return self.mean.shown()

    @property
    def result(self) -> OutcomeKind:
        return OutcomeKind(self.outcome)

    @property
    def at_level(self) -> Level:
        return Level(self.level)


class LowerChoice(models.Model):
    """What the lower level did with a higher council's result under that council's own band.

    Under QĐ 26/2026, Điều 7.4, it recognises by the higher result or scores again.
    """

    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="lower_choice")
    choice = models.CharField(max_length=10, choices=lower_choice_choices)
    note = models.CharField(_("Căn cứ"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("rating_id",)

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.choice}"
