"""The public code of a certificate: short, not to be guessed, typed without confusion.

Twenty-nine signs, of every look-alike group one (no B, I, L, O, S, U, Z), so a reader's slip has
one meaning; the last sign checks the others. Twenty-nine is prime, therefore one wrong sign and
two signs swapped are always noticed.
"""

from collections.abc import Callable

from registry.domain.errors import RuleBroken
from registry.domain.text import term

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
LENGTH = 12
_BASE = len(ALPHABET)
_LOOK_ALIKES = str.maketrans("BILOSUZ", "81105V2")
_BETWEEN = str.maketrans("", "", " -–.\t\n\r\u00a0")


def new_code(draw: Callable[[int], int]) -> str:
    """A code from random places; `draw(n)` gives a number below n."""
    places = [draw(_BASE) for _ in range(LENGTH - 1)]
    return "".join(ALPHABET[place] for place in [*places, _check(places)])


def read_code(typed: str) -> str:
    """The code that somebody meant: case, spaces, hyphens and look-alikes are forgiven.

    A wrong length, a foreign sign or a wrong last sign is refused, each in its own words.
    """
    code = typed.translate(_BETWEEN).upper().translate(_LOOK_ALIKES)
    if len(code) != LENGTH:
        raise RuleBroken(
            "code.length",
            term("Mã xác thực có %(length)s ký tự; bạn đã gõ %(typed)s."),
            field="code",
            length=LENGTH,
            typed=len(code),
        )
    foreign = sorted({sign for sign in code if sign not in ALPHABET})
    if foreign:
        raise RuleBroken(
            "code.signs",
            term("Mã xác thực không có ký tự %(signs)s."),
            field="code",
            signs=", ".join(foreign),
        )
    places = [ALPHABET.index(sign) for sign in code]
    if _check(places[:-1]) != places[-1]:
        raise RuleBroken(
            "code.check",
            term("Mã xác thực có chỗ gõ nhầm; hãy so lại từng ký tự với giấy chứng nhận."),
            field="code",
        )
    return code


def shown(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(places: list[int]) -> int:
    weighted = sum(weight * place for weight, place in enumerate(places, start=2))
    return weighted % _BASE
