"""The official forms of a dossier as PDF (QĐ 26/2026, Phụ lục III: Mẫu 01, 02, 03; B13).

A lodged dossier prints what was handed in, a draft what stands in it now and says so. The table
of criteria in Mẫu 02 is the scoring's: it asks for the parts of the form and adds its own.
"""

from datetime import date, datetime
from typing import Any

from cycle.domain.checklist import EvidenceItem
from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models import CommuneReport, Dossier
from cycle.selectors import unit_above
from cycle.services import forms
from cycle.services.snapshots import as_stored, snapshot_of
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Level
from registry.selectors import UnitNames, names_on, regime

DRAFT = "Bản đang soạn, chưa nộp"
OATH = (
    "Chúng tôi cam đoan các thông tin và minh chứng trong hồ sơ là đúng sự thật và chịu trách "
    "nhiệm trước pháp luật."
)
NAMES = {
    ("2026", "registration"): "Mẫu 01 (QĐ 26/2026/QĐ-TTg)",
    ("2026", "report"): "Mẫu 02 (QĐ 26/2026/QĐ-TTg)",
    ("2026", "commune"): "Mẫu 03 (QĐ 26/2026/QĐ-TTg)",
}
EMPTY_ROWS = 12
GENDERS = {"female": "Nữ", "male": "Nam", "other": "Khác"}
REPORT_TITLES = (
    ("local_material", "1. Nguyên liệu địa phương"),
    ("local_labour", "2. Lao động địa phương"),
    ("origin_of_idea", "3. Nguồn gốc ý tưởng sản phẩm"),
    ("local_identity", "4. Bản sắc, trí tuệ địa phương"),
)


