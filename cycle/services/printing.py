"""An idea and a plan as PDF of the official form: to print, to sign, to keep.

The form stays Vietnamese in every language of the screen. The same content on the same day gives
the same bytes; nothing is stored, so it needs no form for archives (which would refuse a letter
that the face lacks, such as a pictogram, where this prints an empty box).
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst

from cycle.domain.appraisal import AppraisalState
from cycle.domain.paper_items import PaperItem, PaperKind
from cycle.domain.turn import Party, Turn, words_for
from cycle.models import BusinessPlan, Enrolment, Idea
from cycle.selectors import unit_above
from cycle.services.corrections import kind_of
from registry.domain.clock import legal_day
from registry.domain.regime import Level, Regime
from registry.selectors import UnitNames, names_on, regime

SOURCE = Path(__file__).parent.parent / "documents" / "paper.typ"
FEBRUARY = 2
HEADINGS = {
    PaperKind.IDEA: "PHIẾU ĐĂNG KÝ Ý TƯỞNG SẢN PHẨM",
    PaperKind.PLAN: "PHƯƠNG ÁN SẢN XUẤT KINH DOANH",
}
FACTS = (
    "Tên chủ thể",
    "Người đại diện",
    "Địa chỉ",
    "Mã số thuế",
    "Tên sản phẩm",
    "Bộ sản phẩm",
    "Đợt tham gia",
)
# Only the older rules kept a numbered form for these steps (QĐ 1048/QĐ-TTg of 2019).
FORMS = {
    ("2019", PaperKind.IDEA): "Biểu 01, 02 (QĐ 1048/QĐ-TTg)",
    ("2019", PaperKind.PLAN): "Biểu 03 (QĐ 1048/QĐ-TTg)",
}


def pdf_of(paper: Idea | BusinessPlan, *, at: datetime) -> bytes:
    """The paper as it stands, dated by its handing in, or by `at` while it is being written."""
    return _printed(data_of(paper, at=at))


def blank_pdf(kind: PaperKind, *, law: Regime, at: datetime) -> bytes:
    """The form of a regime with nothing on it, to be filled in by hand; for everybody."""
    on = legal_day(at)
    return _printed(
        {
            "title": HEADINGS[kind],
            "heading": HEADINGS[kind],
            "form": FORMS.get((law.code, kind), ""),
            "subject": "",
            "representative": "",
            "product": "",
            "addressee": "",
            "place_and_date": f"{'.' * 20}, ngày {'.' * 5} tháng {'.' * 5} năm {'.' * 8}",
            "date": [on.year, on.month, on.day],
            "is_submitted": False,
            "is_blank": True,
            "footer": law.name,
            "facts": [(label, "") for label in FACTS],
            "items": [{"title": item.title, "text": ""} for item in kind.items],
        }
    )


def _printed(data: dict[str, Any]) -> bytes:
    made = typst.compile(
        SOURCE.read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def data_of(paper: Idea | BusinessPlan, *, at: datetime) -> dict[str, Any]:
    """Everything that stands on the form."""
    kind, enrolment = kind_of(paper), paper.enrolment
    subject = enrolment.product.subject
    on = legal_day(paper.submitted_at or at)
    names = names_on(on)
    return {
        "title": f"{HEADINGS[kind]}: {enrolment.product.name}",
        "heading": HEADINGS[kind],
        "form": FORMS.get((enrolment.regime, kind), ""),
        "subject": subject.name,
        "representative": subject.representative_name,
        "product": enrolment.product.name,
        "addressee": _addressee(enrolment, names),
        "place_and_date": _place_and_date(enrolment, on, names),
        "date": [on.year, on.month, on.day],
        "is_blank": False,
        "is_submitted": not AppraisalState(paper.state).is_open,
        "footer": f"{enrolment.product.name} · {enrolment.round.name}",
        "facts": _facts(enrolment, names),
        "items": [
            {"title": item.title, "text": _text(item, getattr(paper, item.name))}
            for item in kind.items
        ],
    }


def _facts(enrolment: Enrolment, names: UnitNames) -> list[tuple[str, str]]:
    subject = enrolment.product.subject
    values = (
        subject.name,
        subject.representative_name,
        ", ".join(filter(None, [subject.address_line, names.long_name(enrolment.commune)])),
        subject.tax_code,
        enrolment.product.name,
        enrolment.product_set.name,
        enrolment.round.name,
    )
    return list(zip(FACTS, values, strict=True))


def _text(item: PaperItem, value: str | int | None) -> str:
    if not item.is_money:
        return str(value or "")
    return "" if value is None else f"{value:,}".replace(",", ".") + " đồng"


def _addressee(enrolment: Enrolment, names: UnitNames) -> str:
    level = regime(enrolment.regime).idea_level
    unit = unit_above(enrolment.commune, level)
    if unit is None:
        return words_for(Turn(Party.OFFICE, level))
    name = names.name(unit)
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"


def _place_and_date(enrolment: Enrolment, on: date, names: UnitNames) -> str:
    place = unit_above(enrolment.commune, Level.COMMUNE) or enrolment.commune
    # Days and months below ten are written with a nought (NĐ 30/2020/NĐ-CP, Annex I).
    month = f"{on.month:02d}" if on.month <= FEBRUARY else str(on.month)
    return f"{names.short_name(place)}, ngày {on.day:02d} tháng {month} năm {on.year}"
