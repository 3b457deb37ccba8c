"""Star statistics for everybody: the tables, their bars, and the same as CSV files."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.domain.csv_safe import csv_text
from reporting.domain.tables import Dimension
from reporting.filters import StarFilter, today
from reporting.selectors import stars
from reporting.selectors.names import names
from reporting.views.shown import BAR, Sheet


@require_safe
def star_tables(request: HttpRequest) -> HttpResponse:
    """Stars by group, province, regime and year, as of a day; each figure opens its list."""
    chosen = StarFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    sheet = _sheet(chosen)
    tables = [sheet.shown(dimension) for dimension in Dimension]
    context = {
        "form": chosen.form,
        "is_understood": is_understood,
        "choice": sheet.choice,
        "is_past": sheet.is_past,
        "stars": sheet.stars,
        "tables": tables,
        "total": tables[0].total,
        "headline": sheet.figures(tables[0].column_totals),
        "all_url": sheet.url(),
        "subjects": stars.subjects(sheet.choice, provinces=chosen.provinces),
        "query": request.GET.urlencode(),
        "bar": BAR,
    }
    return render(request, "reporting/star_tables.html", context)


@require_safe
def star_file(request: HttpRequest, dimension: Dimension) -> HttpResponse:
    """One table of the page as CSV; a filter that is not understood is explained on the page."""
    chosen = StarFilter(request.GET, request=request)
    if not chosen.form.is_valid():
        return HttpResponseRedirect(f"{reverse('reporting:stars')}?{request.GET.urlencode()}")
    sheet = _sheet(chosen)
    words, table = sheet.names.of(dimension), sheet.table(dimension)
    lines: list[list[object]] = [
        [
            _(dimension.label),
            *(_("%(stars)s sao") % {"stars": star} for star in sheet.stars),
            _("Cộng"),
        ],
        *([words.get(row.value, row.value), *row.counts, row.total] for row in table.rows),
        [_("Cộng"), *table.column_totals, table.total],
        [_("Tính đến ngày"), sheet.choice.on.isoformat()],
    ]
    response = HttpResponse(csv_text(lines), content_type="text/csv; charset=utf-8")
    name = f"hang-sao-{dimension.value}-{sheet.choice.on.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheet(chosen: StarFilter) -> Sheet:
    choice = chosen.choice
    return Sheet(
        cells=stars.cells(choice, provinces=chosen.provinces),
        names=names(chosen.provinces),
        choice=choice,
        is_past=choice.on < today(),
    )
