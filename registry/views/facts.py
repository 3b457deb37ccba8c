"""What a page says of a subject, a product or a paper, as rows of label and value."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop_portal.web.templatetags.portal import vn_date, vn_datetime, vnd
from registry.domain.capacity import AreaCertificate
from registry.domain.documents import EvidenceKind
from registry.domain.eligibility import SubjectKind
from registry.forms.capacities import M2_IN_A_HECTARE
from registry.models import Evidence, Product, Subject, Unit
from registry.selectors import changes_of, material_areas_of, regime

Rows = list[tuple[str, Any]]


@dataclass(frozen=True)
class Facts:
    """What is known, as rows; of the rest only the names, in one sentence."""

    rows: Rows
    missing: list[str]


def told(rows: Rows, *, unasked: Collection[str] = ()) -> Facts:
    """The labels in `unasked` are shown where something is known, and never called missing."""
    return Facts(
        rows=[(label, value) for label, value in rows if value],
        missing=[label for label, value in rows if not value and label not in unasked],
    )


def subject_facts(subject: Subject) -> Facts:
    """Everything but what the law counts of the representative."""
    rows = [
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
    return told(rows)


def capacity_facts(subject: Subject) -> Facts:
    """What the programme counts of a subject, as far as it was said."""
    village = subject.craft_village
    rows = [
        (_("Số lao động"), _of_year(subject.workers, subject.workers_year)),
        (
            _("Trong đó lao động qua đào tạo"),
            _of_year(subject.trained_workers, subject.workers_year),
        ),
        (_("Làng nghề"), f"{village.name}, {village.commune.name}" if village else ""),
        (_("Chuỗi tuần hoàn"), subject.circular_note if subject.has_circular_chain else ""),
    ]
    return told(rows, unasked=(_("Làng nghề"), _("Chuỗi tuần hoàn")))


def _of_year(number: int | None, year: int | None) -> str:
    if number is None:
        return ""
    return _("%(number)s (năm %(year)s)") % {"number": number, "year": year}


def area_lines(subject: Subject, on: date) -> list[dict[str, Any]]:
    """The material areas, sizes in hectares."""
    return [
        {
            "area": area,
            "hectares": Decimal(area.area_m2) / M2_IN_A_HECTARE,
            "certificate": _(AreaCertificate(area.certificate).label) if area.certificate else "",
            "has_expired": area.has_expired(on),
        }
        for area in material_areas_of(subject)
    ]


def change_lines(subject: Subject) -> list[dict[str, Any]]:
    """What a subject was before, in words."""
    return [
        {
            "change": change,
            "label": CHANGED[change.field],
            "before": _value(change.field, change.before),
            "after": _value(change.field, change.after),
        }
        for change in changes_of(subject)
    ]


CHANGED = {
    "name": gettext_lazy("Tên chủ thể"),
    "kind": gettext_lazy("Loại hình"),
    "tax_code": gettext_lazy("Mã số thuế"),
    "registration_number": gettext_lazy("Số đăng ký kinh doanh"),
    "representative_name": gettext_lazy("Người đại diện"),
}


def _value(field: str, kept: str) -> str:
    return _(SubjectKind(kept).label) if field == "kind" else kept


def product_facts(product: Product) -> Facts:
    """The code is given at intake and most products are made in one place: neither is asked for."""
    sets = [
        (regime(row.regime).name, row.product_set.name) for row in product.classifications.all()
    ]
    rows = [
        (_("Mã sản phẩm"), product.code),
        *sets,
        (_("Quy cách, bao bì"), product.packaging),
        (_("Khối lượng, thể tích một gói"), _net(product)),
        (_("Mã GTIN"), product.gtin),
        (_("Giá bán"), price_range(product.price_from, product.price_to)),
        (_("Mùa vụ, thời gian có hàng"), product.availability),
        (_("Sản lượng một năm"), product.yearly_capacity),
        (_("Hạn sử dụng"), product.shelf_life),
        (_("Nơi đăng ký"), product.commune.long_name),
        (_("Nơi sản xuất khác"), _places(product)),
        (_("Xã, phường trước 1/7/2025"), _former(product.former_commune)),
    ]
    return told(rows, unasked=(_("Mã sản phẩm"), _("Nơi sản xuất khác")))


def _net(product: Product) -> str:
    return f"{product.net_quantity} {product.net_unit}" if product.net_quantity else ""


def _places(product: Product) -> str:
    made_in = product.production_communes.select_related("parent__parent").order_by("sort_key")
    return "; ".join(unit.long_name for unit in made_in)


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
        (_("Quét vi-rút"), vn_datetime(evidence.scanned_at) or _("Chưa quét")),
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
    return unit.long_name if unit else ""