def content_of(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """What was handed in last; of an open dossier what stands in it now."""
    last = dossier.snapshot
    if last is not None and not DossierState(dossier.state).is_open:
        return last
    return as_stored(snapshot_of(dossier, rubric_hash="", assessment={}, at=at))


def registration(dossier: Dossier, *, at: datetime) -> bytes:
    """Mẫu 01: who registers which product for which kind of evaluation."""
    content = content_of(dossier, at=at)
    subject, product_set = content["subject"], dossier.product_set
    kind = EnrolmentKind(dossier.kind).label
    rows = [
        ("Tên đơn vị", subject["name"]),
        ("Người đại diện theo pháp luật", subject["representative_name"]),
        ("Chức vụ", ""),
        ("Địa chỉ", address(content)),
        ("Điện thoại", subject["phone"]),
        ("Thư điện tử", subject["email"]),
        ("Tên sản phẩm", content["product"]["name"]),
        ("Ngành, nhóm", " / ".join(filter(None, (product_set.industry, product_set.group)))),
        ("Bộ sản phẩm", f"{product_set.number}. {product_set.name}"),
        ("Loại đăng ký", kind),
        ("Hồ sơ kèm theo", _attachments(dossier, content)),
    ]
    return forms.compiled(
        {
            **head(dossier, "PHIẾU ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP", "registration", at),
            "addressee": _addressee(dossier, names_on(_day_of(dossier, at))),
            "blocks": [forms.facts(rows)],
            "closing": OATH,
            "signatures": [
                {"title": "", "hint": "", "name": ""},
                forms.signature("ĐẠI DIỆN CHỦ THỂ", subject["representative_name"]),
            ],
            "offices": _offices(dossier),
        }
    )


def commune_report(report: CommuneReport) -> bytes:
    """Mẫu 03: the commune's four findings."""
    dossier = report.dossier
    content = content_of(dossier, at=report.reported_at)
    commune = dossier.enrolment.commune
    rows = [
        ("Chủ thể", content["subject"]["name"]),
        ("Sản phẩm", content["product"]["name"]),
        ("Bộ sản phẩm", f"{dossier.product_set.number}. {dossier.product_set.name}"),
        ("Mã hồ sơ", dossier.code),
        ("Địa chỉ sản xuất", address(content)),
    ]
    findings = [forms.text(title, getattr(report, name)) for name, title in REPORT_TITLES]
    on = legal_day(report.reported_at)
    names = names_on(on)
    return forms.compiled(
        {
            **head(dossier, "BÁO CÁO VỀ SẢN PHẨM ĐĂNG KÝ OCOP", "commune", report.reported_at),
            "left": ["Ủy ban nhân dân", names.name(commune)],
            "note": "",
            "place_and_date": forms.place_and_date(names.short_name(commune), on),
            "addressee": _office_above(dossier, names),
            "blocks": [
                forms.heading("I. THÔNG TIN CHUNG"),
                forms.facts(rows),
                forms.heading("II. NỘI DUNG BÁO CÁO"),
                *findings,
            ],
            "signatures": [
                {"title": "", "hint": "", "name": ""},
                forms.signature("TM. ỦY BAN NHÂN DÂN"),
            ],
        }
    )


def outline(dossier: Dossier, item: EvidenceItem, *, at: datetime) -> bytes:
    """A paper to be filled in by hand, where the subject draws it up itself."""
    name = dossier.enrolment.product.subject.representative_name
    return forms.compiled(
        {
            **head(dossier, item.title.upper(), "", at),
            "note": "",
            "place_and_date": "",
            "blocks": [_to_fill_in(item)],
            "signatures": [
                {"title": "", "hint": "", "name": ""},
                forms.signature("ĐẠI DIỆN CHỦ THỂ", name),
            ],
        }
    )


def _to_fill_in(item: EvidenceItem) -> dict[str, Any]:
    if not item.is_list:
        return forms.lines(item.outline)
    widths = [1] * len(item.outline)
    return forms.table(item.outline, widths, [[" \n "] * len(item.outline)] * EMPTY_ROWS)


def general_part(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Part I of Mẫu 02: subject and product, with what of the papers is there."""
    subject, product = content["subject"], content["product"]
    rows = [
        ("Chủ thể", subject["name"]),
        ("Loại hình tổ chức", SubjectKind(subject["kind"]).label),
        ("Địa chỉ", address(content)),
        ("Điện thoại, thư điện tử", ", ".join(filter(None, (subject["phone"], subject["email"])))),
        ("Người đại diện", subject["representative_name"]),
        ("Giới tính", GENDERS.get(subject.get("representative_gender", ""), "")),
        ("Dân tộc", subject.get("representative_ethnicity", "")),
        ("Số đăng ký kinh doanh", subject["registration_number"]),
        ("Ngày thành lập", forms.day(subject.get("registered_on"))),
        ("Sản phẩm", product["name"]),
        ("Quy cách, bao bì", product["packaging"]),
    ]
    return [
        forms.heading("PHẦN I. THÔNG TIN CHUNG"),
        forms.facts(rows),
        _papers_table(content),
        forms.text("Lịch sử hình thành, tổ chức", _text(content, "introduction")),
    ]


def results_part(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Part II: what came of the plan, and what changed since the recognition."""
    blocks = [
        forms.heading("PHẦN II. KẾT QUẢ THỰC HIỆN PHƯƠNG ÁN"),
        forms.text("", _text(content, "plan_results")),
    ]
    changes = _text(content, "changes")
    return [*blocks, forms.text("Thay đổi từ lần công nhận trước", changes)] if changes else blocks


def outlook_part(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Part IV: what is planned."""
    return [
        forms.heading("PHẦN IV. KẾ HOẠCH PHÁT TRIỂN"),
        forms.text("", _text(content, "outlook")),
    ]


def report_head(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """The head and the end of Mẫu 02."""
    name = dossier.enrolment.product.subject.representative_name
    return {
        **head(dossier, "BÁO CÁO TỰ ĐÁNH GIÁ SẢN PHẨM OCOP", "report", at),
        "addressee": _addressee(dossier, names_on(_day_of(dossier, at))),
        "closing": OATH,
        "signatures": [
            {"title": "", "hint": "", "name": ""},
            forms.signature("ĐẠI DIỆN CHỦ THỂ", name),
        ],
    }


def head(dossier: Dossier, heading: str, form: str, at: datetime) -> dict[str, Any]:
    """Who sends what, on which day."""
    enrolment = dossier.enrolment
    on = _day_of(dossier, at)
    is_open = DossierState(dossier.state).is_open
    place = unit_above(enrolment.commune, Level.COMMUNE) or enrolment.commune
    code = f" · {dossier.code}" if dossier.code else ""
    return {
        "title": f"{heading}: {enrolment.product.name}",
        "heading": heading,
        "subtitle": enrolment.product.name,
        "form": NAMES.get((dossier.regime, form), ""),
        "left": [enrolment.product.subject.name],
        "note": DRAFT if is_open else "",
        "place_and_date": forms.place_and_date(names_on(on).short_name(place), on),
        "date": [on.year, on.month, on.day],
        "footer": f"{enrolment.product.name}{code} · {enrolment.round.name}",
    }


def address(content: dict[str, Any]) -> str:
    return ", ".join(filter(None, (content["subject"]["address_line"], content["commune"])))


def _day_of(dossier: Dossier, at: datetime) -> date:
    is_open = DossierState(dossier.state).is_open
    return legal_day(at if is_open or dossier.lodged_at is None else dossier.lodged_at)


def _addressee(dossier: Dossier, names: UnitNames) -> str:
    commune = dossier.enrolment.commune
    if regime(dossier.regime).commune_report_days:
        return f"Ủy ban nhân dân {_lowered(names.name(commune))}"
    return _office_above(dossier, names)


def _office_above(dossier: Dossier, names: UnitNames) -> str:
    level = regime(dossier.regime).first_stage.level
    unit = unit_above(dossier.enrolment.commune, level)
    return f"Ủy ban nhân dân {_lowered(names.name(unit))}" if unit else ""


def _lowered(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _attachments(dossier: Dossier, content: dict[str, Any]) -> str:
    files = len({paper["id"] for paper in content["evidence"]})
    samples = dossier.product_set.samples_required
    told = f"Báo cáo tự đánh giá; {files} minh chứng"
    return f"{told}; {samples} mẫu sản phẩm" if samples else told


def _offices(dossier: Dossier) -> list[dict[str, str]]:
    """The two boxes that the offices fill in: number, day, receiver."""
    if not regime(dossier.regime).commune_report_days:
        return []
    number = "………-………/PĐK-(Mã tỉnh)-(Mã xã)-(Năm)"
    return [
        {"title": title, "number": number, "received": "", "receiver": ""}
        for title in ("PHẦN GHI CỦA UBND CẤP XÃ", "PHẦN GHI CỦA CƠ QUAN CẤP TỈNH")
    ]


def _papers_table(content: dict[str, Any]) -> dict[str, Any]:
    rows = [
        (
            str(number),
            paper["item_title"],
            paper["title"],
            forms.day(paper["valid_until"]),
        )
        for number, paper in enumerate(content["evidence"], start=1)
    ]
    columns = ("Số", "Mục minh chứng", "Giấy tờ", "Có giá trị đến")
    return forms.table(columns, (0, 3, 4, 2), rows or [("", "", "", "")])


def _text(content: dict[str, Any], name: str) -> str:
    return next((row["text"] for row in content["texts"] if row["name"] == name), "")
