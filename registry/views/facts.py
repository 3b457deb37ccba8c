"""What a page says of a subject, a product or a paper, as rows of label and value."""

from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ocop_portal.web.templatetags.portal import vn_date, vn_datetime, vnd
from registry.domain.documents import EvidenceKind
from registry.domain.eligibility import SubjectKind
from registry.models import Evidence, Product, Subject, Unit
from registry.selectors import regime

Rows = list[tuple[str, Any]]


def subject_rows(subject: Subject) -> Rows:
    """Everything but what the law counts of the representative."""
    return [
        (_("Loại hình"), _(SubjectKind(subject.kind).label)),
        (_("Mã số thuế"), subject.tax_code),
        (_("Số đăng ký kinh doanh"), subject.registration_number),
        (_("Ngày đăng ký"), vn_date(subject.registered_on)),
        (_("Người đại diện"), subject.representative_name),
        (_("Điện thoại"), subject.phone),
        (_("Thư điện tử"), subject.email),
        (_("Địa chỉ"), _address(subject.address_line, subject.commune)),
        (_("Xã, phường trước 1/7/2025"), _former(subject.former_commune)),
    ]


def product_rows(product: Product) -> Rows:
    sets = [
        (regime(row.regime).name, row.product_set.name) for row in product.classifications.all()
    ]
    return [
        (_("Mã sản phẩm"), product.code),
        *sets,
        (_("Quy cách, bao bì"), product.packaging),
        (_("Giá bán"), price_range(product.price_from, product.price_to)),
        (_("Mùa vụ, thời gian có hàng"), product.availability),
        (_("Sản lượng một năm"), product.yearly_capacity),
        (_("Hạn sử dụng"), product.shelf_life),
        (_("Nơi đăng ký"), product.commune.long_name),
        (_("Xã, phường trước 1/7/2025"), _former(product.former_commune)),
    ]


def evidence_rows(evidence: Evidence, today: date) -> Rows:
    until = vn_date(evidence.valid_until)
    if evidence.has_expired(today):
        until = _("%(day)s (đã hết hạn)") % {"day": until}
    return [
        (_("Chủ thể"), evidence.subject.name),
        (_("Loại"), _(EvidenceKind(evidence.kind).label)),
        (_("Tệp"), evidence.original_name),
        (_("Dung lượng"), filesizeformat(evidence.size)),
        (_("Có giá trị đến hết ngày"), until),
        (_("Tải lên"), f"{vn_datetime(evidence.uploaded_at)}, {evidence.uploaded_by}"),
        (_("Đã rút"), vn_datetime(evidence.withdrawn_at)),
        ("SHA-256", evidence.sha256),
    ]


def price_range(low: int | None, high: int | None) -> str:
    """“100.000 ₫ – 150.000 ₫”, or the one price that is known."""
    known = [vnd(amount) for amount in dict.fromkeys((low, high)) if amount is not None]
    return " – ".join(known)


def _address(line: str, commune: Unit) -> str:
    return ", ".join(part for part in (line, commune.long_name) if part)


def _former(unit: Unit | None) -> str:
    return unit.long_name if unit else _("Chưa chọn")
