"""The official mark that a certificate's labels carry."""

from promotion.models import OfficialMark
from registry.models import Unit
from scoring.models import Certificate
from scoring.selectors.inspections import office_of


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
