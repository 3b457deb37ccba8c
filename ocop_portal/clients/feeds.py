"""Which things programs may follow: each app announces its own when it starts.

A feed names a kind of thing, the journal kinds that are news about it, who may see which things
(a selector with its shields, asked at each reading), and where the API tells more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from ocop_portal.accounts.models import User

Visible = Callable[[User, date], QuerySet[Any]]
Address = Callable[[int], str]


@dataclass(frozen=True)
class Feed:
    """`visible(user, on)` are the things whose news this person may have."""

    model: type[Model]
    kinds: frozenset[str]
    visible: Visible
    address: Address

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


_feeds: dict[str, Feed] = {}


def register(feed: Feed) -> Feed:
    """Adds a feed; a kind of thing has one."""
    if _feeds.setdefault(feed.label, feed) is not feed:
        raise ValueError(f"{feed.label}: two feeds")
    return feed


def has_news(kind: str) -> bool:
    """Whether programs are told of this kind of entry."""
    return any(kind in feed.kinds for feed in _feeds.values())


def kinds() -> list[str]:
    """Every kind that programs are told of, in order."""
    return sorted(kind for feed in _feeds.values() for kind in feed.kinds)


def address_of(label: str, pk: int) -> str:
    """Where the API tells more about a thing."""
    return _feeds[label].address(pk)


def seen_by(user: User, on: date) -> Q:
    """The changes whose things this person may see on a day."""
    seen = Q(pk__in=[])
    for feed in _feeds.values():
        things = feed.visible(user, on).order_by().values("pk")
        seen |= Q(entry__subject_type=feed.label, entry__subject_id__in=things)
    return seen
