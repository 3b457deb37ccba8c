"""Every public page for search engines: an index, and parts of at most 10,000 addresses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as written
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from promotion.models import Listing, NewsItem
from promotion.selectors import guidance, news, pages

PART = 10_000
PLAIN = (
    "home",
    "promotion:catalogue",
    "promotion:provinces",
    "promotion:verify",
    "promotion:news-list",
    "guidance:index",
    "criteria:list",
    "registry:eligibility",
    "reporting:stars",
    "open-data:index",
    "clients:guide",
)


class PlainPages(Sitemap):  # type: ignore[type-arg] # no generics at run time
    """Pages that are always there."""

    def items(self) -> list[str]:
        return list(PLAIN)

    def location(self, item: str) -> str:
        return reverse(item)


class GuidancePages(Sitemap):  # type: ignore[type-arg] # no generics at run time
    """The guidance."""

    def items(self) -> list[str]:
        return [page.slug for page in guidance.pages()]

    def location(self, item: str) -> str:
        return reverse("guidance:page", args=[item])


class Products(Sitemap):  # type: ignore[type-arg] # no generics at run time
    """Every product with a public page, by its key, so that a part changes as little as can be."""

    limit = PART

    def items(self) -> QuerySet[Listing]:
        found = pages.with_page().select_related(None)
        return found.order_by("product_id").only("slug", "product_id")


class News(Sitemap):  # type: ignore[type-arg] # no generics at run time
    """The news with the day it was last changed."""

    limit = PART

    def items(self) -> QuerySet[NewsItem]:
        return news.public_news().select_related(None)

    def lastmod(self, item: NewsItem) -> datetime:
        return item.revised_at


SITEMAPS: Mapping[str, Any] = {
    "trang": PlainPages,
    "huong-dan": GuidancePages,
    "san-pham": Products,
    "tin-tuc": News,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where the parts are."""
    return written.index(request, dict(SITEMAPS), sitemap_url_name="promotion:sitemap-part")


@require_safe
def part(request: HttpRequest, section: str) -> HttpResponse:
    """One part; a page that is none of it is 404."""
    return written.sitemap(request, dict(SITEMAPS), section)
