"""What a person is told about programs that use the portal in his or her name."""

from django.urls import reverse
from django.utils.translation import gettext_noop as term

from ocop_portal.accounts.models import User
from ocop_portal.clients.models import Webhook
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice

TITLES = {
    "clients.token.made": term("Mã truy cập được tạo"),
    "clients.token.revoked": term("Mã truy cập bị thu hồi"),
    "clients.webhook.placed": term("Địa chỉ nhận tin được đặt"),
    "clients.webhook.ended": term("Địa chỉ nhận tin đã dừng"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    notices.register(
        Notice(
            kind="clients.webhook.ended",
            recipients=_owner_of_webhook,
            url=lambda _entry: reverse("clients:webhook-list"),
        )
    )


def _owner_of_webhook(entry: Entry) -> list[User]:
    """The doer is not told of his own deed, so this is for what the portal ended by itself."""
    return [
        hook.user for hook in Webhook.objects.filter(pk=entry.subject_id).select_related("user")
    ]
