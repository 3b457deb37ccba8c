"""Conversations that a person may read, what is unread, and whose answer is waited for."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cycle.domain.dossier import DossierState
from cycle.domain.messages import Side
from cycle.domain.posts import LEVEL_OF
from cycle.models import Conversation, Enrolment, Message, Reading
from cycle.selectors.support import shared_enrolments
from cycle.selectors.waiting import unit_above
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.selectors import postings_of, regime


def office_level(enrolment: Enrolment) -> Level:
    """The office that answers: whose turn the dossier is, before that the appraiser's."""
    dossier = enrolment.dossier
    if dossier is None or dossier.state == DossierState.DRAFT:
        return regime(enrolment.regime).idea_level
    return Level(dossier.level)


def visible_conversations(user: User, on: date) -> QuerySet[Conversation]:
    """Conversations that the person may read, awaited ones first; `is_unread` for the person."""
    seen = shared_enrolments(user, on).order_by().values("pk")
    read = Reading.objects.filter(
        conversation=OuterRef("pk"), user=user, read_at__gte=OuterRef("last_at")
    )
    return (
        Conversation.objects.select_related(
            "enrolment__product__subject",
            "enrolment__round",
            "enrolment__commune__parent__parent",
        )
        .filter(enrolment__in=seen)
        .annotate(is_unread=~Exists(read))
        .order_by(F("due_on").asc(nulls_last=True), "-last_at", "-id")
    )


def conversations_waiting_for(user: User, on: date) -> QuerySet[Conversation]:
    """Conversations in which the person's side has to answer, the nearest day first."""
    mine = Q(pk__in=[])
    for posting in postings_of(user, on):
        level = LEVEL_OF.get(Role(posting.role))
        if posting.subject_id:
            mine |= Q(awaits=Side.PRODUCER, enrolment__product__subject=posting.subject_id)
        elif level is not None and posting.unit is not None:
            mine |= Q(
                awaits=Side.OFFICE,
                level=level,
                enrolment__commune__path__startswith=posting.unit.path,
            )
    return visible_conversations(user, on).filter(mine)


def messages_of(enrolment: Enrolment) -> QuerySet[Message]:
    """The messages of an enrolment, the oldest first."""
    return (
        Message.objects.filter(conversation__enrolment=enrolment)
        .select_related("author")
        .order_by("at", "id")
    )


def awaited_name(conversation: Conversation) -> str:
    """Whose answer is waited for, by name; empty where nobody's is."""
    if conversation.awaits == Side.NOBODY:
        return ""
    enrolment = conversation.enrolment
    if conversation.awaits == Side.PRODUCER:
        return enrolment.product.subject.name
    level = Level(conversation.level)
    unit = unit_above(enrolment.commune, level)
    return unit.name if unit else level.label
