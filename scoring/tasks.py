"""Nightly and background work: each calls one service, and may run twice without harm."""

import logging
from itertools import islice

from celery import shared_task
from django.utils import timezone

from scoring.models import Decision, Package
from scoring.selectors.rechecks import differences
from scoring.services import credentials, documents, journal_heads, packages, reminders

SWEEP = 50
NAMED = 50
log = logging.getLogger(__name__)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.remind_of_expiry", time_limit=300, soft_time_limit=270
)
def remind_of_expiry() -> None:
    """Certificates that end after a reminder day of their regime, findings that are overdue."""
    reminders.remind_of_expiry(at=timezone.now())
    reminders.remind_of_findings(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.remind_of_sheets", time_limit=300, soft_time_limit=270
)
def remind_of_sheets() -> None:
    """Members who meet tomorrow, and members whose sheet is late."""
    at = timezone.now()
    reminders.remind_of_sessions(at=at)
    reminders.remind_of_sheets(at=at)
    reminders.remind_of_complaints(at=at)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.recheck_ratings", time_limit=600, soft_time_limit=570
)
def recheck_ratings() -> None:
    """Computes everything concluded again; each difference is an error in the log.

    Then the task itself fails, so that whoever watches the worker sees it too.
    """
    found = list(islice(differences(), NAMED))
    for each in found:
        log.error("a published result does not check out: %s", each)
    if found:
        raise RuntimeError(f"what was concluded does not check out: {found[0]}")


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.make_documents", time_limit=300, soft_time_limit=270
)
def make_documents(decision_id: int) -> None:
    """The PDFs of a decision and its certificates; the sweep makes what this did not."""
    documents.make_all_of(Decision.objects.get(pk=decision_id))
    credentials.make_missing(limit=SWEEP, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.make_package", time_limit=300, soft_time_limit=270
)
def make_package(package_id: int) -> None:
    """The package of a dossier that went up; the sweep makes what this did not."""
    packages.make(Package.objects.get(pk=package_id))


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.make_missing_documents", time_limit=300, soft_time_limit=270, expires=55
)
def make_missing_documents() -> None:
    """Documents of which no task was heard."""
    documents.make_missing(limit=SWEEP)
    packages.make_missing(limit=SWEEP)
    credentials.make_missing(limit=SWEEP, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.sign_status_lists", time_limit=60, soft_time_limit=50, expires=15
)
def sign_status_lists() -> None:
    """What was decided about certificates, in the signed lists that anybody may fetch."""
    credentials.refresh_lists(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="scoring.tasks.sign_journal", time_limit=60, soft_time_limit=50, expires=55
)
def sign_journal() -> None:
    """The heads of the journal's days that are not signed by a key that counts."""
    journal_heads.sign_missing(at=timezone.now())
