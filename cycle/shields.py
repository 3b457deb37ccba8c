"""What the cycle opens in the register: an officer reads the papers of a dossier before him.

A subject may lie in another commune than its product, and its papers with it; whoever serves the
place of an enrolment reads the papers that were handed in for it. What the apps above hide stays
hidden: a shield beats an opening.
"""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q

from cycle.domain.dossier import DossierState
from cycle.models import DossierEvidence
from ocop_portal.accounts.models import User
from registry import shields
from registry.models import Posting
from registry.selectors.people import active

PLACE = OuterRef("dossier__enrolment__commune__path")


def register() -> None:
    """Announces the opening; called once when the app is ready."""
    shields.open_to("registry.evidence", papers_before)


def papers_before(user: User, on: date) -> Q:
    """Papers in dossiers that were handed in from a place of the person's postings."""
    posted_there = (
        Posting.objects.filter(active(on), user=user.pk, unit__isnull=False)
        .annotate(place=ExpressionWrapper(PLACE, output_field=CharField()))
        .filter(place__startswith=F("unit__path"))
    )
    handed_in = DossierEvidence.objects.exclude(dossier__state=DossierState.DRAFT)
    return Q(pk__in=handed_in.filter(Exists(posted_there)).order_by().values("evidence"))
