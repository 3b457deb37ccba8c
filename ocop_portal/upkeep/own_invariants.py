"""What must be true of the queues, whatever is in them."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_noop as term

from ocop_portal.journal.models import Delivery, Entry, Notification
from ocop_portal.upkeep import files
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope
from ocop_portal.upkeep.invariants import register as add

STUCK_AFTER = timedelta(hours=1)
OPEN = (Delivery.WAITING, Delivery.SENDING)


def register() -> None:
    """Called once, when the portal starts."""
    add(
        files.INVARIANT,
        Invariant(
            code="journal.notices.written",
            title=term("Việc cần báo tin được báo trong một giờ"),
            clause="",
            advice=term(
                "Xem tiến trình nền có chạy không (/healthz); nếu chạy, đọc nhật ký lỗi của nó."
            ),
            find=_unwritten,
        ),
        Invariant(
            code="journal.notices.sent",
            title=term("Tin đến hạn được gửi hoặc ghi là hỏng trong một giờ"),
            clause="",
            advice=term("Xem hộp thư đi và máy chủ thư; gửi lại khi máy chủ thư đã hoạt động."),
            find=_unsent,
        ),
    )


def _unwritten(scope: Scope) -> Iterator[Finding]:
    late = Entry.objects.filter(fan_out_due_at__lt=scope.at - STUCK_AFTER)
    for entry in late.order_by("pk").iterator(chunk_size=200):
        yield Finding(
            entry,
            term("Việc %(kind)s chưa được báo cho ai sau %(attempts)s lần thử."),
            {"kind": entry.kind, "attempts": entry.fan_out_attempts},
        )


def _unsent(scope: Scope) -> Iterator[Finding]:
    before = scope.at - STUCK_AFTER
    late = Notification.objects.filter(Q(state__in=OPEN), due_at__lt=before)
    for row in late.order_by("pk").iterator(chunk_size=200):
        yield Finding(
            row,
            term("Tin số %(number)s đến hạn từ hơn một giờ, đã thử %(attempts)s lần."),
            {"number": row.pk, "attempts": row.attempts},
        )
