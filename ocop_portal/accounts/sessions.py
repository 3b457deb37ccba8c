"""Sessions in the database that know whose they are, so that a person can see and end them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ocop_portal.accounts.devices import device
from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.web.middleware import LAST_SEEN

STARTED = "started"
BROWSER = "browser"
LONGEST_BROWSER = 200
HANDLE_LENGTH = 16


class SessionStore(DatabaseStore):
    """Django's own store; each row also names the person who logged in with it."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)  # type: ignore[attr-defined] # of our model
        return row


@dataclass(frozen=True)
class OpenSession:
    """One browser in which a person is logged in; `handle` names it without its secret key."""

    handle: str
    browser: str
    started_at: datetime | None
    seen_at: datetime | None
    is_this_one: bool

    @property
    def device(self) -> str:
        """The browser in words."""
        return device(self.browser)


@receiver(user_logged_in, dispatch_uid="accounts.note_browser")
def note_browser(request: HttpRequest, **_sent: Any) -> None:
    """Remembers, in the session itself, when it began and in which browser."""
    request.session[STARTED] = int(timezone.now().timestamp())
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:LONGEST_BROWSER]


def open_sessions(user: User, *, this_key: str | None, at: datetime) -> list[OpenSession]:
    """The person's sessions that still run, the one that asks first."""
    rows = BrowserSession.objects.filter(user=user, expire_date__gt=at).order_by("-expire_date")
    found = [_shown(row, this_key) for row in rows]
    return sorted(found, key=lambda each: not each.is_this_one)


def end_session(user: User, handle: str) -> bool:
    """Logs one browser of the person out; False where it had ended already."""
    for row in BrowserSession.objects.filter(user=user):
        if handle_of(row.session_key) == handle:
            row.delete()
            return True
    return False


def handle_of(key: str) -> str:
    """A session's name on the screen; the key cannot be found from it."""
    return salted_hmac("accounts.sessions", key).hexdigest()[:HANDLE_LENGTH]


def end_other_sessions(user: User, *, this_key: str | None) -> int:
    """Logs every other browser of the person out; how many."""
    gone, _rows = BrowserSession.objects.filter(user=user).exclude(session_key=this_key).delete()
    return gone


def _shown(row: BrowserSession, this_key: str | None) -> OpenSession:
    data = row.get_decoded()
    return OpenSession(
        handle=handle_of(row.session_key),
        browser=str(data.get(BROWSER, "")),
        started_at=_moment(data.get(STARTED)),
        seen_at=_moment(data.get(LAST_SEEN)),
        is_this_one=row.session_key == this_key,
    )


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, int):
        return None
    return datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone())
