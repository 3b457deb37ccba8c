"""The PDF of a certificate and of a decision: made after the signature, kept with its hash.

The row is the queue: a row without a document is found by the sweep until it has one. A document
that was made never changes; making it again changes nothing.
"""

import hashlib
import io
from typing import Any, TypeVar

import segno
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from registry.selectors import names_on
from scoring.domain.decision_states import DecisionState
from scoring.domain.short_code import shown
from scoring.models import Certificate, Decision
from scoring.selectors.certificates import certificates, without_pdf
from scoring.selectors.decisions import decisions
from scoring.services.decision_papers import decision_paper
from scoring.services.letterheads import letterhead, shown_day
from scoring.services.typesetting import compiled

Row = TypeVar("Row", Certificate, Decision)


def make_certificate(certificate: Certificate) -> Certificate:
    """Makes and stores the certificate's PDF, unless it has one.

    A certificate from before the portal gets none: its document is the paper of the authority.
    """
    current = certificates().get(pk=certificate.pk)
    if current.pdf or current.is_recorded:
        return current
    drawn = {"qr": qr_svg(verification_url(current.code))}
    return _stored(current, compiled("certificate", _certificate_data(current), drawn=drawn))


def make_decision(decision: Decision) -> Decision:
    """Makes and stores the PDF of a signed decision with its list, unless it has one."""
    current = decisions().get(pk=decision.pk)
    if current.pdf or current.status is not DecisionState.SIGNED:
        return current
    return _stored(current, decision_paper(current))


def make_all_of(decision: Decision) -> None:
    """Every document that follows from a signature."""
    make_decision(decision)
    for certificate in decision.certificates.filter(pdf="").order_by("pk"):
        make_certificate(certificate)


def make_missing(*, limit: int) -> int:
    """Makes what has not been made yet, the oldest first; says how many."""
    made = 0
    signed = Decision.objects.filter(state=DecisionState.SIGNED, pdf="").order_by("pk")
    for decision in signed[:limit]:
        make_decision(decision)
        made += 1
    for certificate in without_pdf()[:limit]:
        make_certificate(certificate)
        made += 1
    return made


def verification_url(code: str) -> str:
    return f"{settings.SITE_URL}/xac-thuc/{code}/"


def _stored(row: Row, content: bytes) -> Row:
    """Writes the file first, then names it in the row if nobody else has done so meanwhile."""
    row.pdf.save("document.pdf", ContentFile(content), save=False)
    row.sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        taken = type(row).objects.filter(pk=row.pk, pdf="")
        if not taken.update(pdf=row.pdf.name, sha256=row.sha256):
            row.pdf.storage.delete(str(row.pdf.name))
            row.refresh_from_db(fields=["pdf", "sha256"])
    return row


def _certificate_data(certificate: Certificate) -> dict[str, Any]:
    decision = certificate.decision
    return {
        **letterhead(decision, names_on(decision.decided_on)),
        "title": f"Giấy chứng nhận số {certificate.number}",
        "number": certificate.number,
        "stars": certificate.stars,
        "product": certificate.product_name,
        "product_code": certificate.product_code or "–",
        "subject": certificate.subject_name,
        "address": certificate.subject_address or "–",
        "set": certificate.set_name,
        "decision": decision.number,
        "issued_on": shown_day(certificate.issued_on),
        "valid_until": shown_day(certificate.valid_until),
        "code": shown(certificate.code),
        "url": verification_url(certificate.code),
    }


def qr_svg(text: str) -> str:
    """The QR code of a text as a drawing."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
