"""Events of trade promotion and the products that take part."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from promotion.domain.entries import STANDING, EntryState, Outcome
from promotion.domain.events import Days, EventKind, EventState


def event_kind_choices() -> list[tuple[str, str]]:
    return EventKind.choices()


def event_state_choices() -> list[tuple[str, str]]:
    return EventState.choices()


def entry_state_choices() -> list[tuple[str, str]]:
    return EntryState.choices()


class Event(models.Model):
    """A fair, a week, a contest, a forum: called by an office, open to recognised products."""

    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Cơ quan tổ chức"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    kind = models.CharField(_("Loại sự kiện"), max_length=12, choices=event_kind_choices)
    name = models.CharField(_("Tên sự kiện"), max_length=200)
    call = models.TextField(_("Nội dung mời"), max_length=4000)
    place = models.CharField(_("Nơi tổ chức"), max_length=250)
    apply_by = models.DateField(_("Hạn đăng ký"))
    starts_on = models.DateField(_("Khai mạc"))
    ends_on = models.DateField(_("Bế mạc"))
    booths = models.PositiveIntegerField(_("Số gian hàng"), null=True, blank=True)
    state = models.CharField(
        _("Trạng thái"), max_length=12, choices=event_state_choices, default=EventState.CALLED
    )
    state_reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    visitors = models.PositiveIntegerField(_("Lượt khách"), null=True)
    called_at = models.DateTimeField(_("Mời lúc"))
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name = _("Sự kiện xúc tiến")
        verbose_name_plural = _("Sự kiện xúc tiến")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(apply_by__lte=F("starts_on"), starts_on__lte=F("ends_on")),
                name="event_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""),
                name="event_cancelled_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("state", "-starts_on", "-id"), name="event_by_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("promotion:event", args=[self.pk])

    @property
    def status(self) -> EventState:
        return EventState(self.state)

    @property
    def days(self) -> Days:
        return Days(self.apply_by, self.starts_on, self.ends_on)


class EventEntry(models.Model):
    """A product's application to an event, the office's answer, and what the event brought.

    `contracts` and `revenue` (whole đồng) are null until somebody has said them.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries")
    product = models.ForeignKey(
        "registry.Product", on_delete=models.PROTECT, related_name="event_entries"
    )
    note = models.CharField(_("Lời nhắn"), max_length=500, blank=True)
    state = models.CharField(
        _("Trạng thái"), max_length=12, choices=entry_state_choices, default=EntryState.APPLIED
    )
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    booth = models.CharField(_("Gian hàng"), max_length=20, blank=True)
    contracts = models.PositiveIntegerField(_("Số hợp đồng"), null=True)
    revenue = models.PositiveBigIntegerField(_("Doanh thu (đồng)"), null=True)
    applied_at = models.DateTimeField(_("Đăng ký lúc"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("applied_at", "id")
        verbose_name = _("Đăng ký tham gia")
        verbose_name_plural = _("Đăng ký tham gia")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("event", "product"),
                condition=Q(state__in=[str(state) for state in STANDING]),
                name="evententry_once",
            ),
            models.UniqueConstraint(
                fields=("event", "booth"), condition=~Q(booth=""), name="evententry_booth_once"
            ),
            models.CheckConstraint(
                condition=Q(contracts__isnull=True, revenue__isnull=True)
                | Q(contracts__isnull=False, revenue__isnull=False, state="attended"),
                name="evententry_outcome_of_attended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.product_id}"

    @property
    def status(self) -> EntryState:
        return EntryState(self.state)

    @property
    def outcome(self) -> Outcome | None:
        if self.contracts is None or self.revenue is None:
            return None
        return Outcome(self.contracts, self.revenue)
