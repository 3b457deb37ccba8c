"""Acts of a session follow each other in time.

A portal may run on several hosts; one whose clock is an hour off would write a sheet before the
session was opened, or a result before the sheets it counts. Such an act is refused, so that the
times in the minutes can be believed. A device's own clock is never read.
"""

from datetime import datetime, timedelta

from registry.domain.errors import RuleBroken
from registry.domain.text import term

SLACK = timedelta(minutes=5)  # by which the clocks of two hosts may differ unnoticed


def require_in_order(at: datetime, *, since: datetime | None) -> None:
    """Refuses an act at a time before the one it follows; `since` is None where it follows none."""
    if since is None or at >= since - SLACK:
        return
    raise RuleBroken(
        "clock.behind",
        term(
            "Đồng hồ máy chủ lệch: việc trước đó được ghi %(minutes)s phút sau giờ này. Chưa có "
            "gì thay đổi; hãy báo quản trị cổng chỉnh giờ rồi làm lại."
        ),
        minutes=round((since - at) / timedelta(minutes=1)),
    )
