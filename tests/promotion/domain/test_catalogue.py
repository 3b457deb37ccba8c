"""What may be shown, by standing and day."""

from datetime import date

import pytest

from promotion.domain.catalogue import (
    STATES_WITH_PAGE,
    Order,
    Standing,
    Validity,
    has_page,
    is_listed,
    is_offered,
    standing,
)
from promotion.domain.stars import MEANINGS, RECOGNISED

LAST_DAY = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("state", "on", "expected"),
    [
        ("valid", date(2026, 5, 31), Standing.VALID),
        ("valid", date(2026, 6, 1), Standing.EXPIRED),
        ("suspended", date(2026, 5, 1), Standing.SUSPENDED),
        ("suspended", date(2026, 6, 1), Standing.SUSPENDED),
        ("revoked", date(2026, 6, 1), Standing.REVOKED),
        ("superseded", date(2026, 5, 1), Standing.SUPERSEDED),
    ],
)
def test_standing_of_a_day(state: str, on: date, expected: Standing) -> None:
    assert standing(state, LAST_DAY, on=on) is expected


@pytest.mark.parametrize(
    ("found", "offered", "listed", "page"),
    [
        (Standing.VALID, True, True, True),
        (Standing.EXPIRED, False, True, True),
        (Standing.SUSPENDED, False, False, True),
        (Standing.REVOKED, False, False, False),
        (Standing.SUPERSEDED, False, False, False),
    ],
)
def test_what_is_shown_of_a_standing(
    found: Standing, *, offered: bool, listed: bool, page: bool
) -> None:
    assert (is_offered(found), is_listed(found), has_page(found)) == (offered, listed, page)


def test_stored_states_with_a_page_are_those_the_rule_names() -> None:
    stored = {"valid", "suspended", "revoked", "superseded"}

    assert {state for state in stored if has_page(Standing(state))} == STATES_WITH_PAGE


def test_every_standing_has_words_tone_and_its_own_icon() -> None:
    assert len({found.icon for found in Standing}) == len(Standing)
    assert all(found.label and found.meaning and found.tone for found in Standing)
    assert dict(Standing.choices())["revoked"] == "Đã bị thu hồi"


def test_filters_name_their_choices() -> None:
    assert Validity.ALL.standings == {Standing.VALID, Standing.EXPIRED}
    assert Validity.VALID.standings == {Standing.VALID}
    assert dict(Validity.choices())["expired"] == "Đã hết hạn"
    assert dict(Order.choices())["name"] == "Theo tên"


def test_meaning_is_given_for_each_recognised_star() -> None:
    assert RECOGNISED == (3, 4, 5)
    assert all(MEANINGS.values())
