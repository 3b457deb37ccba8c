"""Atom feeds: newly recognised products, and news."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from promotion.models import Listing, NewsItem
from promotion.selectors import news, pages
from promotion.views.news import shown
from promotion.views.shared import PUBLIC
from registry.domain.clock import LEGAL_ZONE, legal_day
from scoring.domain.certificate_states import CertificateState

ENTRIES = 50


class KeptFeed(Feed):  # type: ignore[type-arg] # no generics at run time
    """An Atom feed that caches may keep half a minute."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().__call__(request, *args, **kwargs)
        answer["Cache-Control"] = PUBLIC
        return answer


class NewlyRecognised(KeptFeed):
    """The products recognised last that still hold their star."""

    link = reverse_lazy("promotion:catalogue")

    def title(self) -> str:
        return _("Sản phẩm OCOP mới được công nhận")

    def items(self) -> list[Listing]:
        today = legal_day(timezone.now())
        found = pages.with_page().filter(state=CertificateState.VALID, valid_until__gte=today)
        return list(found.order_by("-issued_on", "-id")[:ENTRIES])

    def item_title(self, item: Listing) -> str:
        return f"{item.name} – {_('%(stars)s sao') % {'stars': item.stars}}"

    def item_description(self, item: Listing) -> str:
        return f"{item.subject_name}, {item.product.commune.long_name}"

    def item_pubdate(self, item: Listing) -> datetime:
        return datetime.combine(item.issued_on, time(), tzinfo=LEGAL_ZONE)

    item_updateddate = item_pubdate


class LatestNews(KeptFeed):
    """The news of all offices."""

    link = reverse_lazy("promotion:news-list")

    def title(self) -> str:
        return _("Tin tức OCOP")

    def items(self) -> list[NewsItem]:
        return list(news.public_news()[:ENTRIES])

    def item_title(self, item: NewsItem) -> str:
        return shown(item).title

    def item_description(self, item: NewsItem) -> str:
        return Truncator(shown(item).body).chars(400)

    def item_author_name(self, item: NewsItem) -> str:
        return item.unit.name

    def item_pubdate(self, item: NewsItem) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: NewsItem) -> datetime:
        return max(item.revised_at, item.published_at or item.revised_at)
