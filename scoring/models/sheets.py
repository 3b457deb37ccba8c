"""Members' sheets: for every criterion the chosen option; points follow from the options."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.domain.sheet import SheetState
from scoring.models.councils import CouncilMember
from scoring.models.sessions import AgendaItem


def sheet_state_choices() -> list[tuple[str, str]]:
    return SheetState.choices()


class Sheet(models.Model):
    """One member's sheet on one item in one ballot; earlier ballots are kept.

    `total` and `receipt_hash` are those of the last submission, null and empty before it.
    `version` rises with each save, so that a second tab cannot overwrite unseen.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="sheets")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="sheets")
    ballot = models.PositiveSmallIntegerField(_("Lượt chấm"), default=1)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=sheet_state_choices, default=SheetState.DRAFT
    )
    total = models.PositiveSmallIntegerField(_("Tổng điểm"), null=True)
    comment = models.TextField(_("Nhận xét"), blank=True)
    saved_at = models.DateTimeField(_("Lưu lúc"))
    submitted_at = models.DateTimeField(_("Nộp lúc"), null=True)
    receipt_hash = models.CharField(_("Mã biên nhận"), max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("item_id", "ballot", "member_id")
        verbose_name = _("Phiếu chấm")
        verbose_name_plural = _("Phiếu chấm")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "member", "ballot"), name="sheet_once"),
            models.CheckConstraint(
                condition=Q(state=SheetState.DRAFT.value)
                | (Q(total__isnull=False) & Q(submitted_at__isnull=False) & ~Q(receipt_hash="")),
                name="sheet_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__lte=100), name="sheet_total_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}/{self.ballot}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:sheet-detail", args=[self.pk])

    @property
    def status(self) -> SheetState:
        return SheetState(self.state)


class Mark(models.Model):
    """The option chosen for a criterion; null: no option is met, 0 points."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=12)
    option = models.CharField(max_length=60, null=True)
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("sheet_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sheet", "criterion"), name="mark_once"),
            models.CheckConstraint(
                condition=Q(option__isnull=False) | Q(points=0), name="mark_none_is_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.criterion}"


class SheetReopening(models.Model):
    """A submitted sheet was given back to its member: by whom, why, and what had been stored."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.TextField(_("Lý do"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    total = models.PositiveSmallIntegerField()
    receipt_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("sheet_id", "id")

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.at:%d/%m/%Y}"


class SheetSending(models.Model):
    """A sending of a browser that was accepted: the key it chose, and what the sheet became.

    A browser that heard no answer sends the same again under the same key; `digest` names what
    was sent, so that a key can neither act twice nor stand for something else.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="sendings")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("sheet_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sheet", "key"), name="sheetsending_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.version}"
