"""Requests for support that a person may see, and those that wait for the person."""

from datetime import date

from django.db.models import F, Q, QuerySet

from cycle.domain.posts import LEVEL_OF
from cycle.domain.support import SupportState
from cycle.models import Enrolment, SupportRequest
from cycle.selectors.enrolments import in_reach, visible_enrolments
from cycle.selectors.waiting import unit_above
from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, regime, regimes, standing_of


def shared_enrolments(user: User, on: date) -> QuerySet[Enrolment]:
    """Enrolments of which the person may read what producer and offices tell each other.

    The producer's own and those of the person's places; what is opened to a council for its
    dossier is not opened for this.
    """
    reach = in_reach(standing_of(user, on), place="commune", subject="product__subject_id")
    return visible_enrolments(user, on).filter(reach)


def support_requests() -> QuerySet[SupportRequest]:
    """Every request with what a row of a list shows; open ones with the nearest day first."""
    return SupportRequest.objects.select_related(
        "enrolment__product__subject",
        "enrolment__round",
        "enrolment__commune__parent__parent",
        "decided_by",
    ).order_by(F("due_on").asc(nulls_last=True), "-sent_at", "-id")


def visible_support(user: User, on: date) -> QuerySet[SupportRequest]:
    """Requests of the enrolments whose correspondence the person may read."""
    seen = shared_enrolments(user, on).order_by().values("pk")
    return support_requests().filter(enrolment__in=seen)


def support_waiting_for(user: User, on: date) -> QuerySet[SupportRequest]:
    """Requests that the person's office has to answer, the nearest day first."""
    mine = Q(pk__in=[])
    for posting in postings_of(user, on):
        level = LEVEL_OF.get(Role(posting.role))
        if level is None or posting.unit is None:
            continue
        codes = [each.code for each in regimes() if each.idea_level == level]
        mine |= Q(
            enrolment__commune__path__startswith=posting.unit.path,
            enrolment__regime__in=codes,
        )
    return visible_support(user, on).filter(mine, state=SupportState.SENT)


def answering_office(asked: SupportRequest) -> Unit | None:
    """The unit whose office answers: the appraiser's; None where that is the centre."""
    return unit_above(asked.enrolment.commune, regime(asked.enrolment.regime).idea_level)
