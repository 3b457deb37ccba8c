"""Complaints about results: on which criteria, who deals with it until when, what was answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.domain.complaint_states import OPEN, ComplaintEffect, ComplaintState
from scoring.models.decisions import Decision
from scoring.models.ratings import Rating


def complaint_state_choices() -> list[tuple[str, str]]:
    return ComplaintState.choices()


def complaint_effect_choices() -> list[tuple[str, str]]:
    return ComplaintEffect.choices()


class Complaint(models.Model):
    """A producer's complaint about one result, with the office's answer.

    `owner` is the officer who deals with it, `due_on` the day by which it is answered;
    `correction` is the draft that an answer with the effect "correct" made.
    """

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField(_("Ý kiến chung"), blank=True)
    lodged_at = models.DateTimeField(_("Gửi lúc"))
    lodged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("Trạng thái"),
        max_length=10,
        choices=complaint_state_choices,
        default=ComplaintState.LODGED,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người giải quyết"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("Hạn trả lời"))
    extension = models.TextField(_("Lý do gia hạn"), blank=True)
    answer = models.TextField(_("Trả lời"), blank=True)
    effect = models.CharField(
        _("Kết quả giải quyết"), max_length=10, blank=True, choices=complaint_effect_choices
    )
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True)
    correction = models.ForeignKey(
        Decision, null=True, on_delete=models.SET_NULL, related_name="complaints"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-lodged_at", "-id")
        verbose_name = _("Khiếu nại")
        verbose_name_plural = _("Khiếu nại")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("rating",),
                condition=Q(state__in=sorted(state.value for state in OPEN)),
                name="complaint_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.ANSWERED.value)
                | (~Q(answer="") & ~Q(effect="") & Q(answered_at__isnull=False)),
                name="complaint_answered_is_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "due_on"), name="complaint_due")]

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.lodged_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:complaint-detail", args=[self.pk])

    @property
    def status(self) -> ComplaintState:
        return ComplaintState(self.state)

    @property
    def does(self) -> ComplaintEffect | None:
        return ComplaintEffect(self.effect) if self.effect else None


class ComplaintPoint(models.Model):
    """One criterion that a complaint names, with what the producer says about it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="points")
    criterion = models.CharField(_("Tiêu chí"), max_length=12)
    reason = models.TextField(_("Lý do"))

    class Meta:
        ordering = ("complaint_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("complaint", "criterion"), name="complaintpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.criterion}"


class RatingRemark(models.Model):
    """What the council tells the producer beside a result; shown once its chair approved it."""

    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="remark")
    text = models.TextField(_("Nhận xét của hội đồng"))
    written_at = models.DateTimeField(_("Soạn lúc"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("Duyệt lúc"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("rating_id",)
        verbose_name = _("Nhận xét về kết quả")
        verbose_name_plural = _("Nhận xét về kết quả")

    def __str__(self) -> str:
        return f"{self.rating_id}"
