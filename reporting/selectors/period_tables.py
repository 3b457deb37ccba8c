"""The figures of a period as tables with their words, ready for a page, a file or a snapshot."""

from collections import Counter
from collections.abc import Iterable, Sequence

from promotion.domain.recognition import Turn
from registry.domain.eligibility import SubjectKind
from registry.domain.text import sort_key, term
from registry.models import Unit
from reporting.domain.figures import Cell, FigureTable, with_total
from reporting.domain.movements import PlaceRow
from reporting.domain.targets import Progress, TargetUnit
from reporting.selectors.periods import PeriodFigures

TOTAL, UNKNOWN = term("Cộng"), term("Chưa rõ")
OPENING, CLOSING = term("Đầu kỳ"), term("Cuối kỳ")
STAR_HEADINGS = {5: term("5 sao"), 4: term("4 sao"), 3: term("3 sao")}
PLACE_HEADINGS = (
    OPENING,
    term("Công nhận lần đầu"),
    term("Công nhận lại"),
    term("Nâng hạng"),
    term("Hết hạn"),
    term("Bị thu hồi"),
    term("Bị tạm dừng"),
    CLOSING,
)
HELD_NOTE = term(
    "Đầu kỳ là hết ngày trước ngày đầu tiên, cuối kỳ là hết ngày cuối cùng. Một sản phẩm đang giữ "
    "hạng khi giấy chứng nhận đã cấp, chưa hết hạn, không bị tạm dừng, thu hồi hay thay thế trong "
    "ngày đó. Mỗi cột cộng lại đúng: đầu kỳ, thêm các dòng tăng, bớt các dòng giảm, ra cuối kỳ."
)
DECIDED_NOTE = term("Đếm quyết định có ngày trong kỳ, dù giấy chứng nhận về sau thế nào.")
PLACE_NOTE = term("Công nhận tính theo ngày quyết định; hết hạn, thu hồi, tạm dừng khi mất hạng.")
SUBJECTS_NOTE = term("Chủ thể có sản phẩm đang giữ hạng; loại hình là loại hình trong ngày đó.")
FUNNEL_NOTE = term("Mỗi lượt tham gia tính một lần ở mỗi bước mà nó đến trong kỳ.")


def tables_of(figures: PeriodFigures) -> list[FigureTable]:
    """Every table of the report in its order; empty ones are left out."""
    made = [
        _balance(figures),
        _decided(figures),
        _places("sets", term("Theo bộ sản phẩm"), _named_sets(figures.sets)),
        _places(
            "units",
            term("Theo xã, phường") if figures.place else term("Theo tỉnh, thành phố"),
            _named_units(figures),
        ),
        _subjects(figures),
        _targets(figures),
        _funnel(figures),
    ]
    return [table for table in made if table is not None and table.rows]


def _balance(figures: PeriodFigures) -> FigureTable:
    found = figures.balance
    lines: list[tuple[str, Sequence[int]]] = [
        (OPENING, found.opening),
        *((row.flow.label, row.counts) for row in found.rows),
        (CLOSING, found.closing),
    ]
    return FigureTable(
        "balance",
        term("Sản phẩm giữ hạng sao"),
        (term("Biến động"), *(STAR_HEADINGS[star] for star in found.stars), TOTAL),
        tuple((label, *counts, sum(counts)) for label, counts in lines),
        note=HELD_NOTE,
        has_total=True,
    )


def _decided(figures: PeriodFigures) -> FigureTable:
    counts = Counter((each.turn, each.stars) for each in figures.decided)
    stars = figures.balance.stars
    rows: list[tuple[Cell, ...]] = [
        (turn.label, *(counts[turn, star] for star in stars), sum(counts[turn, s] for s in stars))
        for turn in Turn
    ]
    return FigureTable(
        "decided",
        term("Quyết định công nhận trong kỳ"),
        (term("Lần công nhận"), *(STAR_HEADINGS[star] for star in stars), TOTAL),
        with_total(TOTAL, rows),
        note=DECIDED_NOTE,
        has_total=True,
    )


def _places(code: str, title: str, rows: Iterable[tuple[str, PlaceRow]]) -> FigureTable:
    lines: list[tuple[Cell, ...]] = [(name, *row.figures) for name, row in rows]
    heading = term("Bộ sản phẩm") if code == "sets" else term("Đơn vị hành chính")
    return FigureTable(
        code,
        title,
        (heading, *PLACE_HEADINGS),
        with_total(TOTAL, lines),
        note=PLACE_NOTE,
        has_total=True,
    )


def _named_sets(rows: Sequence[PlaceRow]) -> list[tuple[str, PlaceRow]]:
    named = [(str(row.value or UNKNOWN), row) for row in rows]
    return sorted(named, key=lambda pair: sort_key(pair[0]))


def _named_units(figures: PeriodFigures) -> list[tuple[str, PlaceRow]]:
    """Units in the order of their names; products whose unit is not known come last."""

    def unit_of(row: PlaceRow) -> Unit | None:
        return figures.unit_names.get(row.value) if isinstance(row.value, int) else None

    named = [(unit_of(row), row) for row in figures.units]
    named.sort(key=lambda pair: (pair[0] is None, pair[0].sort_key if pair[0] else ""))
    return [(figures.names.name(unit) if unit else UNKNOWN, row) for unit, row in named]


def _subjects(figures: PeriodFigures) -> FigureTable:
    opening, closing = figures.subjects
    forms = [(kind.value, kind.label) for kind in SubjectKind] + [("", UNKNOWN)]
    rows: list[tuple[Cell, ...]] = [
        (label, opening.get(value, 0), closing.get(value, 0))
        for value, label in forms
        if value in opening or value in closing
    ]
    return FigureTable(
        "subjects",
        term("Chủ thể theo loại hình"),
        (term("Loại hình"), OPENING, CLOSING),
        with_total(TOTAL, rows),
        note=SUBJECTS_NOTE,
        has_total=True,
    )


def _targets(figures: PeriodFigures) -> FigureTable | None:
    programme = figures.programme
    if programme is None:
        return None
    return FigureTable(
        "targets",
        term("Mục tiêu của chương trình"),
        (
            term("Mục tiêu"),
            term("Cách tính"),
            term("Kết quả"),
            term("Tử số"),
            term("Mẫu số"),
            term("Tỷ lệ (%)"),
            term("Đề ra"),
        ),
        tuple(_target_row(each) for each in figures.progress),
        note=f"{programme.name}, {programme.decree}.",
        words=3,
    )


def _target_row(row: Progress) -> tuple[Cell, ...]:
    indicator, measured = row.indicator, row.measured if row.is_known else None
    counted = indicator.numerator + (f" / {indicator.denominator}" if indicator.denominator else "")
    tenths = row.tenths
    aim = f"≥ {indicator.least:,}".replace(",", ".")
    if indicator.most:
        aim = f"{indicator.least}–{indicator.most}"
    return (
        indicator.label,
        counted,
        row.standing.label if row.has_aim or not row.is_known else "–",
        measured.numerator if measured else None,
        measured.denominator if measured else None,
        None if tenths is None else f"{tenths // 10},{tenths % 10}",
        f"{aim}{' %' if indicator.unit is TargetUnit.PERCENT else ''}" if row.has_aim else "–",
    )


def _funnel(figures: PeriodFigures) -> FigureTable | None:
    if figures.funnel is None:
        return None
    return FigureTable(
        "funnel",
        term("Lượt tham gia đến từng bước trong kỳ"),
        (term("Bước"), term("Lượt tham gia")),
        tuple((step.label, count) for step, count in figures.funnel.items()),
        note=FUNNEL_NOTE,
    )
