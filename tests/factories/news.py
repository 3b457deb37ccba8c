"""News of an office."""

from datetime import datetime

from ocop_portal.accounts.models import User
from promotion.models import NewsFile, NewsItem
from promotion.services import news
from registry.models import Unit
from tests.factories import registry


def draft(unit: Unit, *, by: User, at: datetime, title: str = "Hội chợ mùa thu") -> NewsItem:
    """A draft, seen by its office alone."""
    return news.write(unit, title_vi=title, body_vi="Một.\n\nHai.", by=by, at=at)


def published(unit: Unit, *, by: User, at: datetime, title: str = "Hội chợ mùa thu") -> NewsItem:
    """A piece that everybody reads."""
    return news.publish(draft(unit, by=by, at=at, title=title), by=by, at=at)


def with_file(unit: Unit, *, by: User, at: datetime) -> NewsFile:
    """A draft with a file."""
    item = draft(unit, by=by, at=at)
    return news.attach(item, title="Thể lệ", file=registry.pdf(), by=by, at=at)


def many(unit: Unit, number: int, *, by: User, at: datetime) -> None:
    """So many published pieces, in bulk: for counts and costs."""
    NewsItem.objects.bulk_create(
        NewsItem(
            unit=unit,
            title_vi=f"Tin {place}",
            body_vi="Một.",
            author=by,
            created_at=at,
            revised_at=at,
            published_at=at,
        )
        for place in range(number)
    )
