"""The arithmetic of a council's figures."""

from datetime import date

from scoring.domain.council_figures import SheetFact, late, spreads

DUE = date(2026, 11, 20)


def sheet(day: int) -> SheetFact:
    return SheetFact(date(2026, 11, day), DUE)


def test_a_sheet_is_late_after_its_day() -> None:
    assert late([sheet(19), sheet(20), sheet(21), sheet(24)]) == (2, 4)
    assert late([]) == (0, 0)


def test_spreads_are_whole_points() -> None:
    assert spreads([[70, 72], [60, 70, 65], [80, 80], [50, 57]]) == (2, 10)
    assert spreads([[74]]) == (0, 0)
    assert spreads([]) == (None, None)
