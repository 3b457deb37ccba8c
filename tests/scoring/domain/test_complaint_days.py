"""The words and the days of a complaint."""

from datetime import date

import pytest

from scoring.domain.complaint_states import (
    ComplaintEffect,
    ComplaintState,
    due_day,
    last_day,
)
from tests.registry.domain.tables import regime

RULES = regime("2026").complaint


def test_the_window_and_the_answer_are_counted_from_their_days() -> None:
    assert RULES is not None
    assert last_day(date(2026, 12, 1), RULES) == date(2027, 3, 1)
    assert due_day(date(2026, 12, 1), RULES) == date(2026, 12, 31)
    assert due_day(date(2026, 12, 1), RULES, is_complex=True) == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("state", "label", "tone", "is_open"),
    [
        (ComplaintState.LODGED, "Đã gửi, chờ thụ lý", "warn", True),
        (ComplaintState.TAKEN, "Đang giải quyết", "info", True),
        (ComplaintState.ANSWERED, "Đã trả lời", "good", False),
        (ComplaintState.WITHDRAWN, "Đã rút", "neutral", False),
    ],
)
def test_every_state_says_what_it_is(
    state: ComplaintState, label: str, tone: str, *, is_open: bool
) -> None:
    assert (state.label, state.tone, state.is_open) == (label, tone, is_open)
    assert (state.value, label) in ComplaintState.choices()


def test_only_what_changes_something_grants_a_complaint() -> None:
    assert [effect for effect in ComplaintEffect if not effect.grants] == [ComplaintEffect.KEEP]
    assert dict(ComplaintEffect.choices())["correct"] == "Đính chính quyết định"
