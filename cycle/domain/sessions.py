"""Information and training sessions of step one (QĐ 490/QĐ-TTg of 2018, Annex I; QĐ 919/2022).

An office tells people of the programme, or trains them; who came to a training is counted, people
once a year and officials apart, for the programme's training targets. Anybody may come; a place
may be kept by a registration while registration lasts and seats are left.
"""

from datetime import datetime
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import fold, term


class SessionKind(StrEnum):
    """What a session is for; only a training is counted for the targets."""

    INFORMATION = "information"
    TRAINING = "training"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def check_times(
    *, starts_at: datetime, ends_at: datetime, registration_closes_at: datetime, at: datetime
) -> None:
    """Refuses a session of the past, one that ends before it starts, and a late registration."""
    if starts_at <= at:
        raise RuleBroken("session.past", term("Giờ bắt đầu phải sau lúc này."), field="starts_at")
    if ends_at <= starts_at:
        raise RuleBroken(
            "session.times", term("Giờ kết thúc phải sau giờ bắt đầu."), field="ends_at"
        )
    if registration_closes_at > starts_at:
        raise RuleBroken(
            "session.registration",
            term("Hạn đăng ký không được sau giờ bắt đầu."),
            field="registration_closes_at",
        )


def check_registration(
    *, closes_at: datetime, capacity: int | None, taken: int, at: datetime
) -> None:
    """Refuses a registration after its time, or when every seat is taken."""
    if at >= closes_at:
        raise RuleBroken("session.closed", term("Đã hết hạn đăng ký lớp này."))
    if capacity is not None and taken >= capacity:
        raise RuleBroken("session.full", term("Lớp đã đủ %(capacity)s chỗ."), capacity=capacity)


def key_of_account(user_id: int) -> str:
    """What tells a person with an account from others, across sessions."""
    return f"account:{user_id}"


def key_of_guest(name: str, phone: str) -> str:
    """The same name with the same number is the same person, however it was written."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"guest:{fold(name)}:{digits}"


_LABELS = {
    SessionKind.INFORMATION: term("Tuyên truyền, phổ biến"),
    SessionKind.TRAINING: term("Tập huấn, đào tạo"),
}
