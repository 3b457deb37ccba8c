"""A council's meetings: agenda, ballots, presence, declared conflicts."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.clock import legal_day
from scoring.domain.ballots import BallotKind
from scoring.domain.session_states import PENDING, ItemState, SessionState
from scoring.models.councils import Council, CouncilMember
from scoring.models.rubrics import RubricEdition


def session_state_choices() -> list[tuple[str, str]]:
    return SessionState.choices()


def item_state_choices() -> list[tuple[str, str]]:
    return ItemState.choices()


def ballot_kind_choices() -> list[tuple[str, str]]:
    return BallotKind.choices()


class Session(models.Model):
    """A meeting of a council, called with its agenda.

    One that `is_written` does not meet: its members answer in writing (QĐ 26/2026, Điều 7.6).
    `sheets_due_on` is the last day for handing sheets in, null where that is the day of the
    meeting. `current` is the product that the meeting has before it.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    called_at = models.DateTimeField(_("Triệu tập lúc"))
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField(_("Bắt đầu lúc"))
    place = models.CharField(_("Địa điểm"), max_length=250)
    state = models.CharField(
        _("Trạng thái"), max_length=12, choices=session_state_choices, default=SessionState.CALLED
    )
    opened_at = models.DateTimeField(_("Khai mạc lúc"), null=True)
    closed_at = models.DateTimeField(_("Kết thúc lúc"), null=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    is_written = models.BooleanField(_("Lấy ý kiến bằng văn bản"), default=False)
    sheets_due_on = models.DateField(_("Hạn nộp phiếu"), null=True, blank=True)
    current = models.ForeignKey(
        "scoring.AgendaItem",
        verbose_name=_("Sản phẩm đang xét"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-starts_at", "-id")
        verbose_name = _("Phiên họp")
        verbose_name_plural = _("Phiên họp")
        indexes: ClassVar = [
            models.Index(fields=("council", "-starts_at"), name="session_of_council")
        ]

    def __str__(self) -> str:
        return f"{self.council_id} {self.starts_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:session-detail", args=[self.pk])

    @property
    def status(self) -> SessionState:
        return SessionState(self.state)

    @property
    def due_on(self) -> date:
        """The last legal day for sheets; never before the session could begin."""
        begun = legal_day(self.opened_at or self.starts_at)
        return max(begun, self.sheets_due_on or begun)


class AgendaItem(models.Model):
    """One dossier on the agenda of a session, scored by one edition of a rubric.

    `ballot` is the number of the ballot that is open: 1 for the first, then the reconciliation
    rounds. `ended_note` says why scoring ended without a result.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(
        "cycle.Dossier", on_delete=models.PROTECT, related_name="agenda_items"
    )
    edition = models.ForeignKey(
        RubricEdition, on_delete=models.PROTECT, related_name="agenda_items"
    )
    order = models.PositiveSmallIntegerField(_("Thứ tự"))
    ballot = models.PositiveSmallIntegerField(_("Lượt chấm"), default=1)
    state = models.CharField(
        _("Trạng thái"), max_length=16, choices=item_state_choices, default=ItemState.LISTED
    )
    ended_at = models.DateTimeField(null=True)
    ended_note = models.TextField(blank=True)

    class Meta:
        ordering = ("session_id", "order", "id")
        verbose_name = _("Hồ sơ trong phiên")
        verbose_name_plural = _("Hồ sơ trong phiên")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("session", "dossier"), name="agendaitem_once"),
            models.UniqueConstraint(fields=("session", "order"), name="agendaitem_order_once"),
            models.UniqueConstraint(
                fields=("dossier",),
                condition=Q(state__in=sorted(state.value for state in PENDING)),
                name="agendaitem_one_pending",
            ),
            models.CheckConstraint(condition=Q(ballot__gte=1), name="agendaitem_ballot_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.order}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:item-detail", args=[self.pk])

    @property
    def status(self) -> ItemState:
        return ItemState(self.state)


class Ballot(models.Model):
    """A further ballot on an item, with the reason for it.

    A reconciliation round, or the round after the test results, whose `reason` names them.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField(_("Lượt"))
    kind = models.CharField(
        _("Loại lượt"),
        max_length=16,
        choices=ballot_kind_choices,
        default=BallotKind.RECONCILIATION,
    )
    reason = models.TextField(_("Lý do"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("item_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "number"), name="ballot_once"),
            models.CheckConstraint(condition=Q(number__gte=2), name="ballot_is_further"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.number}"


class Attendance(models.Model):
    """A member is present at a session, as the secretary marked it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="attendance")
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("session_id", "member_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("session", "member"), name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.member_id}"


class Declaration(models.Model):
    """A member's word on an item, before its dossier is shown: a conflict of interest or none.

    A declared conflict stays; a later word may only turn "none" into a conflict.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="declarations")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField(_("Có xung đột lợi ích"))
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("item_id", "member_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "member"), name="declaration_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("member", "has_conflict"), name="declaration_of_member")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"
