"""The list of what was put aside: each once, the newest first, so many and no more."""

import pytest

from promotion.domain.favourites import MOST_IN_BROWSER, read, with_one, without, written
from registry.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("7", (7,)),
        ("7.3.7", (7, 3)),
        ("7.x.-1.0.3", (7, 3)),
        ("²", ()),
        (str(2**63), ()),
        ("9" * 5000, ()),
    ],
)
def test_text_when_read_then_whole_numbers_once(text: str, expected: tuple[int, ...]) -> None:
    assert read(text) == expected


def test_text_when_written_then_it_reads_the_same() -> None:
    assert read(written((9, 4, 12))) == (9, 4, 12)


def test_list_when_one_is_added_then_it_stands_in_front_once() -> None:
    assert with_one((4, 9), 7) == (7, 4, 9)
    assert with_one((4, 9), 9) == (4, 9)


def test_list_when_full_then_one_more_is_refused_and_nothing_dropped() -> None:
    full = tuple(range(1, MOST_IN_BROWSER + 1))

    assert with_one(full, 1) == full
    with pytest.raises(RuleBroken) as refused:
        with_one(full, 999)

    assert refused.value.code == "favourites.full"


def test_list_when_taken_out_then_the_rest_keeps_its_order() -> None:
    assert without((7, 4, 9), (4, 100)) == (7, 9)
