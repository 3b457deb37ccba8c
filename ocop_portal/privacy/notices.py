"""What is told about requests and files of personal data."""

from django.urls import reverse
from django.utils.translation import gettext_noop as term

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from ocop_portal.privacy.models import DataRequest

TITLES = {
    "privacy.export.asked": term("Một người xin bản dữ liệu của mình"),
    "privacy.request.asked": term("Yêu cầu về dữ liệu cá nhân được gửi"),
    "privacy.request.withdrawn": term("Yêu cầu về dữ liệu cá nhân được rút"),
    "privacy.request.approved": term("Yêu cầu về dữ liệu cá nhân được nhận"),
    "privacy.request.refused": term("Yêu cầu về dữ liệu cá nhân không làm được"),
    "privacy.request.done": term("Dữ liệu cá nhân đã được xóa"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for word in ("approved", "refused"):
        notices.register(
            Notice(
                kind=f"privacy.request.{word}",
                recipients=_who_asked,
                url=lambda _entry: reverse("privacy:own"),
                essential=True,
            )
        )


def _who_asked(entry: Entry) -> list[User]:
    rows = DataRequest.objects.filter(pk=entry.subject_id).select_related("person")
    return [row.person for row in rows]
