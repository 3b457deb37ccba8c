"""The PDF of a certificate and of a decision: made after the signature, kept with its hash.

The row is the queue: a row without a document is found by the sweep until it has one. A document
that was made never changes; making it again changes nothing.
"""

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import segno
import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from registry.domain.regime import Level
from registry.selectors import regime
from scoring.domain.authorities import authority_name
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.measures import is_measure
from scoring.domain.short_code import shown
from scoring.models import Certificate, Decision
from scoring.selectors.certificates import certificates
from scoring.selectors.decisions import decisions, items_of
from scoring.selectors.measures import measures_of

Row = TypeVar("Row", Certificate, Decision)
SOURCES = Path(__file__).parent.parent / "documents"
# What follows for the subject; printed, and Vietnamese in every language.
CONSEQUENCES = {
    DecisionKind.SUSPEND: "Chủ thể không sử dụng hạng sao và nhãn hiệu OCOP trong thời gian đó.",
    DecisionKind.RESTORE: "Chủ thể được dùng lại hạng sao và nhãn hiệu OCOP đến hết hạn của giấy.",
    DecisionKind.REVOKE: "Chủ thể không còn được dùng hạng sao và nhãn hiệu OCOP kể từ ngày ký.",
}
ARCHIVE_FORM: Literal["a-2b"] = "a-2b"  # PDF/A: readable for as long as the archive has to keep it


def make_certificate(certificate: Certificate) -> Certificate:
    """Makes and stores the certificate's PDF, unless it has one."""
    current = certificates().get(pk=certificate.pk)
    if current.pdf:
        return current
    content = _compiled("certificate", _certificate_data(current))
    return _stored(current, content)


def make_decision(decision: Decision) -> Decision:
    """Makes and stores the PDF of a signed decision with its list, unless it has one."""
    current = decisions().get(pk=decision.pk)
    if current.pdf or current.status is not DecisionState.SIGNED:
        return current
    if is_measure(current.does):
        return _stored(current, _compiled("measure", _measure_data(current)))
    return _stored(current, _compiled("decision", _decision_data(current)))


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
    for certificate in Certificate.objects.filter(pdf="").order_by("pk")[:limit]:
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


def _compiled(source: str, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        (SOURCES / f"{source}.typ").read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=ARCHIVE_FORM,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _certificate_data(certificate: Certificate) -> dict[str, Any]:
    decision = certificate.decision
    return {
        **_letterhead(decision),
        "title": f"Giấy chứng nhận số {certificate.number}",
        "number": certificate.number,
        "stars": certificate.stars,
        "product": certificate.product_name,
        "product_code": certificate.product_code or "–",
        "subject": certificate.subject_name,
        "address": certificate.subject_address or "–",
        "set": certificate.set_name,
        "decision": decision.number,
        "issued_on": _day(certificate.issued_on),
        "valid_until": _day(certificate.valid_until),
        "code": shown(certificate.code),
        "qr": _qr(verification_url(certificate.code)),
        "url": verification_url(certificate.code),
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    items = list(items_of(decision))
    law = regime(items[0].rating.regime)
    return {
        **_letterhead(decision),
        "title": decision.title,
        "number": decision.number,
        "months": law.certificate_months,
        "grounds": [law.decree, "kết quả đánh giá, phân hạng của hội đồng"],
        "items": [
            {
                "product": item.rating.dossier.enrolment.product.name,
                "set": item.rating.dossier.product_set.name,
                "subject": item.rating.dossier.enrolment.product.subject.name,
                "place": item.rating.dossier.enrolment.commune.long_name,
                "stars": item.stars,
            }
            for item in items
        ],
    }


def _measure_data(decision: Decision) -> dict[str, Any]:
    measures = list(measures_of(decision))
    first = measures[0]
    return {
        **_letterhead(decision),
        "title": decision.title,
        "number": decision.number,
        "verb": decision.does.label,
        "grounds": [regime(first.certificate.regime).decree, "kết luận kiểm tra, xác minh"],
        "legal_ground": RevocationGround(first.ground).label if first.ground else "",
        "note": first.note,
        "consequence": CONSEQUENCES[decision.does],
        "items": [
            {
                "number": measure.certificate.number,
                "product": measure.certificate.product_name,
                "subject": measure.certificate.subject_name,
                "stars": measure.certificate.stars,
            }
            for measure in measures
        ],
    }


def _letterhead(decision: Decision) -> dict[str, Any]:
    on = decision.decided_on
    return {
        "unit": authority_name(Level(decision.level), decision.unit.name),
        "authority": authority_name(Level(decision.level), decision.unit.name),
        "signer": decision.signer_name,
        "signer_title": decision.signer_title or "Người có thẩm quyền",
        "decided_on": _day(on),
        "place_and_date": f"{_place(decision)}, ngày {on.day} tháng {on.month} năm {on.year}",
        "date": [on.year, on.month, on.day],
    }


def _place(decision: Decision) -> str:
    return "Hà Nội" if decision.level == Level.CENTRAL else decision.unit.short_name


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _qr(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
