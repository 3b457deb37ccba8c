"""What the public may be shown of a recognised product, and as what.

A certificate is valid for the months its regime names (36, 26/2026 Article 4.3) and may be
suspended or revoked meanwhile (Article 8); a later recognition takes its place. The catalogue
offers what is valid today, keeps what has expired for reference, says plainly that a product is
suspended, and shows nothing of a product whose recognition was revoked: only the verification page
still answers for its certificate, because the citizen who holds the code must learn the truth.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term
from scoring.domain.certificate_states import CertificateState, CertificateStatus


@dataclass(frozen=True)
class Words:
    """What a citizen is told of a status: what it means, and the sign beside it."""

    meaning: str
    icon: str


def words_of(status: CertificateStatus) -> Words:
    """Each status has its own sentence and its own shape; colour is never the only signal."""
    return _WORDS[status]


def is_offered(status: CertificateStatus) -> bool:
    """Whether the catalogue may offer the product as recognised now."""
    return status is CertificateStatus.VALID


def is_listed(status: CertificateStatus) -> bool:
    """Whether the catalogue may name the product at all, in whichever filter."""
    return status in LISTED


def has_page(status: CertificateStatus) -> bool:
    """Whether the product has a public page; a suspended one keeps it, with the warning."""
    return status in LISTED or status is CertificateStatus.SUSPENDED


LISTED = frozenset({CertificateStatus.VALID, CertificateStatus.EXPIRED})
# Stored states under which a page exists; expiry is not stored.
STATES_WITH_PAGE = frozenset({CertificateState.VALID, CertificateState.SUSPENDED})


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
    def statuses(self) -> frozenset[CertificateStatus]:
        return LISTED if self is Validity.ALL else frozenset({CertificateStatus(self.value)})

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(validity.value, validity.label) for validity in cls]


_WORDS = {
    CertificateStatus.VALID: Words(
        term("Sản phẩm đang được công nhận ở hạng sao ghi trên giấy."), "check"
    ),
    CertificateStatus.EXPIRED: Words(
        term("Thời hạn công nhận đã qua và sản phẩm chưa được công nhận lại."), "clock"
    ),
    CertificateStatus.SUSPENDED: Words(
        term("Cơ quan có thẩm quyền đã tạm dừng; hiện không được dùng hạng sao này."), "pause"
    ),
    CertificateStatus.REVOKED: Words(
        term("Việc công nhận đã bị thu hồi; sản phẩm không còn hạng sao này."), "cross"
    ),
    CertificateStatus.SUPERSEDED: Words(
        term("Sản phẩm đã có giấy chứng nhận mới thay cho giấy này."), "arrow"
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
