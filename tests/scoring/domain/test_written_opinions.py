"""Who gives opinions in writing, until when, and when a meeting is needed."""

from datetime import date

import pytest

from scoring.domain.written_opinions import are_asked, dissent, last_day
from tests.registry.domain.tables import regime


@pytest.mark.parametrize(
    ("code", "kind", "asked"),
    [
        ("2026", "re_evaluation", True),
        ("2026", "first", False),
        ("2026", "upgrade", False),
        ("2019", "re_evaluation", False),
    ],
)
def test_opinions_are_asked_of_a_re_evaluation_where_the_law_says_so(
    code: str, kind: str, *, asked: bool
) -> None:
    assert are_asked(regime(code), kind) is asked


def test_there_are_forty_five_days_from_the_complete_file() -> None:
    assert last_day(regime("2026"), date(2026, 11, 20)) == date(2027, 1, 4)


def test_a_law_without_written_opinions_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="no written opinions"):
        last_day(regime("2019"), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("totals", "differ"),
    [
        ((), False),
        ((72,), False),
        ((72, 82), False),
        ((72, 83), True),
        ((69, 70), True),
        ((90, 100), False),
    ],
)
def test_opinions_differ_by_their_spread_or_by_their_band(
    totals: tuple[int, ...], *, differ: bool
) -> None:
    assert dissent(totals, regime("2026").bands, 10) is differ
