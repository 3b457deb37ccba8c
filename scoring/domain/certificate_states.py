"""A certificate: valid for its months, suspended, revoked on one of six grounds, or superseded.

Expiry is no move: the clock alone brings it, and the status of a day is asked with that day
(QĐ 26/2026, Điều 4.3, 8).
"""

from datetime import date
from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class CertificateState(StrEnum):
    """What was last decided about a certificate."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class CertificateMove(StrEnum):
    """What may happen to a certificate."""

    SUSPEND = "suspend"
    RESTORE = "restore"
    REVOKE = "revoke"
    SUPERSEDE = "supersede"
    REINSTATE = "reinstate"


class CertificateStatus(StrEnum):
    """What a certificate is worth on a day: its state, and the clock."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _STATUS_TONES[self]


class RevocationGround(StrEnum):
    """The six lawful grounds (QĐ 26/2026, Điều 8)."""

    UNTRUTHFUL = "untruthful"
    BELOW_CRITERIA = "below_criteria"
    LAW_BROKEN = "law_broken"
    MARK_MISUSED = "mark_misused"
    PRODUCTION_ENDED = "production_ended"
    AUTHORITY_FOUND = "authority_found"

    @property
    def label(self) -> str:
        return _GROUND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(ground.value, ground.label) for ground in cls]


def status_on(state: CertificateState, valid_until: date, day: date) -> CertificateStatus:
    """The status on `day`; the last day of validity still counts. A decision beats the clock."""
    if state is CertificateState.VALID and day > valid_until:
        return CertificateStatus.EXPIRED
    return CertificateStatus(state.value)


_STATE_LABELS = {
    CertificateState.VALID: term("Còn hiệu lực"),
    CertificateState.SUSPENDED: term("Đang bị tạm dừng"),
    CertificateState.REVOKED: term("Đã bị thu hồi"),
    CertificateState.SUPERSEDED: term("Đã được thay thế"),
}
_STATUS_LABELS = {
    **{CertificateStatus(state.value): label for state, label in _STATE_LABELS.items()},
    CertificateStatus.EXPIRED: term("Đã hết hạn"),
}
_STATUS_TONES = {
    CertificateStatus.VALID: "good",
    CertificateStatus.EXPIRED: "warn",
    CertificateStatus.SUSPENDED: "warn",
    CertificateStatus.REVOKED: "bad",
    CertificateStatus.SUPERSEDED: "neutral",
}
_GROUND_LABELS = {
    RevocationGround.UNTRUTHFUL: term("Hồ sơ không trung thực hoặc giả mạo"),
    RevocationGround.BELOW_CRITERIA: term("Không còn đáp ứng bộ tiêu chí khi kiểm tra"),
    RevocationGround.LAW_BROKEN: term(
        "Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, nhãn"
    ),
    RevocationGround.MARK_MISUSED: term("Sử dụng sai nhãn hiệu OCOP"),
    RevocationGround.PRODUCTION_ENDED: term("Chủ thể không còn sản xuất sản phẩm"),
    RevocationGround.AUTHORITY_FOUND: term("Kết luận khác của cơ quan có thẩm quyền"),
}

_IN_FORCE = frozenset({CertificateState.VALID, CertificateState.SUSPENDED})
CERTIFICATE = Machine(
    "certificate",
    (
        Transition(
            CertificateMove.SUSPEND,
            frozenset({CertificateState.VALID}),
            CertificateState.SUSPENDED,
            clause="Điều 8, 9",
        ),
        Transition(
            CertificateMove.RESTORE,
            frozenset({CertificateState.SUSPENDED}),
            CertificateState.VALID,
            clause="Điều 9",
        ),
        Transition(CertificateMove.REVOKE, _IN_FORCE, CertificateState.REVOKED, clause="Điều 8"),
        Transition(CertificateMove.SUPERSEDE, _IN_FORCE, CertificateState.SUPERSEDED),
        # The later recognition had been recorded by mistake and was taken back.
        Transition(
            CertificateMove.REINSTATE,
            frozenset({CertificateState.SUPERSEDED}),
            CertificateState.VALID,
        ),
    ),
    {},
)
