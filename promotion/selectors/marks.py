"""The official mark that a certificate's labels carry."""

from datetime import date

from promotion.models import OfficialMark
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, units
from registry.selectors.people import Person
from scoring.models import Certificate
from scoring.selectors.inspections import office_of

KEEPERS = (Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)
MARK_LEVELS = (Level.PROVINCE, Level.CENTRAL)


def mark_keepers(user: Person, on: date) -> list[Unit]:
    """The offices for which the person keeps the mark: those of the person's own postings.

    The office of a province that has been merged into another keeps none.
    """
    held = postings_of(user, on).filter(role__in=KEEPERS).order_by().values("unit")
    found = units().filter(pk__in=held, level__in=MARK_LEVELS)
    return [unit for unit in found if unit.is_valid(on)]


def mark_for(certificate: Certificate) -> OfficialMark | None:
    """The newest artwork of the office in charge for these stars; None: it uploaded none."""
    rows = OfficialMark.objects.filter(unit=office_of(certificate), stars=certificate.stars)
    return rows.order_by("-uploaded_at", "-id").first()


def marks_of(unit: Unit) -> list[OfficialMark]:
    """Every artwork of an office, the newest first."""
    return list(
        OfficialMark.objects.filter(unit=unit)
        .select_related("uploaded_by")
        .order_by("-uploaded_at", "-id")
    )
