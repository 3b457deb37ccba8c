"""News for everybody: the list, a piece with its files, and the files themselves."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from promotion.models import NewsItem
from promotion.permissions import may_write_news, offices_of
from promotion.selectors import news
from promotion.views.shared import public_face
from registry.domain.clock import legal_day

PER_PAGE = 20


@dataclass(frozen=True)
class ShownNews:
    """A piece in the language it is shown in."""

    item: NewsItem
    title: str
    body: str
    language: str


@require_safe
@public_face
def news_list(request: HttpRequest) -> HttpResponse:
    """What is published, the newest first; an office's people find their desk from here."""
    page = Paginator(news.public_news(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [shown(item) for item in page.object_list],
        "query": request.GET,
        "may_write": _speaks_for_an_office(request),
    }
    return render(request, "promotion/news_list.html", context)


@require_safe
@public_face
def news_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece; a draft or a withdrawn one is there only for the people of its office."""
    item = get_object_or_404(NewsItem.objects.select_related("unit"), pk=pk)
    may_write = _may_write(request, item)
    if not item.is_public and not may_write:
        raise Http404(_("Không có tin này."))
    piece = shown(item)
    context = {
        "item": item,
        "piece": piece,
        "files": news.files_of(item),
        "more": [shown(other) for other in news.more_of(item)],
        "may_write": may_write,
        "crumbs": [(_("Tin tức"), reverse("promotion:news-list")), (piece.title, "")],
    }
    return render(request, "promotion/news_page.html", context)


@require_safe
def news_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a piece that the reader may read; what browsers could run is only saved."""
    row = news.news_file(pk)
    if row is None or not (row.item.is_public or _may_write(request, row.item)):
        raise Http404(_("Không có tệp này."))
    try:
        stored = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    response = FileResponse(
        stored,
        as_attachment=not row.file_kind.opens_in_browser,
        filename=row.original_name,
        content_type=row.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def shown(item: NewsItem) -> ShownNews:
    if get_language() == "en" and item.body_en:
        return ShownNews(item, item.title_en, item.body_en, "en")
    return ShownNews(item, item.title_vi, item.body_vi, "vi")


def _may_write(request: HttpRequest, item: NewsItem) -> bool:
    user = request.user
    on = legal_day(timezone.now())
    return isinstance(user, User) and bool(may_write_news(user, item.unit, on=on))


def _speaks_for_an_office(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and bool(offices_of(user, on=legal_day(timezone.now())))
