"""What the lower apps announce, and what the figures do about it."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from promotion.signals import recognitions_changed
from reporting.services import star_tallies


@receiver(recognitions_changed, dispatch_uid="reporting.recognitions_changed")
def follow_recognitions(*, province_id: int, since: date, **_news: Any) -> None:
    """The province's figures from that day on are not used until they are counted again."""
    star_tallies.mark(province_id, since=since)
