"""Figures that somebody says: counts, and amounts in whole đồng."""

from registry.domain.errors import RuleBroken
from registry.domain.text import term

LARGEST_REVENUE = 10**15

LARGEST_COUNT = 10**8


def check_figure(value: int, *, field: str, largest: int) -> None:
    """A count or an amount is a whole number that can be meant."""
    if not 0 <= value <= largest:
        raise RuleBroken("event.figure", term("Con số này không thể đúng."), field=field)
