"""Events: called, corrected, concluded, cancelled.

The only place that sets the state of an event.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.entries import EntryState
from promotion.domain.events import EVENT, Days, EventKind, EventMove, EventState, check_days
from promotion.domain.figures import LARGEST_COUNT, check_figure
from promotion.models import Event
from promotion.permissions import may_call_event
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Unit


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What an office says of an event."""

    unit: Unit
    kind: EventKind
    name: str
    call: str
    place: str
    apply_by: date
    starts_on: date
    ends_on: date
    booths: int | None = None

    @property
    def columns(self) -> dict[str, object]:
        """As stored: texts are composed and trimmed."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        texts = {name: nfc(said).strip() for name, said in plain.items() if type(said) is str}
        return {**plain, **texts}

    @property
    def days(self) -> Days:
        return Days(self.apply_by, self.starts_on, self.ends_on)


@transaction.atomic
def call(facts: EventFacts, *, by: User, at: datetime) -> Event:
    """Calls an event; the producers of the area's recognised products are told."""
    require(may_call_event(by, facts.unit, on=legal_day(at)))
    check_days(facts.days, today=legal_day(at))
    event = Event.objects.create(called_at=at, called_by=by, **facts.columns)
    _record_event(event, "called", by, at)
    return event


@transaction.atomic
def edit(event: Event, facts: EventFacts, *, by: User, at: datetime) -> Event:
    """Corrects a call that still takes applications; the organiser stays who it is."""
    event = _open_event(event, by=by, at=at)
    if not event.days.takes_applications(legal_day(at)):
        raise RuleBroken(
            "event.too_late_to_edit", term("Đã hết hạn đăng ký nên không sửa lời mời được nữa.")
        )
    check_days(facts.days, today=legal_day(at))
    columns = {name: value for name, value in facts.columns.items() if name != "unit"}
    for name, value in columns.items():
        setattr(event, name, value)
    event.save(update_fields=list(columns))
    _record_event(event, "edited", by, at)
    return event


@transaction.atomic
def conclude(event: Event, *, visitors: int, by: User, at: datetime) -> Event:
    """Closes the event after its last day, with the visitors counted."""
    event = _open_event(event, by=by, at=at)
    check_figure(visitors, field="visitors", largest=LARGEST_COUNT)
    waiting = set(event.entries.values_list("state", flat=True))
    facts = {
        name
        for name, is_so in (
            ("ended", event.days.has_ended(legal_day(at))),
            ("answered", EntryState.APPLIED not in waiting),
            ("marked", EntryState.SELECTED not in waiting),
        )
        if is_so
    }
    event.state = EVENT.decide(event.status, EventMove.CONCLUDE, frozenset(facts))
    event.visitors = visitors
    event.save(update_fields=["state", "visitors"])
    _record_event(event, "concluded", by, at)
    return event


@transaction.atomic
def cancel(event: Event, *, reason: str, by: User, at: datetime) -> Event:
    """The event does not take place; whoever applied is told why."""
    event = _open_event(event, by=by, at=at)
    facts = frozenset({"reason"}) if reason.strip() else frozenset()
    event.state = EVENT.decide(event.status, EventMove.CANCEL, facts)
    event.state_reason = nfc(reason).strip()
    event.save(update_fields=["state", "state_reason"])
    _record_event(event, "cancelled", by, at, reason=event.state_reason)
    return event


def _open_event(event: Event, *, by: User, at: datetime) -> Event:
    rows = Event.objects.select_for_update(of=("self",)).select_related("unit")
    event = rows.get(pk=event.pk)
    require(may_call_event(by, event.unit, on=legal_day(at)))
    check_open(event)
    return event


def check_open(event: Event) -> None:
    if event.status is not EventState.CALLED:
        raise RuleBroken(
            "event.closed",
            term("Sự kiện đang ở trạng thái “%(state)s” nên không đổi được nữa."),
            state=event.status.label,
        )


def _record_event(event: Event, word: str, by: User, at: datetime, **more: object) -> None:
    record(
        f"promotion.event.{word}",
        subject=event,
        actor=by,
        at=at,
        facts={
            "event": event.pk,
            "name": event.name,
            "unit": event.unit_id,
            "apply_by": f"{event.apply_by:%d/%m/%Y}",
            "starts_on": f"{event.starts_on:%d/%m/%Y}",
            **more,
        },
    )
