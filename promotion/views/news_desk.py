"""The office's desk of news: written, revised, published, withdrawn, with files."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.refusals import refusal_text
from ocop_portal.web.templatetags.portal import term
from ocop_portal.web.views import list_page
from promotion.forms import NewsFileForm, NewsForm, NewsReasonForm
from promotion.models import NewsFile, NewsItem
from promotion.permissions import NOT_WRITING, offices_of
from promotion.selectors import news as selectors
from promotion.services import news
from promotion.views.columns import NEWS
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.models import Unit

GET_OR_POST = ("GET", "HEAD", "POST")
TEXTS = ("title_vi", "body_vi", "title_en", "body_en")


@login_required
@require_safe
def own_news(request: HttpRequest) -> HttpResponseBase:
    """Everything that the reader's offices wrote, drafts first seen here."""
    found = selectors.news_of(_offices(request))
    return list_page(request, found, None, "promotion/news_desk.html", columns=NEWS)


@login_required
@require_http_methods(GET_OR_POST)
def news_create(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    form = NewsForm(request.POST or None, offices=_offices(request))
    if request.method == "POST" and form.is_valid():
        item = _done(
            form, lambda: news.write(**form.cleaned_data, by=signed_in(request), at=timezone.now())
        )
        if isinstance(item, NewsItem):
            messages.success(request, _("Đã lưu bản nháp. Chưa ai khác thấy tin này."))
            return redirect(item)
    return render(request, "promotion/news_form.html", {"form": form})


@login_required
@require_http_methods(GET_OR_POST)
def news_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text again; what somebody else saved meanwhile is shown beside one's own."""
    item = _item(request, pk)
    stored = {name: getattr(item, name) for name in TEXTS}
    form = NewsForm(request.POST or None, initial={**stored, "version": item.version})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in TEXTS}
        version = form.cleaned_data["version"] or 0
        saved = _done(
            form,
            lambda: news.revise(
                item, **told, version=version, by=signed_in(request), at=timezone.now()
            ),
        )
        if isinstance(saved, NewsItem):
            messages.success(request, _("Đã lưu."))
            return redirect(saved)
        form.data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
        form.data["version"] = str(item.version)  # type: ignore[index] # as above
    is_stale = request.method == "POST" and form.data.get("version") == str(item.version)
    context = {"form": form, "item": item, "stored": stored if is_stale and form.errors else None}
    return render(request, "promotion/news_form.html", context)


@login_required
@require_POST
def news_publish(request: HttpRequest, pk: int) -> HttpResponse:
    item = news.publish(_item(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã đăng tin."))
    return redirect(item)


@login_required
@require_POST
def news_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes it from the public; without a reason nothing happens and the page says so."""
    item, form = _item(request, pk), NewsReasonForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Hãy ghi lý do gỡ tin."))
        return redirect(item)
    reason = form.cleaned_data["reason"]
    news.withdraw(item, reason=reason, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã gỡ tin."))
    return redirect(item)


@login_required
@require_http_methods(GET_OR_POST)
def news_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Files are added one by one, so that each has a title."""
    item = _item(request, pk)
    form = NewsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = _done(
            form,
            lambda: news.attach(
                item, **form.cleaned_data, by=signed_in(request), at=timezone.now()
            ),
        )
        if isinstance(row, NewsFile):
            messages.success(request, _("Đã thêm tệp."))
            return redirect("promotion:news-attach", item.pk)
    context = {"form": form, "item": item, "files": selectors.files_of(item)}
    return render(request, "promotion/news_files.html", context)


@login_required
@require_POST
def news_detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a file away."""
    found = NewsFile.objects.select_related("item__unit")
    row = get_object_or_404(found.filter(item__unit__in=_offices_or_none(request)), pk=pk)
    news.detach(row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã bỏ tệp."))
    return redirect("promotion:news-attach", row.item_id)


def _done(form: Form, work: Callable[[], NewsItem | NewsFile]) -> NewsItem | NewsFile | None:
    """Does the work; a refusal becomes an error of its field."""
    try:
        return work()
    except RuleBroken as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal_text(refusal))
        return None


def _item(request: HttpRequest, pk: int) -> NewsItem:
    return get_object_or_404(selectors.news_of(_offices_or_none(request)), pk=pk)


def _offices_or_none(request: HttpRequest) -> list[Unit]:
    return offices_of(signed_in(request), on=legal_day(timezone.now()))


def _offices(request: HttpRequest) -> list[Unit]:
    """The reader's offices; who speaks for none is told so."""
    offices = _offices_or_none(request)
    if not offices:
        raise PermissionDenied(term(NOT_WRITING))
    return offices
