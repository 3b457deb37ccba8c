"""What the public may be shown of a recognised product, and as what.

A certificate is valid for the months its regime names (36, 26/2026 Article 4.3) and may be
suspended or revoked meanwhile (Article 8); a later recognition takes its place. The catalogue
offers what is valid today, keeps what has expired for reference, says plainly that a product is
suspended, and shows nothing of a product whose recognition was revoked: only the verification page
still answers for its certificate, because the citizen who holds the code must learn the truth.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.text import term


class Standing(StrEnum):
    """What a certificate is worth on a day; `expired` is told by the calendar alone."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _WORDS[self].label

    @property
    def meaning(self) -> str:
        return _WORDS[self].meaning

    @property
    def tone(self) -> str:
        """The tone of the badge; colour is never the only signal."""
        return _WORDS[self].tone

    @property
    def icon(self) -> str:
        """The sign beside the words; each standing has its own shape."""
        return _WORDS[self].icon

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(standing.value, standing.label) for standing in cls]


@dataclass(frozen=True)
class _Words:
    label: str
    meaning: str
    tone: str
    icon: str


def standing(state: str, valid_until: date, *, on: date) -> Standing:
    """The standing on a day; an act of the authority outweighs the calendar."""
    found = Standing(state)
    if found is Standing.VALID and on > valid_until:
        return Standing.EXPIRED
    return found


def is_offered(found: Standing) -> bool:
    """Whether the catalogue may offer the product as recognised now."""
    return found is Standing.VALID


def is_listed(found: Standing) -> bool:
    """Whether the catalogue may name the product at all, in whichever filter."""
    return found in LISTED


def has_page(found: Standing) -> bool:
    """Whether the product has a public page; a suspended one keeps it, with the warning."""
    return found in LISTED or found is Standing.SUSPENDED


LISTED = frozenset({Standing.VALID, Standing.EXPIRED})
# Stored states under which a page exists; expiry is not stored.
STATES_WITH_PAGE = frozenset({Standing.VALID.value, Standing.SUSPENDED.value})


class Order(StrEnum):
    """The orders in which the catalogue can be read."""

    STARS = "stars"
    NEWEST = "newest"
    NAME = "name"

    @property
    def label(self) -> str:
        return _ORDER_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(order.value, order.label) for order in cls]


class Validity(StrEnum):
    """The catalogue's filter by validity; valid ones are what a visitor sees first."""

    VALID = "valid"
    EXPIRED = "expired"
    ALL = "all"

    @property
    def label(self) -> str:
        return _VALIDITY_LABELS[self]

    @property
    def standings(self) -> frozenset[Standing]:
        return LISTED if self is Validity.ALL else frozenset({Standing(self.value)})

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(validity.value, validity.label) for validity in cls]


_WORDS = {
    Standing.VALID: _Words(
        term("Còn hiệu lực"),
        term("Sản phẩm đang được công nhận ở hạng sao ghi trên giấy."),
        "good",
        "check",
    ),
    Standing.EXPIRED: _Words(
        term("Đã hết hạn"),
        term("Thời hạn công nhận đã qua và sản phẩm chưa được công nhận lại."),
        "warn",
        "clock",
    ),
    Standing.SUSPENDED: _Words(
        term("Đang tạm đình chỉ"),
        term("Cơ quan có thẩm quyền đã tạm đình chỉ; hiện không được dùng hạng sao này."),
        "warn",
        "pause",
    ),
    Standing.REVOKED: _Words(
        term("Đã bị thu hồi"),
        term("Việc công nhận đã bị thu hồi; sản phẩm không còn hạng sao này."),
        "bad",
        "cross",
    ),
    Standing.SUPERSEDED: _Words(
        term("Đã được thay thế"),
        term("Sản phẩm đã có giấy chứng nhận mới thay cho giấy này."),
        "info",
        "arrow",
    ),
}
_ORDER_LABELS = {
    Order.STARS: term("Hạng sao cao trước"),
    Order.NEWEST: term("Mới công nhận trước"),
    Order.NAME: term("Theo tên"),
}
_VALIDITY_LABELS = {
    Validity.VALID: term("Còn hiệu lực"),
    Validity.EXPIRED: term("Đã hết hạn"),
    Validity.ALL: term("Cả hai"),
}
