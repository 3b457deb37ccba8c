"""Councils with their regulation, and the people who sit in them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.regime import Level
from scoring.domain.council import Regulation, Seat


def level_choices() -> list[tuple[str, str]]:
    return Level.choices()


def seat_choices() -> list[tuple[str, str]]:
    return Seat.choices()


class Council(models.Model):
    """A council appointed by a decision, for a level and a unit, for a term.

    The figures of its working regulation stand in the row, because each council has its own
    (QĐ 26/2026, Điều 7.3: the regulation is issued with the council). `body` is the code of its
    place among the councils of the level, empty for the one that decides; `groups` are the groups
    of products that a specialised council scores.
    """

    name = models.CharField(_("Tên hội đồng"), max_length=200)
    level = models.CharField(_("Cấp"), max_length=10, choices=level_choices)
    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Đơn vị"),
        on_delete=models.PROTECT,
        related_name="councils",
    )
    body = models.CharField(_("Loại hội đồng"), max_length=20, blank=True)
    groups = models.JSONField(_("Nhóm sản phẩm"), default=list, blank=True)
    decision_number = models.CharField(_("Số quyết định thành lập"), max_length=60)
    decided_on = models.DateField(_("Ngày quyết định"))
    starts_on = models.DateField(_("Nhiệm kỳ từ ngày"))
    ends_on = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField(
        _("Tỷ lệ có mặt tối thiểu (%)"),
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    max_spread = models.PositiveSmallIntegerField(
        _("Chênh lệch điểm lớn nhất"), default=10, validators=[MaxValueValidator(100)]
    )
    notice_working_days = models.PositiveSmallIntegerField(
        _("Số ngày làm việc báo trước"), default=2, validators=[MaxValueValidator(60)]
    )
    minimum_members = models.PositiveSmallIntegerField(_("Số người chấm ít nhất"), default=3)
    reconciliation_rounds = models.PositiveSmallIntegerField(
        _("Số lượt chấm lại nhiều nhất"), default=2, validators=[MaxValueValidator(9)]
    )
    rounds_around_tests = models.BooleanField(
        _("Chấm hai lượt: trước và sau kết quả kiểm nghiệm"), default=False
    )
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name = _("Hội đồng")
        verbose_name_plural = _("Hội đồng")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("unit", "decision_number", "decided_on"), name="council_decision_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="council_term_in_order",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100),
                name="council_quorum_is_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("scoring:council-detail", args=[self.pk])

    @property
    def regulation(self) -> Regulation:
        return Regulation(
            quorum_percent=self.quorum_percent,
            max_spread=self.max_spread,
            minimum_members=self.minimum_members,
            reconciliation_rounds=self.reconciliation_rounds,
            rounds_around_tests=self.rounds_around_tests,
        )

    def is_in_office(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class CouncilMember(models.Model):
    """A person's seat in a council; `ends_on` is the first day without it.

    `industries` are the trades that the member knows, by the names that product sets have.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người"),
        on_delete=models.PROTECT,
        related_name="council_seats",
    )
    seat = models.CharField(_("Vị trí"), max_length=12, choices=seat_choices)
    office = models.CharField(_("Chức vụ, cơ quan"), max_length=200, blank=True)
    industries = models.JSONField(_("Ngành am hiểu"), default=list, blank=True)
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Hết tư cách từ ngày"), null=True, blank=True)

    class Meta:
        ordering = ("council_id", "id")
        verbose_name = _("Thành viên hội đồng")
        verbose_name_plural = _("Thành viên hội đồng")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("council", "user"),
                condition=Q(ends_on__isnull=True),
                name="councilmember_one_seat",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="councilmember_dates_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("user",), name="councilmember_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.seat}"

    @property
    def role(self) -> Seat:
        return Seat(self.seat)

    def is_in_office(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)
