"""Inspections as a person may see them, checklists, and what is still to be settled."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Count, Max, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.models import Unit
from registry.selectors import country, standing_of
from registry.selectors.people import Person
from scoring.domain.certificate_states import CertificateState
from scoring.domain.decision_states import DecisionState
from scoring.domain.inspections import CheckItem, InspectionState, checklist
from scoring.models import Certificate, Finding, Inspection, InspectionPhoto, InspectionPlan
from scoring.selectors.rubrics import rubric_of

STANDING = Path(__file__).parent.parent / "data" / "inspection.toml"
SEEN_BY_PRODUCERS = (InspectionState.RECORDED, InspectionState.CLOSED)


@cache
def standing_items() -> tuple[CheckItem, ...]:
    """The lines that every inspection asks."""
    with STANDING.open("rb") as file:
        return tuple(CheckItem(**row) for row in tomllib.load(file)["items"])


def checklist_of(certificate: Certificate) -> tuple[CheckItem, ...]:
    """What is looked at for this certificate, by the rubric by which it was scored.

    One from before the portal was scored elsewhere: only the standing lines are asked.
    """
    if certificate.rating is None:
        return standing_items()
    rubric = rubric_of(certificate.rating.edition)
    return checklist(rubric, certificate.stars, standing_items())


def office_of(certificate: Certificate) -> Unit:
    """Who inspects: the country's office for five stars, else that of the product's province."""
    if certificate.level == Level.CENTRAL:
        return country()
    return certificate.product.commune.province or certificate.unit


def inspections() -> QuerySet[Inspection]:
    return Inspection.objects.select_related(
        "certificate__product__subject",
        "certificate__product__commune__parent__parent",
        "certificate__unit__parent__parent",
        "certificate__rating__edition",
        "unit__parent__parent",
        "plan",
    ).order_by("due_on", "id")


def visible_inspections(user: Person, on: date) -> QuerySet[Inspection]:
    """Those of the offices at or below the person's postings, and, once they are recorded, those
    of the person's own subjects: an unannounced visit stays one."""
    if not isinstance(user, User) or not user.is_active:
        return inspections().none()
    standing = standing_of(user, on)
    seen = Q(certificate__product__subject__in=standing.subject_ids, state__in=SEEN_BY_PRODUCERS)
    for path in standing.paths:
        seen |= Q(unit__path__startswith=path)
        seen |= Q(certificate__product__commune__path__startswith=path, state__in=SEEN_BY_PRODUCERS)
    return inspections().filter(seen)


def listed_inspections(user: Person, on: date) -> QuerySet[Inspection]:
    """For the list: with how many findings each still has open."""
    is_open = Q(findings__mended_on__isnull=True, findings__proposes="none")
    return visible_inspections(user, on).annotate(open_findings=Count("findings", filter=is_open))


def visible_photos(user: Person, on: date) -> QuerySet[InspectionPhoto]:
    seen = visible_inspections(user, on).order_by().values("pk")
    return InspectionPhoto.objects.filter(inspection__in=seen)


def plan_of(unit: Unit, year: int) -> InspectionPlan | None:
    return InspectionPlan.objects.filter(unit=unit, year=year).first()


def planned(plan: InspectionPlan | None) -> QuerySet[Inspection]:
    return inspections().filter(plan=plan) if plan else inspections().none()


def to_plan(unit: Unit, year: int, on: date) -> QuerySet[Certificate]:
    """Certificates in force that the office inspects and the year's plan does not name yet.

    Those that were never visited come first, then those whose last visit is longest ago.
    """
    is_central = Q(level=Level.CENTRAL)
    area = is_central if unit.level == Level.CENTRAL else ~is_central & _within(unit)
    named = Inspection.objects.filter(plan__unit=unit, plan__year=year)
    return (
        Certificate.objects.filter(area, state=CertificateState.VALID, valid_until__gte=on)
        .exclude(pk__in=named.values("certificate"))
        .annotate(last_visit=Max("inspections__visited_on"))
        .select_related("product__subject")
        .order_by("last_visit", "valid_until", "id")
    )


def open_findings(inspection: Inspection) -> list[Finding]:
    """Findings that are neither mended nor followed by a signed decision."""
    return [finding for finding in findings_of(inspection) if not is_settled(finding)]


def findings_of(inspection: Inspection) -> list[Finding]:
    rows = Finding.objects.filter(inspection=inspection).prefetch_related("measures__decision")
    return list(rows.order_by("id"))


def is_settled(finding: Finding) -> bool:
    """Mended, or decided about."""
    decided = (each.decision.status is DecisionState.SIGNED for each in finding.measures.all())
    return finding.mended_on is not None or any(decided)


def overdue_findings(on: date) -> Iterable[Finding]:
    """Findings whose day has passed unmended, for the nightly reminder."""
    return (
        Finding.objects.filter(
            mended_on__isnull=True, due_on__lt=on, inspection__state=InspectionState.RECORDED
        )
        .select_related("inspection__certificate__product", "inspection__unit")
        .order_by("id")
    )


def waiting_for(user: Person, on: date) -> QuerySet[Inspection]:
    """Visits that the person's office still has to make, the most pressing first."""
    return visible_inspections(user, on).filter(state=InspectionState.ORDERED)


def _within(unit: Unit) -> Q:
    return Q(product__commune__path__startswith=unit.path)
