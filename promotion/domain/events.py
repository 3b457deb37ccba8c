"""Events of trade promotion: fairs, weeks, contests, forums (step six of 490/2018 and 919/2022).

An office calls an event with its days and the last day to apply. Producers apply for recognised
products: the certificate is valid on the day of applying and still on the first day of the event
(what becomes of an application: `entries`). It is concluded after its last day, or cancelled.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from promotion.domain.entries import EntryState  # noqa: F401 - migration 0008 finds it here
from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term

MOST_DAYS = 60


class EventKind(StrEnum):
    """What sort of event it is."""

    FAIR = "fair"
    WEEK = "week"
    CONTEST = "contest"
    FORUM = "forum"
    EXHIBITION = "exhibition"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class EventState(StrEnum):
    """Where an event stands."""

    CALLED = "called"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _EVENT_TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class EventMove(StrEnum):
    """What may happen to an event."""

    CONCLUDE = "conclude"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Days:
    """The days of an event, both ends included, and the last day to apply."""

    apply_by: date
    starts_on: date
    ends_on: date

    def takes_applications(self, on: date) -> bool:
        return on <= self.apply_by

    def has_started(self, on: date) -> bool:
        return self.starts_on <= on

    def has_ended(self, on: date) -> bool:
        return self.ends_on < on


def check_days(days: Days, *, today: date) -> None:
    """In their order, none of them past when the event is called, no longer than two months."""
    if days.apply_by < today:
        raise RuleBroken(
            "event.past_deadline", term("Hạn đăng ký phải từ hôm nay trở đi."), field="apply_by"
        )
    if days.starts_on < days.apply_by:
        raise RuleBroken(
            "event.deadline_after_start",
            term("Hạn đăng ký phải trước hoặc đúng ngày khai mạc."),
            field="apply_by",
        )
    if days.ends_on < days.starts_on:
        raise RuleBroken(
            "event.ends_before_start",
            term("Ngày bế mạc phải từ ngày khai mạc trở đi."),
            field="ends_on",
        )
    if (days.ends_on - days.starts_on).days >= MOST_DAYS:
        raise RuleBroken(
            "event.too_long",
            term("Một sự kiện kéo dài nhiều nhất %(most)s ngày."),
            field="ends_on",
            most=MOST_DAYS,
        )


def check_application(days: Days, *, on: date, holds_today: bool, holds_then: bool) -> None:
    """Refuses after the last day, and a product without a certificate today or at the opening."""
    if not days.takes_applications(on):
        raise RuleBroken(
            "event.deadline_passed",
            term("Đã hết hạn đăng ký ngày %(day)s."),
            field="product",
            day=f"{days.apply_by:%d/%m/%Y}",
        )
    if not holds_today:
        raise RuleBroken(
            "event.not_recognised",
            term("Chỉ sản phẩm có giấy chứng nhận còn hiệu lực mới đăng ký được."),
            field="product",
        )
    if not holds_then:
        raise RuleBroken(
            "event.expires_before",
            term("Giấy chứng nhận hết hiệu lực trước ngày khai mạc %(day)s."),
            field="product",
            day=f"{days.starts_on:%d/%m/%Y}",
        )


_KIND_LABELS = {
    EventKind.FAIR: term("Hội chợ"),
    EventKind.WEEK: term("Tuần hàng"),
    EventKind.CONTEST: term("Cuộc thi"),
    EventKind.FORUM: term("Diễn đàn, hội nghị kết nối"),
    EventKind.EXHIBITION: term("Triển lãm"),
}
_EVENT_LABELS = {
    EventState.CALLED: term("Đã mời"),
    EventState.CONCLUDED: term("Đã tổng kết"),
    EventState.CANCELLED: term("Đã huỷ"),
}
_EVENT_TONES = {
    EventState.CALLED: "info",
    EventState.CONCLUDED: "good",
    EventState.CANCELLED: "bad",
}
EVENT = Machine(
    "event",
    (
        Transition(
            EventMove.CONCLUDE,
            frozenset({EventState.CALLED}),
            EventState.CONCLUDED,
            needs=("ended", "answered", "marked"),
        ),
        Transition(
            EventMove.CANCEL,
            frozenset({EventState.CALLED}),
            EventState.CANCELLED,
            needs=("reason",),
        ),
    ),
    {
        "ended": term("Chỉ tổng kết sau ngày bế mạc."),
        "answered": term("Còn đăng ký chưa được trả lời."),
        "marked": term("Còn sản phẩm được chọn chưa ghi có mặt hay vắng."),
        "reason": term("Hãy ghi lý do."),
    },
)
