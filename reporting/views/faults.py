"""The common faults of a round for officers, and the draft of an article made from them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cycle.models import Round
from cycle.selectors import rounds
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from ocop_portal.web import exports
from ocop_portal.web.exports import Column
from ocop_portal.web.filters import LONGEST_NUMBER
from ocop_portal.web.templatetags.portal import term
from promotion.permissions import offices_of
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from reporting.domain.faults import LEAST
from reporting.permissions import may_read_faults
from reporting.selectors.faults import faults_of
from reporting.services import fault_articles

FAULTS = (
    Column(gettext_lazy("Giấy tờ"), lambda row: term(row.paper)),
    Column(gettext_lazy("Mục"), lambda row: term(row.title)),
    Column(gettext_lazy("Số sản phẩm"), lambda row: row.products),
    Column(
        gettext_lazy("Lý do"),
        lambda row: "; ".join(f"{term(reason)}: {count}" for reason, count in row.reasons),
    ),
)


@login_required
@require_safe
def common_faults(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What had to be mended in a round, item by item; for one set where one is chosen."""
    user, on, season = signed_in(request), legal_day(timezone.now()), _season(pk)
    require(may_read_faults(user, season, on=on))
    chosen = _set(request.GET.get("set", ""))
    found = faults_of(season, user, on, product_set=chosen)
    if file := exports.asked_file(request, found.rows, FAULTS):
        return file
    context = {
        "season": season,
        "found": found,
        "chosen": chosen,
        "least": LEAST,
        "offices": offices_of(user, on=on),
    }
    return render(request, "reporting/common_faults.html", context)


@login_required
@require_POST
def draft_article(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in the name of the reader's office, opened to be mended."""
    user, at, season = signed_in(request), timezone.now(), _season(pk)
    require(may_read_faults(user, season, on=legal_day(at)))
    offices = offices_of(user, on=legal_day(at))
    asked = _set(request.POST.get("unit", ""))
    office = next((unit for unit in offices if asked in {None, unit.pk}), None)
    if office is None:
        messages.warning(request, _("Tin do cơ quan cấp tỉnh hoặc trung ương đăng."))
        return redirect("reporting:faults", season.pk)
    chosen = _set(request.POST.get("set", ""))
    try:
        item = fault_articles.draft(season, unit=office, product_set=chosen, by=user, at=at)
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return redirect("reporting:faults", season.pk)
    messages.success(request, _("Đã lập bản nháp. Hãy đọc lại, sửa rồi mới đăng."))
    return redirect("promotion:news-edit", item.pk)


def _season(pk: int) -> Round:
    return get_object_or_404(rounds(), pk=pk)


def _set(word: str) -> int | None:
    """A number that an address names; anything else names none."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER
    return int(word) if is_number else None
