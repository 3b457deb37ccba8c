"""A report as PDF: the tables of figures as they stand on the page, in Vietnamese.

The same figures on the same day give the same bytes.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from registry.domain.clock import LEGAL_ZONE
from registry.domain.typography import typeset_all
from registry.selectors import names_on
from reporting.domain.figures import Cell, FigureTable, tables_from
from reporting.domain.periods import Period, PeriodKind
from reporting.models import ReportSending

SOURCE = Path(__file__).parent.parent / "documents" / "report.typ"
TITLE = "BÁO CÁO KẾT QUẢ CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM"
COUNTRY = "Cả nước"
NARROW, SHORT, WIDE = 4, 6, 14  # how wide columns are: figures, short words, names
LONG_WORDS = 2  # columns that may hold a sentence


def period_words(period: Period) -> str:
    """How a period is named on paper."""
    days = f"từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y}"
    if period.kind is PeriodKind.DAYS:
        return days[:1].upper() + days[1:]
    year = f"Năm {period.first.year}"
    name = year if period.kind is PeriodKind.YEAR else f"{period.kind.label} {period.first.year}"
    return f"{name} ({days})"


def drawn(
    tables: Sequence[FigureTable],
    *,
    title: str = TITLE,
    place: str = COUNTRY,
    period: str,
    made_on: date,
    facts: Sequence[str] = (),
    words: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The paper. `words` are headings with what an office wrote; empty ones are left out."""
    data: dict[str, Any] = {
        "title": title,
        "author": "Cổng OCOP",
        "place": place,
        "period": period,
        "date": [made_on.year, made_on.month, made_on.day],
        "footer": f"Lập từ số liệu trên Cổng OCOP ngày {made_on:%d/%m/%Y}",
        "facts": list(facts),
        "words": [[heading, text.split("\n")] for heading, text in words if text.strip()],
        "tables": [_table(each) for each in tables],
    }
    made = typst.compile(
        SOURCE,
        root=SOURCE.parent,
        sys_inputs={"data": json.dumps(typeset_all(data), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def sending_paper(sending: ReportSending, words: Sequence[tuple[str, str]]) -> bytes:
    """What a province sent, as it was; the hash stands on the paper."""
    sent_at = timezone.localtime(sending.sent_at, LEGAL_ZONE)
    return drawn(
        tables_from(sending.figures),
        title=sending.report.request.title.upper(),
        place=names_on(sent_at.date()).name(sending.report.unit),
        period=period_words(Period(sending.first, sending.as_of)),
        made_on=sent_at.date(),
        facts=[
            f"Lần gửi {sending.number}, lúc {sent_at:%H:%M} ngày {sent_at:%d/%m/%Y}",
            f"Số liệu của Cổng OCOP tính đến hết ngày {sending.as_of:%d/%m/%Y}",
            f"SHA-256 của nội dung: {sending.sha256}",
        ],
        words=words,
    )


def _table(table: FigureTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "headings": list(table.headings),
        "words": table.words,
        "widths": [_width(at, table.words) for at in range(len(table.headings))],
        "body": [[_cell(cell) for cell in row] for row in table.body],
        "total": [_cell(cell) for cell in table.total],
        "note": table.note,
    }


def _width(at: int, words: int) -> int:
    if at >= words:
        return NARROW
    return WIDE if at < LONG_WORDS else SHORT


def _cell(cell: Cell) -> str | None:
    """Dots between thousands, as Vietnamese papers write them."""
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell
