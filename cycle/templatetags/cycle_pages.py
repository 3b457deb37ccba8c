"""What the pages of the cycle show of a row: who must act, and the colour of a state."""

from django import template

from cycle.domain.samples import Arrival
from cycle.domain.turn import Waiting
from cycle.models import Conversation, Dossier, Enrolment
from cycle.selectors import arrival_at, awaited_name, enrolment_waiting_on, waiting_on
from registry.domain.errors import RuleBroken
from registry.selectors import regime

register = template.Library()

TONES = {
    "draft": "neutral",
    "prepared": "warn",
    "submitted": "info",
    "at_commune": "info",
    "lodged": "info",
    "forwarded": "info",
    "accepted": "good",
    "in_council": "info",
    "concluded": "info",
    "returned": "warn",
    "recognised": "star",
    "not_recognised": "bad",
    "declined": "bad",
    "withdrawn": "neutral",
}


@register.filter
def waiting(row: Dossier | Enrolment) -> Waiting:
    """Who must act on a dossier or an enrolment, and until when."""
    return waiting_on(row) if isinstance(row, Dossier) else enrolment_waiting_on(row)


@register.filter
def samples_short(row: Dossier) -> Arrival | None:
    """What came in of the samples, where some are missing still."""
    return arrival_at(row)


@register.filter
def awaited(row: Conversation) -> str:
    """Whose answer a conversation waits for, by name; empty where nobody's is."""
    return awaited_name(row)


@register.filter
def state_tone(state: str) -> str:
    """The tone of a state's badge."""
    return TONES.get(str(state), "neutral")


@register.filter
def regime_name(code: str) -> str:
    """The name of a regime by its code."""
    try:
        return regime(code).name
    except RuleBroken:
        return code
