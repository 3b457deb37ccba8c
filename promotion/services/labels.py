"""What a producer prints: the official mark with the certificate's QR, and a card for the shelf.

Only for a certificate that is valid today. The mark is the province's file, byte for byte; where
the province has uploaded none, a placeholder says that it is none.
"""

import hashlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import segno
from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.models import OfficialMark
from promotion.permissions import may_keep_marks
from promotion.selectors.marks import mark_for
from registry.domain.clock import legal_day
from registry.domain.documents import FileKind, safe_name
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Unit
from registry.services import uploads
from scoring.domain.certificate_states import CertificateStatus
from scoring.models import Certificate
from scoring.services.documents import qr_svg, verification_url
from scoring.services.typesetting import compiled

PICTURES = {FileKind.PNG, FileKind.JPEG}
MARK_KINDS = PICTURES | {FileKind.PDF}
QR_SCALE = 12
PLACEHOLDER = Path(__file__).parent.parent / "documents" / "placeholder.svg"


def keep_mark(unit: Unit, *, stars: int, file: "File[Any]", by: User, at: datetime) -> OfficialMark:
    """The province's artwork for a number of stars, kept byte for byte.

    Refused: nobody's office, a file that is neither PNG, JPG nor PDF by its content.
    """
    require(may_keep_marks(by, unit, on=legal_day(at)))
    found = uploads.inspect(file, at=at)
    if found.kind not in MARK_KINDS:
        raise RuleBroken(
            "mark.kind", term("Mẫu nhãn hiệu phải là tệp PNG, JPG hoặc PDF."), field="file"
        )
    mark = OfficialMark(
        unit=unit,
        stars=stars,
        original_name=safe_name(file.name or "", found.kind),
        content_type=found.kind.content_type,
        sha256=found.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    mark.file.save(f"mau.{found.kind.value}", file, save=False)
    try:
        return _keep(mark, by, at)
    except Exception:
        mark.file.delete(save=False)
        raise


def check_valid(certificate: Certificate, on: date) -> None:
    """Refuses labels for a certificate that is not in force today."""
    status = certificate.status_on(on)
    if status is not CertificateStatus.VALID:
        raise RuleBroken(
            "label.not_valid",
            term("Chỉ giấy chứng nhận còn hiệu lực mới có bộ nhãn; giấy này: %(status)s."),
            status=status.label,
        )


def pack(certificate: Certificate, *, on: date) -> bytes:
    """A ZIP with the mark, the QR code, the shelf card and what they say in words."""
    check_valid(certificate, on)
    mark = mark_for(certificate)
    url = verification_url(certificate.code)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if mark is None:
            archive.writestr("o-giu-cho-khong-phai-nhan-hieu.svg", PLACEHOLDER.read_bytes())
        else:
            archive.writestr(_mark_name(mark), _content(mark))
        archive.writestr("ma-qr.svg", qr_svg(url))
        archive.writestr("ma-qr.png", _qr_png(url))
        archive.writestr("the-ke.pdf", shelf_card(certificate, on=on))
        archive.writestr("thong-tin.txt", _words(certificate, mark, url))
    return held.getvalue()


def shelf_card(certificate: Certificate, *, on: date) -> bytes:
    """A card for the shelf, its QR leading to the certificate's live status."""
    check_valid(certificate, on)
    url = verification_url(certificate.code)
    data = {
        "title": certificate.product_name,
        "date": [on.year, on.month, on.day],
        "product": certificate.product_name,
        "subject": certificate.subject_name,
        "stars": certificate.stars,
        "number": certificate.number,
        "valid_until": f"{certificate.valid_until:%d/%m/%Y}",
        "code": certificate.shown_code,
        "url": url,
    }
    return compiled("shelf_card", data, drawn={"qr": qr_svg(url)})


def _mark_name(mark: OfficialMark) -> str:
    ending = str(mark.file.name).rpartition(".")[2]
    return f"nhan-hieu-{mark.stars}-sao.{ending}"


def _content(mark: OfficialMark) -> bytes:
    """The file as it was uploaded; one that was changed in the store is not handed out."""
    with mark.file.open("rb") as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != mark.sha256:
        raise RuleBroken("mark.changed", term("Tệp mẫu nhãn hiệu trong kho không còn nguyên vẹn."))
    return content


def _qr_png(url: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="png", scale=QR_SCALE, border=4)
    return drawn.getvalue()


def _words(certificate: Certificate, mark: OfficialMark | None, url: str) -> str:
    lines = [
        f"Sản phẩm: {certificate.product_name}",
        f"Chủ thể: {certificate.subject_name}",
        f"Hạng: {certificate.stars} sao",
        f"Số giấy chứng nhận: {certificate.number}",
        f"Có giá trị đến hết ngày: {certificate.valid_until:%d/%m/%Y}",
        f"Kiểm tra hiệu lực: {url}",
        "",
        "Nhãn hiệu giữ nguyên mẫu của tỉnh: không vẽ lại, không đổi màu, tỷ lệ."
        if mark
        else "Tỉnh chưa tải lên mẫu nhãn hiệu; tệp trong gói chỉ là ô giữ chỗ, không được in.",
    ]
    return "\r\n".join(lines) + "\r\n"


@transaction.atomic
def _keep(mark: OfficialMark, by: User, at: datetime) -> OfficialMark:
    mark.save(force_insert=True)
    record(
        "promotion.mark.uploaded",
        subject=mark,
        actor=by,
        at=at,
        facts={"unit": mark.unit_id, "stars": mark.stars, "sha256": mark.sha256},
    )
    return mark
