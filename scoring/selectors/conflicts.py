"""What a conflict of interest hides, and what a seat without one opens.

Before a member has declared, and for ever after a conflict was declared, that member sees
nothing of a dossier but its title, also where a posting would show it.
"""

from datetime import date

from django.db.models import Q, QuerySet

from cycle.models import Dossier, DossierEvidence
from ocop_portal.accounts.models import User
from scoring.models import AgendaItem
from scoring.selectors.sessions import free_item_ids, shut_dossier_ids


def hidden_dossiers(user: User, on: date) -> Q:
    """Shield of dossiers: not yet declared, or in declared conflict."""
    return Q(pk__in=shut_dossier_ids(user, on))


def hidden_enrolments(user: User, on: date) -> Q:
    """Shield of enrolments: what led to such a dossier, with all that was said about it."""
    held = Dossier.objects.filter(pk__in=shut_dossier_ids(user, on))
    return Q(pk__in=held.order_by().values("enrolment"))


def hidden_evidence(user: User, on: date) -> Q:
    """Shield of evidence: every paper that such a dossier holds."""
    held = DossierEvidence.objects.filter(dossier__in=shut_dossier_ids(user, on))
    return Q(pk__in=held.order_by().values("evidence"))


def opened_dossiers(user: User, on: date) -> Q:
    """Opening of dossiers: before the council, to members who declared no conflict."""
    return Q(pk__in=_free(user, on))


def opened_evidence(user: User, on: date) -> Q:
    """Opening of evidence: the papers of those dossiers."""
    held = DossierEvidence.objects.filter(dossier__in=_free(user, on))
    return Q(pk__in=held.order_by().values("evidence"))


def _free(user: User, on: date) -> QuerySet[AgendaItem, int]:
    return (
        AgendaItem.objects.filter(pk__in=free_item_ids(user, on))
        .order_by()
        .values_list("dossier", flat=True)
    )
