"""Vietnamese text: one form (NFC), folding for search and sorting, marks for translation."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# The alphabet's own letters in their order; tone marks come after, as in a dictionary.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET, start=10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def term(vietnamese: str) -> str:
    """Marks a Vietnamese screen text for the translation catalogue; returns it unchanged."""
    return vietnamese


def nfc(text: str) -> str:
    """The text in composed form: the same word always has the same length."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Lower case, without marks, đ as d, single spaces: what a search compares."""
    stripped = "".join(
        letter
        for letter in unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
        if not unicodedata.combining(letter)
    )
    return _SPACES.sub(" ", stripped).strip()


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """An address word: folded, hyphens between."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


@lru_cache(maxsize=1024)
def sort_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order (a ă â … d đ …, then tones)."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in nfc(text.lower()):
        base, tone = _base_and_tone(letter)
        letters.append(_LETTER_RANK.get(base, base))
        tones.append(tone)
    return "".join(letters) + "|" + "".join(tones)


@lru_cache(maxsize=1024)
def _base_and_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    return nfc("".join(mark for mark in marks if mark not in _TONES)), tone
