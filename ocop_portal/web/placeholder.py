"""A drawn stand-in for a product's photograph: terraced fields and a sign of its group.

The same name always gives the same picture. It is plain SVG with attributes only, so that it can
stand inside a page under a policy that forbids inline styles, and it never pretends to be a photo.
"""

import hashlib
import unicodedata
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 300


@dataclass(frozen=True)
class Palette:
    """Sky, three fields from far to near, the sign's line and its fill."""

    sky: str
    fields: tuple[str, str, str]
    line: str
    fill: str


@dataclass(frozen=True)
class Sign:
    """What stands in the picture: shapes that are filled, lines that are drawn, around (0, 0)."""

    words: tuple[str, ...]
    palette: Palette
    filled: str
    drawn: str


_RICE = Palette("#eef3df", ("#cfdfb0", "#aecb8b", "#86b06c"), "#3d5b2c", "#f7f3dc")
_TEA = Palette("#e7f1ee", ("#bfdad0", "#92bfae", "#689f8b"), "#23534a", "#f2faf6")
_BOTTLE = Palette("#e9edf4", ("#c6cfdf", "#a3b3c4", "#7f9a9c"), "#2b3f5c", "#f4f1e4")
_HONEY = Palette("#faf1dc", ("#ecd9a8", "#d3c687", "#a5b16d"), "#6b4a12", "#f6d98f")
_HERB = Palette("#edf3e6", ("#cadcbf", "#a2c29a", "#77a377"), "#2c5436", "#e4f0d6")
_CLAY = Palette("#f6ece2", ("#e6cdb5", "#d1a988", "#b48763"), "#6a3d23", "#fbf3ea")
_BLOOM = Palette("#f7eaec", ("#e3cfd0", "#bccdaa", "#92b283"), "#7c3346", "#f5cfd6")
_RIVER = Palette("#e4eff6", ("#bcd5e2", "#9cc0b4", "#7aa684"), "#27485c", "#f6efe2")

_FOOD = Sign(
    ("thit", "thuy san", "hai san", "trung, sua"),
    _RICE,
    "M-58-2H58c0 34-24 54-58 54S-58 32-58-2zM-46-4c8-24 24-34 46-34s38 10 46 34z",
    "M-64-2H64M-58-2c0 34 24 54 58 54s58-20 58-54M-22 54h44M-46-4c8-24 24-34 46-34s38 10 46 34"
    "M-20-16l4-6M-2-22l4-6M16-16l4-6M26-62L8-40M38-58L18-37",
)

