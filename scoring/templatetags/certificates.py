"""What a certificate is worth on the day of a page."""

from datetime import date

from django import template

from scoring.domain.certificate_states import CertificateStatus
from scoring.models import Certificate

register = template.Library()


@register.filter
def status_on(certificate: Certificate, day: date) -> CertificateStatus:
    """Its state, and the clock."""
    return certificate.status_on(day)
