"""Legal time: every date of the portal is a day in Asia/Ho_Chi_Minh."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def legal_day(at: datetime) -> date:
    """The calendar day of a moment in Vietnam; a moment without a zone is refused."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return at.astimezone(LEGAL_ZONE).date()