_SIGNS = (
    _FOOD,
    Sign(
        ("ruou", "nuoc mam", "tuong", "nuoc khoang", "gia vi dang long", "tinh dau", "co con"),
        _BOTTLE,
        "M-10-64h20v26c0 10 18 16 18 38v52c0 6-4 10-10 10h-36c-6 0-10-4-10-10V0c0-22 18-28 18-38z",
        "M-10-64h20v26c0 10 18 16 18 38v52c0 6-4 10-10 10h-36c-6 0-10-4-10-10V0c0-22 18-28 18-38z"
        "M-12-50h24M-28 8h56v28h-56M-12 22h24",
    ),
    Sign(
        ("mat ong", "mat khac"),
        _HONEY,
        "M-40-28h80c8 14 10 26 10 40 0 28-16 46-50 46S-50 40-50 12c0-14 2-26 10-40z",
        "M-44-44h88v16h-88zM-40-28c-8 14-10 26-10 40 0 28 16 46 50 46s50-18 50-46c0-14-2-26-10-40"
        "M-14 4l14-8 14 8v16L0 28l-14-8z",
    ),
    Sign(
        ("rau", "cu, qua", "cu qua", "hat tuoi"),
        _HERB,
        "M0-18c14-14 52-12 52 22 0 30-26 54-40 54-6 0-8-4-12-4s-6 4-12 4c-14 0-40-24-40-54"
        " 0-34 38-36 52-22z",
        "M0-18c14-14 52-12 52 22 0 30-26 54-40 54-6 0-8-4-12-4s-6 4-12 4c-14 0-40-24-40-54"
        " 0-34 38-36 52-22zM0-18c0-16 4-26 12-34M2-30c-22 2-34-8-36-26 20-2 34 8 36 26z",
    ),
    Sign(
        (
            "do uong",
            "nuoc uong",
            "che tuoi",
            "che che bien",
            "tra tu",
            "tu che",
            "ca phe",
            "ca cao",
        ),
        _TEA,
        "M-44-14h76v22c0 24-16 40-38 40s-38-16-38-40z",
        "M-44-14h76v22c0 24-16 40-38 40s-38-16-38-40zM32-8c28-4 30 32-4 32M-54 58h96"
        "M-22-28c-8-8 8-14 0-24M-4-28c-8-8 8-14 0-24M14-28c-8-8 8-14 0-24",
    ),
    Sign(
        ("thao duoc", "duoc lieu", "my pham", "thuoc", "y te"),
        _HERB,
        "M0 20c-30 4-50-10-56-36 30-4 52 8 56 36zM0-8c26 4 48-8 56-34-30-6-54 8-56 34z"
        "M0-34c-14-10-16-26-4-42 14 10 16 26 4 42z",
        "M0 62V-34M0 20c-30 4-50-10-56-36 30-4 52 8 56 36zM0-8c26 4 48-8 56-34-30-6-54 8-56 34z"
        "M0-34c-14-10-16-26-4-42 14 10 16 26 4 42zM-40-6L0 20M38-32L0-8",
    ),
    Sign(
        ("vai", "may mac", "luu niem", "noi that", "thu cong", "trang tri"),
        _CLAY,
        "M-16-58h32c2 18 38 32 38 66 0 30-22 48-54 48s-54-18-54-48c0-34 36-48 38-66z",
        "M-22-58h44M-16-58h32c2 18 38 32 38 66 0 30-22 48-54 48s-54-18-54-48c0-34 36-48 38-66z"
        "M-50-6l12 12 12-12 13 12 13-12 13 12 13-12 12 12 12-12M-46 30h92M-52 20h104",
    ),
    Sign(
        ("sinh vat canh", "hoa", "cay canh", "dong vat canh"),
        _BLOOM,
        "M0-20c-16-10-20-28-10-40 10 0 14 8 10 40 8-32 20-36 28-30 4 16-8 26-28 30 32-2 40 8 38 20"
        "-14 8-28-2-38-20 8 26 2 38-10 40-12-10-8-26 10-40-24 20-38 18-44 8 4-16 20-18 44-8z",
        "M0-20c-16-10-20-28-10-40 10 0 14 8 10 40 8-32 20-36 28-30 4 16-8 26-28 30 32-2 40 8 38 20"
        "-14 8-28-2-38-20 8 26 2 38-10 40-12-10-8-26 10-40-24 20-38 18-44 8 4-16 20-18 44-8z"
        "M2 0c6 24 4 44 0 64M4 40c10-14 22-16 34-14-4 14-18 20-34 14z",
    ),
    Sign(
        ("du lich",),
        _RIVER,
        "M-46 4h92v44h-92zM-66 8L0-42 66 8z",
        "M-66 8L0-42 66 8zM-46 8v42M46 8v42M-12 50V22h24v28M-30 22h8v12h-8zM22 22h8v12h-8z"
        "M-78 52h156M-16 8h32M-26-2h52",
    ),
)


def placeholder_svg(seed: str, group: str) -> str:
    """The picture of a product named `seed` in `group`, as an SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{drawing(seed, group)}</svg>'
    )


def drawing(seed: str, group: str) -> str:
    """The shapes alone, to stand inside an <svg> of WIDTH by HEIGHT."""
    sign = _sign_of(group)
    dice = _dice(seed)
    colours = sign.palette
    shapes = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.sky}"/>']
    shapes += [
        f'<path d="{_field(122 + 46 * place, dice[place * 4 : place * 4 + 4])}" fill="{colour}"/>'
        for place, colour in enumerate(colours.fields)
    ]
    shapes += [
        f'<path d="{_furrow(232 + 22 * row, dice[12 + row])}" fill="none" stroke="{colours.sky}" '
        'stroke-opacity=".55" stroke-width="2"/>'
        for row in range(3)
    ]
    x, scale = 160 + dice[16] % 81, 104 + dice[17] % 25
    shapes.append(
        f'<g transform="translate({x} 142) scale({scale // 100}.{scale % 100:02d})" '
        'stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{sign.filled}" fill="{colours.fill}"/>'
        f'<path d="{sign.drawn}" fill="none" stroke="{colours.line}" stroke-width="3"/></g>'
    )
    return "".join(shapes)


def _sign_of(group: str) -> Sign:
    """The sign whose words the group's name holds; food where none does."""
    text = f"{_without_marks(group)} "
    return next((sign for sign in _SIGNS if any(word in text for word in sign.words)), _FOOD)


def _dice(seed: str) -> bytes:
    """Thirty-two throws that depend on the name alone."""
    return hashlib.sha256(unicodedata.normalize("NFC", seed).encode()).digest()


def _without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _field(top: int, throws: bytes) -> str:
    """A hill from edge to edge whose ridge waves as the throws say."""
    left, first, second, right = (throw % 33 - 16 for throw in throws)
    return (
        f"M0 {top + left}C{WIDTH // 3} {top + first - 34} {2 * WIDTH // 3} {top + second + 30} "
        f"{WIDTH} {top + right}V{HEIGHT}H0z"
    )


def _furrow(height: int, throw: int) -> str:
    """One line of the terrace in front."""
    bend = throw % 21 - 10
    return f"M0 {height + bend}C130 {height - 18} 270 {height + 22} {WIDTH} {height - bend}"
