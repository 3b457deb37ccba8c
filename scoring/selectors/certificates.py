"""Certificates: by their public code, by product, and those that soon expire."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.models import Product
from registry.selectors import names_on_days, regimes, standing_of
from registry.selectors.people import Person
from scoring.domain.authorities import authority_name
from scoring.domain.certificate_states import CertificateState
from scoring.domain.short_code import read_code
from scoring.models import Certificate

CATCH_UP_DAYS = 7


@dataclass(frozen=True)
class DueReminder:
    """A certificate that reached this many days before its end; said once."""

    certificate: Certificate
    days_left: int


def certificates() -> QuerySet[Certificate]:
    """Every certificate with its product, its decision and what follows it."""
    return Certificate.objects.select_related(
        "product__subject",
        "product__commune__parent__parent",
        "product_set",
        "decision__unit",
        "unit__parent__parent",
        "superseded_by",
    ).order_by("-issued_on", "-id")


def by_code(code: str) -> Certificate | None:
    """The certificate of a public code as somebody typed it.

    A code that cannot be one (length, signs, check) raises RuleBroken with the reason; one that
    could be but is not gives None.
    """
    return certificates().filter(code=read_code(code)).first()


def visible_certificates(user: Person, on: date) -> QuerySet[Certificate]:
    """Certificates of the subjects the person works for, and of the units of their postings."""
    if not isinstance(user, User) or not user.is_active:
        return certificates().none()
    standing = standing_of(user, on)
    seen = Q(product__subject__in=standing.subject_ids)
    for path in standing.paths:
        seen |= Q(unit__path__startswith=path)
        seen |= Q(rating__dossier__enrolment__commune__path__startswith=path)
        seen |= Q(rating__isnull=True, product__commune__path__startswith=path)
    return certificates().filter(seen)


def certificates_of(product: Product) -> QuerySet[Certificate]:
    """A product's certificates, the newest first."""
    return certificates().filter(product=product)


def authorities_of(found: Collection[Certificate]) -> dict[int, str]:
    """By certificate: who recognised, by its name of the day of the decision; one query."""
    names = names_on_days(each.decision.decided_on for each in found)
    return {
        each.pk: authority_name(Level(each.level), names[each.decision.decided_on].name(each.unit))
        for each in found
    }


def authority_of(certificate: Certificate) -> str:
    """Who recognised, as it stands on the certificate."""
    return authorities_of([certificate])[certificate.pk]


def valid_until_of(dossier: Dossier) -> date | None:
    """The last day of the certificate that a dossier would renew: the product's newest."""
    standing = Certificate.objects.exclude(state=CertificateState.REVOKED)
    newest = standing.filter(product=dossier.enrolment.product_id).order_by("-valid_until", "-id")
    return newest.values_list("valid_until", flat=True).first()


def in_force(on: date) -> QuerySet[Certificate]:
    """Certificates that are valid on a day: neither suspended, revoked, superseded nor expired."""
    return certificates().filter(
        state=CertificateState.VALID, issued_on__lte=on, valid_until__gte=on
    )


def current_of(product: Product, on: date) -> Certificate | None:
    """The product's certificate in force on a day."""
    return in_force(on).filter(product=product).first()


def without_pdf() -> QuerySet[Certificate]:
    """Certificates whose document has not been made yet: the row is the queue."""
    return certificates().filter(pdf="", rating__isnull=False).order_by("id")


def due_reminders(on: date) -> Iterator[DueReminder]:
    """What is to be reminded of on a day, by the reminder days of each certificate's regime.

    Also what was due on the days before, so that nights on which nothing ran lose no reminder.
    """
    days_left = {
        (law.code, on + timedelta(days=days - late)): days
        for law in regimes()
        for days in law.reminder_days
        for late in range(CATCH_UP_DAYS)
    }
    ending = certificates().filter(
        state=CertificateState.VALID, valid_until__in={day for _regime, day in days_left}
    )
    for certificate in ending.order_by("id"):
        if days := days_left.get((certificate.regime, certificate.valid_until)):
            yield DueReminder(certificate, days)


def expired_on(on: date) -> QuerySet[Certificate]:
    """Certificates whose last day was the day before, or a few days earlier."""
    ended = (on - timedelta(days=CATCH_UP_DAYS), on - timedelta(days=1))
    return (
        certificates().filter(state=CertificateState.VALID, valid_until__range=ended).order_by("id")
    )
