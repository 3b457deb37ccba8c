"""What the centre asks of provinces, and what they sent."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reporting.domain.periods import Period
from reporting.domain.report_states import ReportState, RequestKind, is_overdue
from scoring.models.files import random_path


def request_kind_choices() -> list[tuple[str, str]]:
    return RequestKind.choices()


def report_state_choices() -> list[tuple[str, str]]:
    return ReportState.choices()


class ReportRequest(models.Model):
    """The centre asks provinces for a report of a period by a day."""

    title = models.CharField(_("Tên báo cáo"), max_length=200)
    kind = models.CharField(_("Loại báo cáo"), max_length=10, choices=request_kind_choices)
    first = models.DateField(_("Từ ngày"))
    last = models.DateField(_("Đến ngày"))
    due_on = models.DateField(_("Hạn gửi"))
    text = models.TextField(_("Yêu cầu nội dung"), blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("Mở lúc"))

    class Meta:
        ordering = ("-opened_at", "-id")
        verbose_name = _("Yêu cầu báo cáo")
        verbose_name_plural = _("Yêu cầu báo cáo")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="reportrequest_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reporting:request-detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)


class ProvinceReport(models.Model):
    """One province's answer: the words being written, and where it stands.

    `version` grows with every change, so that a page that is out of date is noticed.
    """

    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Tỉnh, thành phố"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=report_state_choices, default=ReportState.ASKED
    )
    version = models.PositiveIntegerField(default=1)
    results = models.TextField(_("Kết quả đạt được"), blank=True)
    difficulties = models.TextField(_("Khó khăn, vướng mắc"), blank=True)
    proposals = models.TextField(_("Kiến nghị, việc kỳ tới"), blank=True)
    reason = models.TextField(_("Lý do"), blank=True)
    written_at = models.DateTimeField(_("Soạn lúc"), null=True)
    sent_at = models.DateTimeField(_("Gửi lúc"), null=True)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True)

    class Meta:
        ordering = ("request_id", "unit__sort_key", "id")
        verbose_name = _("Báo cáo của tỉnh")
        verbose_name_plural = _("Báo cáo của tỉnh")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("request", "unit"), name="provincereport_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "received")) | Q(sent_at__isnull=False),
                name="provincereport_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "cancelled")) | ~Q(reason=""),
                name="provincereport_returned_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "state"), name="provincereport_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.unit_id}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:report-detail", args=[self.pk])

    @property
    def status(self) -> ReportState:
        return ReportState(self.state)

    def is_overdue(self, on: date) -> bool:
        """Needs the request read beside it."""
        return is_overdue(self.status, self.request.due_on, on)


class ReportSending(models.Model):
    """What a province sent, as it was: words, figures as of a day, and the hash of both.

    Never changed; a report that came back is sent again as the next number.
    """

    report = models.ForeignKey(ProvinceReport, on_delete=models.PROTECT, related_name="sendings")
    number = models.PositiveSmallIntegerField(_("Lần gửi"))
    first = models.DateField(_("Từ ngày"))
    as_of = models.DateField(_("Số liệu tính đến ngày"))
    words = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(
        _("Tệp kèm"), upload_to=random_path("reports", "dat"), max_length=120, blank=True
    )
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("Gửi lúc"))

    class Meta:
        ordering = ("report_id", "-number")
        verbose_name = _("Lần gửi báo cáo")
        verbose_name_plural = _("Lần gửi báo cáo")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("report", "number"), name="reportsending_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"
