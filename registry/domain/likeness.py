"""How much two names share: by trigrams of folded words, as PostgreSQL's pg_trgm counts them.

Written out here so that every database gives the same answer, with or without the extension.
"""

from registry.domain.text import slug

ENOUGH_PERCENT = 50
# Longer ones first: what is left of a name is compared.
LEGAL_FORMS = (
    "hop-tac-xa",
    "to-hop-tac",
    "ho-kinh-doanh",
    "co-so-san-xuat",
    "cong-ty",
    "trang-trai",
    "co-phan",
    "tnhh",
    "htx",
    "tht",
    "hkd",
)


def likeness(one: str, other: str) -> int:
    """Percent of the trigrams of both names that they share."""
    first, second = _trigrams(one), _trigrams(other)
    together = first | second
    return 100 * len(first & second) // len(together) if together else 0


def is_alike(one: str, other: str) -> bool:
    """Whether a person should look twice: much shared, or the same words in another order."""
    return set(_words(one)) == set(_words(other)) or likeness(one, other) >= ENOUGH_PERCENT


def _words(text: str) -> list[str]:
    """The words of a name without those of a legal form: “HTX” and “Hợp tác xã” tell nothing."""
    bare = f"-{slug(text)}-"
    for form in LEGAL_FORMS:
        bare = bare.replace(f"-{form}-", "-")
    return [word for word in bare.split("-") if word] or slug(text).split("-")


def _trigrams(text: str) -> set[str]:
    padded = [f"  {word} " for word in _words(text) if word]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}
