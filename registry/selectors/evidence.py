"""Evidence that a person may see."""

from datetime import date

from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from registry import shields
from registry.models import Evidence, Subject
from registry.selectors.people import Person
from registry.selectors.subjects import visible_subjects


def visible_evidence(user: Person, on: date) -> QuerySet[Evidence]:
    """Papers of the subjects that the person may see, less what a shield hides.

    Withdrawn papers are among them: a dossier that holds one still shows it.
    """
    rows = Evidence.objects.select_related("subject", "uploaded_by", "replaced_by").order_by(
        "-uploaded_at", "-id"
    )
    if not isinstance(user, User):
        return rows.none()
    seen = Q(subject__in=visible_subjects(user, on).order_by().values("pk"))
    seen |= shields.opened(Evidence, user, on)
    return shields.shielded(rows.filter(seen), user, on)


def papers_of(subject: Subject) -> QuerySet[Evidence]:
    """The papers of a subject that stand: for the forms of its own people."""
    return Evidence.objects.filter(
        subject=subject, withdrawn_at__isnull=True, replaced_by__isnull=True
    )


def evidence_of(subject: Subject, user: Person, on: date) -> QuerySet[Evidence]:
    """The papers of a subject that are offered to dossiers, as far as the person may see them."""
    return visible_evidence(user, on).filter(
        subject=subject, withdrawn_at__isnull=True, replaced_by__isnull=True
    )


def running_out(*, after: date, until: date) -> QuerySet[Evidence]:
    """Papers that stand and whose last day lies after `after` and not after `until`."""
    return (
        Evidence.objects.filter(
            valid_until__gt=after,
            valid_until__lte=until,
            withdrawn_at__isnull=True,
            replaced_by__isnull=True,
        )
        .select_related("subject")
        .order_by("valid_until", "pk")
    )
