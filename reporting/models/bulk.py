"""One act on many rows of a list: what was asked, and what became of each row."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reporting.domain.bulk_states import BulkState, RowOutcome


def bulk_state_choices() -> list[tuple[str, str]]:
    return BulkState.choices()


def row_outcome_choices() -> list[tuple[str, str]]:
    return RowOutcome.choices()


class BulkJob(models.Model):
    """One act that a person asked for on many rows; the row is the queue of the worker.

    `action` names the act, `facts` what it needs besides (a reason, a day). `touched_at` is when a
    worker was last at it.
    """

    action = models.CharField(_("Việc"), max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người làm"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=bulk_state_choices, default=BulkState.CHECKING
    )
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    back = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(_("Chọn lúc"))
    confirmed_at = models.DateTimeField(_("Xác nhận lúc"), null=True)
    touched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("Việc làm hàng loạt")
        verbose_name_plural = _("Việc làm hàng loạt")
        indexes: ClassVar = [
            models.Index(fields=("by", "-made_at", "-id"), name="bulkjob_of_person"),
            models.Index(fields=("state",), name="bulkjob_state"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:bulk-detail", args=[self.pk])

    @property
    def status(self) -> BulkState:
        return BulkState(self.state)


class BulkRow(models.Model):
    """One row of a bulk act; `message` and `facts` are the reason of a refusal, as it was told."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("Số thứ tự"))
    object_id = models.BigIntegerField()
    label = models.CharField(_("Dòng"), max_length=300)
    url = models.CharField(max_length=250, blank=True)
    outcome = models.CharField(
        _("Kết quả"), max_length=10, choices=row_outcome_choices, default=RowOutcome.WAITING
    )
    message = models.CharField(_("Vì sao"), max_length=600, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("job_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("job", "object_id"), name="bulkrow_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("job", "outcome", "number"), name="bulkrow_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}: {self.label}"

    @property
    def result(self) -> RowOutcome:
        return RowOutcome(self.outcome)
