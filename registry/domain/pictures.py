"""Photographs of a product: how many, how large, in which order.

No decree limits them; the limits are the portal's own. The first picture is the product's face in
lists. Every picture says in words what it shows, for who does not see it.
"""

from collections.abc import Sequence
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term

MOST_PICTURES = 8
MAX_PICTURE_BYTES = 12 * 1024 * 1024
# What a picture unpacks to in memory: a small file may claim to be very large.
MAX_PIXELS = 40_000_000
SHORTEST_SIDE = 300


class PictureSize(StrEnum):
    """The sizes in which a picture is kept."""

    LARGE = "lon"
    SMALL = "nho"

    @property
    def longest_side(self) -> int:
        return _LONGEST[self]


class Shift(StrEnum):
    """One place earlier or later in the order."""

    EARLIER = "truoc"
    LATER = "sau"


def check_count(kept: int) -> None:
    """Refuses one picture more than a product may have."""
    if kept >= MOST_PICTURES:
        raise RuleBroken(
            "picture.too_many",
            term("Mỗi sản phẩm giữ tối đa %(most)s ảnh; hãy bỏ bớt một ảnh trước."),
            field="file",
            most=MOST_PICTURES,
        )


def check_bytes(size: int) -> None:
    """Refuses an empty file and one above the limit."""
    if size == 0:
        raise RuleBroken("picture.empty", term("Tệp ảnh không có nội dung."), field="file")
    if size > MAX_PICTURE_BYTES:
        raise RuleBroken(
            "picture.too_large",
            term("Ảnh nặng %(size)s MB; tối đa là %(limit)s MB. Hãy chụp ở cỡ nhỏ hơn."),
            field="file",
            size=-(-size // (1024 * 1024)),
            limit=MAX_PICTURE_BYTES // (1024 * 1024),
        )


def check_dimensions(width: int, height: int) -> None:
    """Refuses what would not fit into memory, and what is too small to be looked at."""
    if width * height > MAX_PIXELS:
        raise RuleBroken(
            "picture.too_many_pixels",
            term("Ảnh có quá nhiều điểm ảnh (%(width)s × %(height)s); hãy chụp ở cỡ nhỏ hơn."),
            field="file",
            width=width,
            height=height,
        )
    if min(width, height) < SHORTEST_SIDE:
        raise RuleBroken(
            "picture.too_small",
            term("Ảnh quá nhỏ (%(width)s × %(height)s); mỗi cạnh cần ít nhất %(least)s điểm."),
            field="file",
            width=width,
            height=height,
            least=SHORTEST_SIDE,
        )


def check_alt(alt: str) -> None:
    """Refuses a picture without words for who does not see it."""
    if not alt:
        raise RuleBroken(
            "picture.alt",
            term("Hãy tả ảnh bằng lời, ví dụ “Gói chè 200 g đặt trên bàn tre”."),
            field="alt",
        )


def not_a_picture() -> RuleBroken:
    """The refusal of a file whose content is no picture that we can read."""
    return RuleBroken(
        "picture.kind_of_file",
        term("Chỉ nhận ảnh JPG, PNG, WebP; nội dung tệp này thuộc loại khác hoặc bị hỏng."),
        field="file",
    )


def shifted(order: Sequence[int], key: int, shift: Shift) -> list[int]:
    """The order with one key a place earlier or later; at the end of its way it stays."""
    found = list(order)
    place = found.index(key)
    goal = place - 1 if shift is Shift.EARLIER else place + 1
    if 0 <= goal < len(found):
        found[place], found[goal] = found[goal], found[place]
    return found


_LONGEST = {PictureSize.LARGE: 1600, PictureSize.SMALL: 640}
