"""List base, the desk, and the page that says whether the portal is well."""

from collections.abc import Sequence
from typing import Any, overload

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from ocop_portal.web import desk, exports, health, list_tools
from ocop_portal.web.exports import Column

PER_PAGE = 50


class BarePaginator(Paginator):  # type: ignore[type-arg] # not subscriptable at run time
    """Counts on the bare table: joins, ordering and computed columns cost and change nothing."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.select_related(None).prefetch_related(None).order_by().count()


@overload
def list_page(
    request: HttpRequest,
    queryset: QuerySet[Any],
    filterset: type[FilterSet] | None,
    template: str,
    *,
    columns: Sequence[Column],
    **context: Any,
) -> HttpResponseBase: ...


@overload
def list_page(
    request: HttpRequest,
    queryset: QuerySet[Any],
    filterset: type[FilterSet] | None,
    template: str,
    **context: Any,
) -> HttpResponse: ...


def list_page(
    request: HttpRequest,
    queryset: QuerySet[Any],
    filterset: type[FilterSet] | None,
    template: str,
    *,
    columns: Sequence[Column] = (),
    **context: Any,
) -> HttpResponseBase:
    """A page of 50 rows of what the filter leaves; a wrong page number shows the nearest page.

    The template gets `page_obj`, `rows`, `filter` (None without a filter set) and `query`, the
    reader's own query, with which pagination keeps filter and order. A list with `columns` is also
    answered as a file of all its rows, where the address asks for one; a filter that is not
    understood would give more rows than were asked for, and shows the page with its errors.
    """
    chosen = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = chosen.qs if chosen is not None else queryset
    is_understood = chosen is None or chosen.form.is_valid()
    if columns and is_understood and (file := exports.asked_file(request, rows, columns)):
        return file
    tools = list_tools.context_for(request, chosen)
    if address := tools.pop(list_tools.GO_TO, None):
        return redirect(address)
    page = BarePaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page_obj": page,
        "rows": page.object_list,
        "filter": chosen,
        "query": request.GET,
        "has_file": bool(columns),
        **tools,
        **context,
    }
    return render(request, template, shown)


@login_required
@require_safe
def desk_home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, or what the reader can do next."""
    at = timezone.now()
    groups = desk.groups_for(request.user, at)
    return render(
        request,
        "web/desk.html",
        {
            "groups": groups,
            "waiting": sum(len(group.tasks) for group in groups),
            "suggestions": [] if groups else desk.suggestions_for(request.user, at),
            "shortcuts": list(desk.shortcuts_for(request.user, at)),
            "today": timezone.localdate(at),
        },
    )


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker are well, else 503 with what is not."""
    findings = health.examine(timezone.now())
    is_well = all(finding.is_well for finding in findings)
    body = {finding.name: "ok" if finding.is_well else finding.fault for finding in findings}
    return JsonResponse(
        {"status": "ok" if is_well else "down", **body}, status=200 if is_well else 503
    )


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines read the public face and nothing behind the login."""
    closed = ("/ban-lam-viec/", "/tai-khoan/", "/thong-bao/", "/quan-tri/", "/api/")
    endless = ("/so-sanh/", "/yeu-thich/")  # every choice of products is an address
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*closed, *endless))]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
