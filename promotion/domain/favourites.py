"""Products that a visitor put aside: their numbers, the newest first, and no more than so many.

Without an account the list lives in the visitor's own browser; with one it belongs to the person.
Full means full: nothing is dropped in silence to make room.
"""

import re
from collections.abc import Iterable

from registry.domain.errors import RuleBroken
from registry.domain.text import term

MOST_IN_BROWSER = 50
MOST_IN_ACCOUNT = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)  # a key fits into 63 bits


def read(text: str) -> tuple[int, ...]:
    """The numbers in a browser's text, each once; what is no number is left out."""
    known = dict.fromkeys(int(part) for part in text.split(".") if _NUMBER.fullmatch(part))
    return tuple(known)[:MOST_IN_BROWSER]


def written(products: Iterable[int]) -> str:
    """The text that `read` reads."""
    return ".".join(str(product) for product in products)


def with_one(products: tuple[int, ...], product: int) -> tuple[int, ...]:
    """The list with one more in front; refused when the browser's list is full."""
    if product in products:
        return products
    check_room(len(products), MOST_IN_BROWSER)
    return (product, *products)


def without(products: tuple[int, ...], dropped: Iterable[int]) -> tuple[int, ...]:
    """The list without these; one that is not in it changes nothing."""
    gone = set(dropped)
    return tuple(product for product in products if product not in gone)


def check_room(held: int, most: int) -> None:
    """Refuses one more beyond the limit."""
    if held >= most:
        raise RuleBroken(
            "favourites.full",
            term("Danh sách yêu thích nhận nhiều nhất %(most)s sản phẩm; hãy bỏ bớt rồi lưu tiếp."),
            most=most,
        )
