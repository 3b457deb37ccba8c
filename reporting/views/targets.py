"""The programme's targets for everybody: figure, aim, and what was counted."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ocop_portal.web import exports
from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from reporting.domain.targets import TargetUnit
from reporting.filters import TargetFilter, today
from reporting.selectors import targets

PERCENT = TargetUnit.PERCENT

COLUMNS = (
    Column(_("Mục tiêu"), lambda row: row.indicator.label),
    Column(_("Tử số"), lambda row: row.measured.numerator if row.is_known else None),
    Column(_("Mẫu số"), lambda row: row.measured.denominator if row.is_known else None),
    Column(
        _("Đến nay, phần trăm"), lambda row: row.tenths / 10 if row.tenths is not None else None
    ),
    Column(_("Đề ra, ít nhất"), lambda row: row.indicator.least if row.has_aim else None),
    Column(_("Đề ra, nhiều nhất"), lambda row: row.indicator.most if row.has_aim else None),
    Column(_("Đơn vị tính"), lambda row: "%" if row.indicator.unit is PERCENT else ""),
    Column(_("Kết quả"), lambda row: term(row.standing.label) if row.has_aim else ""),
    Column(_("Cách tính: tử số"), lambda row: row.indicator.numerator),
    Column(_("Cách tính: mẫu số"), lambda row: row.indicator.denominator),
)


@require_safe
def target_table(request: HttpRequest) -> HttpResponseBase:
    """Every indicator of a programme as of a day, for the country or one province."""
    chosen = TargetFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    programme, province = chosen.programme, chosen.place
    rows = targets.progress(programme, on=chosen.on, today=today(), province=province)
    if is_understood and (file := exports.asked_file(request, rows, COLUMNS)):
        return file
    context = {
        "form": chosen.form,
        "is_understood": is_understood,
        "programme": programme,
        "province": province,
        "on": chosen.on,
        "is_over": programme.is_over(chosen.on),
        "rows": rows,
    }
    return render(request, "reporting/targets.html", context)
