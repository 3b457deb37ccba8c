"""Inspections after recognition: plans of a year, visits, what was seen, what is to be mended."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.domain.inspections import Answer, InspectionKind, InspectionState, Proposal
from scoring.models.certificates import Certificate, ground_choices


def inspection_kind_choices() -> list[tuple[str, str]]:
    return InspectionKind.choices()


def inspection_state_choices() -> list[tuple[str, str]]:
    return InspectionState.choices()


def answer_choices() -> list[tuple[str, str]]:
    return Answer.choices()


def proposal_choices() -> list[tuple[str, str]]:
    return Proposal.choices()


def photo_path(_photo: "InspectionPhoto", _name: str) -> str:
    """A stored name that says nothing and cannot be guessed."""
    token = uuid.uuid4().hex
    return f"inspections/{token[:2]}/{token}.webp"


class InspectionPlan(models.Model):
    """The plan of one office for one year; its visits are the inspections that name it."""

    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Năm"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "unit_id")
        verbose_name = _("Kế hoạch kiểm tra")
        verbose_name_plural = _("Kế hoạch kiểm tra")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("unit", "year"), name="inspectionplan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"


class Inspection(models.Model):
    """One visit about one certificate, by the office that inspects it."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="inspections"
    )
    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="inspections")
    plan = models.ForeignKey(
        InspectionPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    kind = models.CharField(_("Loại"), max_length=10, choices=inspection_kind_choices)
    state = models.CharField(
        _("Trạng thái"),
        max_length=10,
        choices=inspection_state_choices,
        default=InspectionState.ORDERED,
    )
    due_on = models.DateField(_("Kiểm tra trước ngày"))
    occasion = models.CharField(_("Lý do kiểm tra"), max_length=500, blank=True)
    visited_on = models.DateField(_("Ngày kiểm tra"), null=True)
    inspectors = models.CharField(_("Thành phần đoàn"), max_length=500, blank=True)
    conclusion = models.TextField(_("Kết luận"), blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("Khép lúc"), null=True)
    note = models.CharField(_("Ghi chú khi khép hoặc hủy"), max_length=500, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("Lượt kiểm tra sau công nhận")
        verbose_name_plural = _("Lượt kiểm tra sau công nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("plan", "certificate"), name="inspection_planned_once"),
            models.CheckConstraint(
                condition=Q(state__in=("ordered", "cancelled")) | Q(visited_on__isnull=False),
                name="inspection_recorded_has_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "state", "due_on"), name="inspection_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:inspection-detail", args=[self.pk])

    @property
    def status(self) -> InspectionState:
        return InspectionState(self.state)


class InspectionAnswer(models.Model):
    """What was seen of one line; the line's words are kept as they were asked."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    answer = models.CharField(max_length=10, choices=answer_choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("inspection_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("inspection", "code"), name="inspectionanswer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.code}"

    @property
    def is_kept(self) -> bool:
        return self.answer == Answer.KEPT


class Finding(models.Model):
    """Something to be mended by a day, or a proposal to the authority; then how it was settled."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    text = models.CharField(_("Điều phát hiện"), max_length=1000)
    due_on = models.DateField(_("Khắc phục trước ngày"), null=True, blank=True)
    proposes = models.CharField(
        _("Đề nghị"), max_length=10, choices=proposal_choices, default=Proposal.NONE
    )
    ground = models.CharField(_("Căn cứ"), max_length=20, blank=True, choices=ground_choices)
    found_at = models.DateTimeField()
    mended_on = models.DateField(_("Khắc phục ngày"), null=True)
    mended_note = models.CharField(_("Đã khắc phục thế nào"), max_length=500, blank=True)

    class Meta:
        ordering = ("inspection_id", "id")
        verbose_name = _("Phát hiện khi kiểm tra")
        verbose_name_plural = _("Phát hiện khi kiểm tra")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(proposes="none") | ~Q(ground=""), name="finding_proposal_has_ground"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("due_on",), condition=Q(mended_on__isnull=True), name="finding_open"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def proposal(self) -> Proposal:
        return Proposal(self.proposes)

    def is_overdue(self, on: date) -> bool:
        return self.mended_on is None and self.due_on is not None and self.due_on < on


class InspectionPhoto(models.Model):
    """A photograph of a visit, written anew: neither place nor camera is kept."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to=photo_path, max_length=120)
    caption = models.CharField(_("Ảnh cho thấy gì"), max_length=200)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("inspection_id", "id")
        verbose_name = _("Ảnh kiểm tra")
        verbose_name_plural = _("Ảnh kiểm tra")

    def __str__(self) -> str:
        return self.caption
