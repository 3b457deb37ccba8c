"""What a province intends in a year, and the money it spent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reporting.domain.plan_states import PlanState


def plan_state_choices() -> list[tuple[str, str]]:
    return PlanState.choices()


class ProvincePlan(models.Model):
    """A province's plan of a year; one draft and one in force at most."""

    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Tỉnh, thành phố"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=plan_state_choices, default=PlanState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    note = models.TextField(_("Nội dung chính"), blank=True)
    number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    approved_on = models.DateField(_("Ngày phê duyệt"), null=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(_("Soạn lúc"))

    class Meta:
        ordering = ("-year", "unit__sort_key", "-id")
        verbose_name = _("Kế hoạch năm")
        verbose_name_plural = _("Kế hoạch năm")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("unit", "year", "state"),
                condition=Q(state__in=("draft", "approved")),
                name="provinceplan_one_draft_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(number="") & Q(approved_on__isnull=False)),
                name="provinceplan_approved_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:plan-detail", args=[self.pk])

    @property
    def status(self) -> PlanState:
        return PlanState(self.state)


class PlanAim(models.Model):
    """What the plan wants of an indicator: a number, or percent."""

    plan = models.ForeignKey(ProvincePlan, on_delete=models.CASCADE, related_name="aims")
    indicator = models.CharField(_("Chỉ tiêu"), max_length=40)
    aim = models.PositiveIntegerField(_("Kế hoạch"))

    class Meta:
        ordering = ("plan_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("plan", "indicator"), name="planaim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.aim}"


class PlanFunds(models.Model):
    """Whole đồng that the plan wants from a source for a component project."""

    plan = models.ForeignKey(ProvincePlan, on_delete=models.CASCADE, related_name="funds")
    source = models.CharField(_("Nguồn vốn"), max_length=40)
    project = models.CharField(_("Dự án thành phần"), max_length=40)
    amount = models.PositiveBigIntegerField(_("Số tiền"))

    class Meta:
        ordering = ("plan_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("plan", "source", "project"), name="planfunds_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="planfunds_something"),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.project}: {self.amount}"


class Spending(models.Model):
    """Whole đồng that were spent on a day; a wrong line is struck out, with a reason."""

    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Tỉnh, thành phố"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    spent_on = models.DateField(_("Ngày chi"))
    source = models.CharField(_("Nguồn vốn"), max_length=40)
    project = models.CharField(_("Dự án thành phần"), max_length=40)
    amount = models.PositiveBigIntegerField(_("Số tiền"))
    note = models.CharField(_("Nội dung chi"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Ghi lúc"))
    struck_at = models.DateTimeField(_("Gạch bỏ lúc"), null=True)
    struck_reason = models.CharField(_("Lý do gạch bỏ"), max_length=300, blank=True)

    class Meta:
        ordering = ("-spent_on", "-id")
        verbose_name = _("Khoản chi")
        verbose_name_plural = _("Khoản chi")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="spending_something"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_reason=""),
                name="spending_struck_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "spent_on"), name="spending_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.spent_on}: {self.amount}"
