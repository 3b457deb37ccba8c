"""Registers that offices brought from their workbooks, line by line."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.regime import Division
from reporting.domain.register_states import ImportState, Outcome
from scoring.models.files import random_path


def import_state_choices() -> list[tuple[str, str]]:
    return ImportState.choices()


def outcome_choices() -> list[tuple[str, str]]:
    return Outcome.choices()


class RegisterImport(models.Model):
    """One file on its way into the portal; the row is the queue of the worker.

    `mapping` says in which column (from 0) each field stands, `first_line` where the lines begin.
    `done` counts the lines that the present work has passed, `touched_at` when a worker was last
    at it; `fault` is why a work gave up.
    """

    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Tỉnh, thành phố"),
        on_delete=models.PROTECT,
        related_name="register_imports",
    )
    division = models.CharField(
        _("Tên xã trong sổ"),
        max_length=12,
        choices=Division.choices,
        default=Division.TWO_TIER,
    )
    file = models.FileField(upload_to=random_path("registers", "dat"), max_length=120)
    file_name = models.CharField(_("Tệp"), max_length=200)
    sha256 = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    first_line = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    state = models.CharField(
        _("Trạng thái"),
        max_length=12,
        choices=import_state_choices,
        default=ImportState.MAPPING,
    )
    lines = models.PositiveIntegerField(_("Số dòng"), default=0)
    done = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người tải lên"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))
    worked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    touched_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(_("Ghi xong lúc"), null=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        verbose_name = _("Sổ nhập vào")
        verbose_name_plural = _("Sổ nhập vào")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("reporting:register-detail", args=[self.pk])

    @property
    def status(self) -> ImportState:
        return ImportState(self.state)


class RegisterLine(models.Model):
    """A line of the file as it was read; `number` is its row in the sheet.

    `faults` are field, code, sentence and facts; `made` holds the keys of what the line made.
    """

    register = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("Dòng"))
    cells = models.JSONField(default=dict)
    outcome = models.CharField(_("Kết quả"), max_length=8, choices=outcome_choices)
    faults = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    is_loaded = models.BooleanField(default=False)

    class Meta:
        ordering = ("register_id", "number")
        verbose_name = _("Dòng của sổ")
        verbose_name_plural = _("Dòng của sổ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("register", "number"), name="registerline_once"),
            models.CheckConstraint(
                condition=Q(is_loaded=False) | ~Q(outcome=Outcome.FAULTY.value),
                name="registerline_loaded_without_fault",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("register", "outcome", "number"), name="registerline_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}: {self.number}"
