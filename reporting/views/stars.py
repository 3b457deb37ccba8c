"""Star statistics for everybody: figures, tables, bars, trend, map; the list behind; files."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ocop_portal.web.exports import Column, FileForm, table_file
from ocop_portal.web.views import list_page
from registry.selectors import UnitNames
from reporting.domain.tables import COUNTED, Dimension
from reporting.filters import StarFilter, today
from reporting.selectors import star_choices, star_places, star_trend, stars
from reporting.selectors.names import called_on, names
from reporting.views.drawings import columns_of, map_of
from reporting.views.links import table_url
from reporting.views.place_search import place_search
from reporting.views.shown import BAR, Sheet


@require_safe
def star_tables(request: HttpRequest) -> HttpResponse:
    """Stars by all that is known, as of a day; each figure opens its list.

    Who holds a posting on a province, district or commune begins with that place.
    """
    if not request.GET and (own := star_places.own_place(request.user, today())):
        return HttpResponseRedirect(f"{request.path}?{_query(own)}")
    chosen = StarFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    sheet = _sheet(chosen)
    choice, is_past = sheet.choice, sheet.is_past
    tables = [sheet.shown(dimension) for dimension in COUNTED]
    context = {
        "form": chosen.form,
        "is_understood": is_understood,
        "choice": choice,
        "is_past": is_past,
        "stars": sheet.stars,
        "tables": _with_places(sheet, tables),
        "total": tables[0].total,
        "headline": sheet.figures(tables[0].column_totals),
        "all_url": sheet.url(),
        "subjects": sheet.subjects,
        "columns": columns_of(star_trend.trend(choice, provinces=chosen.provinces), sheet.stars),
        "map": map_of(sheet, chosen.provinces),
        "fixed_url": table_url(choice, is_past=True),
        "place": sheet.place_name,
        "query": request.GET.urlencode(),
        "bar": BAR,
        "search": place_search(request, choice),
    }
    return render(request, "reporting/star_tables.html", context)


@require_safe
def star_list(request: HttpRequest) -> HttpResponseBase:
    """The products behind a figure; those whose page is withheld are counted, not named."""
    chosen = StarFilter(request.GET, request=request)
    chosen.form.is_valid()
    choice = chosen.choice
    found = star_choices.held(choice, provinces=chosen.provinces)
    rows = (
        found.filter(listing__hidden=False)
        .select_related(
            "commune__parent__parent",
            "listing__commune__parent__parent",
            "listing__product",
            "certificate__decision",
        )
        .order_by("-stars", "listing__sort_key", "id")
    )
    called = called_on(choice.on, today=today())
    return list_page(
        request,
        rows,
        None,
        "reporting/star_list.html",
        columns=_list_columns(called),
        called=called,
        choice=choice,
        form=chosen.form,
        hidden=found.filter(listing__hidden=True).count(),
        back=table_url(choice, is_past=choice.on < today()),
    )


@require_safe
def star_file(request: HttpRequest, dimension: Dimension, form: FileForm) -> HttpResponseBase:
    """One table of the page as a file; a filter that is not understood is explained there."""
    chosen = StarFilter(request.GET, request=request)
    if not chosen.form.is_valid():
        return HttpResponseRedirect(f"{reverse('reporting:stars')}?{request.GET.urlencode()}")
    sheet = _sheet(chosen)
    words, table = sheet.names.of(dimension), sheet.table(dimension)
    headings = [
        _(dimension.label),
        *(_("%(stars)s sao") % {"stars": star} for star in sheet.stars),
        _("Cộng"),
    ]
    lines: Iterable[list[Any]] = [
        *(
            [words.get(row.value, row.value or _("Chưa rõ")), *row.counts, row.total]
            for row in table.rows
        ),
        [_("Cộng"), *table.column_totals, table.total],
        [_("Tính đến ngày"), sheet.choice.on],
    ]
    return table_file(headings, lines, form=form, name=f"hang-sao-{dimension.value}")


def _list_columns(called: UnitNames) -> tuple[Column, ...]:
    return (
        Column(gettext_lazy("Sản phẩm"), lambda row: row.listing.name),
        Column(gettext_lazy("Chủ thể"), lambda row: row.listing.subject_name),
        Column(gettext_lazy("Hạng sao"), lambda row: row.stars),
        Column(gettext_lazy("Ngành hàng"), lambda row: row.listing.group_name),
        Column(gettext_lazy("Xã, phường"), lambda row: called.long_name(row.place)),
        Column(gettext_lazy("Số quyết định"), lambda row: row.certificate.decision.number),
        Column(gettext_lazy("Ngày công nhận"), lambda row: row.certificate.issued_on),
        Column(gettext_lazy("Có hiệu lực đến"), lambda row: row.certificate.valid_until),
    )


def _with_places(sheet: Sheet, tables: list[Any]) -> list[Any]:
    if not sheet.places:
        return tables
    return [*tables[:2], sheet.shown(Dimension.PLACE), *tables[2:]]


def _sheet(chosen: StarFilter) -> Sheet:
    choice = chosen.choice
    places, units = star_places.places(choice, provinces=chosen.provinces)
    found = stars.figures(choice, provinces=chosen.provinces)
    return Sheet(
        cells=found.cells,
        subjects=found.subjects,
        names=names(chosen.provinces, units, on_the_day=called_on(choice.on, today=today())),
        choice=choice,
        is_past=choice.on < today(),
        places=places,
    )


def _query(own: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in own.items())
