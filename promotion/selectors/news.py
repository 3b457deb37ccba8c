"""News: what everybody reads, and what an office writes."""

from collections.abc import Iterable

from django.db.models import QuerySet

from promotion.models import NewsFile, NewsItem
from registry.models import Unit


def public_news() -> QuerySet[NewsItem]:
    """What is published and not withdrawn, the newest first."""
    found = NewsItem.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return found.select_related("unit").order_by("-published_at", "-id")


def news_of(offices: Iterable[Unit]) -> QuerySet[NewsItem]:
    """Everything that these offices wrote, drafts and withdrawn pieces too, the latest first."""
    found = NewsItem.objects.filter(unit__in=offices)
    return found.select_related("unit", "author").order_by("-created_at", "-id")


def more_of(item: NewsItem, *, limit: int = 4) -> QuerySet[NewsItem]:
    """The newest other news of the same office."""
    return public_news().filter(unit=item.unit_id).exclude(pk=item.pk)[:limit]


def files_of(item: NewsItem) -> QuerySet[NewsFile]:
    return NewsFile.objects.filter(item=item).order_by("pk")


def news_file(pk: int) -> NewsFile | None:
    """A file with its news; whether the reader may have it, the view asks."""
    return NewsFile.objects.select_related("item").filter(pk=pk).first()
