"""Margins by hand: three products of two makers, one of them away from home."""

from reporting.domain.star_margins import Held, guests, margins

DIMENSIONS = ("", "year", "province")
TEA, HONEY = 1, 2
HELD = [
    Held(3, ("", 2024, 19), TEA),
    Held(4, ("", 2024, 19), TEA),
    Held(4, ("", 2025, 8), TEA, is_away=True),
    Held(4, ("", 2025, 8), HONEY),
]


def test_margins_count_products_and_each_maker_at_home_once() -> None:
    found = margins(HELD, DIMENSIONS)

    assert found["", "", 0] == (4, 2)
    assert found["", "", 4] == (3, 2)
    assert found["year", "2024", 0] == (2, 1)
    assert found["year", "2025", 4] == (2, 1)
    assert found["province", "8", 0] == (2, 1)
    assert ("year", "2025", 3) not in found


def test_guests_count_where_they_have_nothing_alike_at_home() -> None:
    found = guests([each for each in HELD if each.subject == TEA], DIMENSIONS)

    assert found["", "", 0] == 0
    assert found["year", "2025", 0] == 1
    assert found["province", "8", 4] == 1
    assert found["province", "19", 0] == 0
