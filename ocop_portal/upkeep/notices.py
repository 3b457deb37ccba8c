"""The notice that the daily check found something."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as term

from ocop_portal.journal import kinds, notices
from ocop_portal.journal.notices import Notice
from ocop_portal.upkeep.permissions import keepers
from ocop_portal.upkeep.services import FOUND

TITLES = {FOUND: term("Tự kiểm tra thấy điều không khớp")}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    notices.register(
        Notice(
            kind=FOUND,
            recipients=lambda entry: keepers(timezone.localdate(entry.at)),
            url=lambda _entry: reverse("upkeep:checks"),
        )
    )
