"""Messages about an enrolment: the only door to them; the journal never holds their words."""

from datetime import datetime

from django.db import transaction

from cycle.domain.messages import Side, awaited_after
from cycle.models import Conversation, Enrolment, Message, Reading
from cycle.permissions import may_message, side_of
from cycle.selectors import office_level, promised_day
from cycle.services.history import about, locked_enrolment
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term


@transaction.atomic
def write(enrolment: Enrolment, *, text: str, asks: bool, by: User, at: datetime) -> Message:
    """A message to the other side; one that asks waits for an answer within the promised days.

    Refused: no words, and who is neither of the producer nor an officer of the place. The same
    words again as the last message of the same person are one double click.
    """
    on = legal_day(at)
    require(may_message(by, enrolment, on=on))
    current = locked_enrolment(enrolment)
    text = nfc(text).strip()
    if not text:
        raise RuleBroken("message.text", term("Hãy viết nội dung."), field="text")
    side = side_of(by, current, on=on)
    talk, _is_new = Conversation.objects.get_or_create(
        enrolment=current, defaults={"level": office_level(current), "last_at": at}
    )
    last = talk.messages.order_by("-at", "-id").first()
    if last is not None and last.author_id == by.pk and last.text == text:
        return last
    message = Message.objects.create(conversation=talk, author=by, side=side, text=text, at=at)
    _turn(talk, writer=side, asks=asks, at=at)
    mark_read(talk, by=by, at=at)
    _tell(message, current, asks=asks, by=by, at=at)
    return message


@transaction.atomic
def mark_read(conversation: Conversation, *, by: User, at: datetime) -> None:
    """The person has read everything up to now; nobody else is told of it."""
    Reading.objects.update_or_create(conversation=conversation, user=by, defaults={"read_at": at})


def _turn(talk: Conversation, *, writer: Side, asks: bool, at: datetime) -> None:
    before = Side(talk.awaits)
    talk.awaits = awaited_after(before, writer=writer, asks=asks)
    if talk.awaits == Side.NOBODY:
        talk.due_on = None
    elif talk.awaits != before:
        # A second question does not push the day of the first one away.
        talk.due_on = promised_day("message", legal_day(at))
        talk.level = office_level(talk.enrolment)
    talk.last_at = at
    talk.save(update_fields=["awaits", "due_on", "level", "last_at"])


def _tell(message: Message, enrolment: Enrolment, *, asks: bool, by: User, at: datetime) -> None:
    talk = message.conversation
    journal.record(
        "cycle.message.sent",
        subject=message,
        actor=by,
        at=at,
        facts={
            **about(enrolment),
            "message": message.pk,
            "side": Side(message.side).value,
            "level": talk.level,
            "asks": asks,
            "due_day": f"{talk.due_on:%d/%m/%Y}" if talk.due_on else "",
        },
    )
