"""Whose answer is waited for: every case."""

import pytest

from cycle.domain.messages import Side, awaited_after


@pytest.mark.parametrize(
    ("awaited", "writer", "asks", "then"),
    [
        (Side.NOBODY, Side.PRODUCER, True, Side.OFFICE),
        (Side.NOBODY, Side.OFFICE, True, Side.PRODUCER),
        (Side.NOBODY, Side.PRODUCER, False, Side.NOBODY),
        (Side.OFFICE, Side.OFFICE, False, Side.NOBODY),
        (Side.OFFICE, Side.OFFICE, True, Side.PRODUCER),
        (Side.OFFICE, Side.PRODUCER, False, Side.OFFICE),
        (Side.OFFICE, Side.PRODUCER, True, Side.OFFICE),
        (Side.PRODUCER, Side.PRODUCER, False, Side.NOBODY),
        (Side.PRODUCER, Side.OFFICE, False, Side.PRODUCER),
    ],
)
def test_who_is_awaited(awaited: Side, writer: Side, asks: bool, then: Side) -> None:
    assert awaited_after(awaited, writer=writer, asks=asks) == then


def test_sides_have_labels_and_opposites() -> None:
    assert [label for _value, label in Side.choices()] == ["Chủ thể", "Cơ quan", "Không chờ ai"]
    assert all(side.other.other is side for side in Side)
