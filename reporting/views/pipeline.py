"""Progress of the programme, for those who hold an office in it; each table also as a file."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from ocop_portal.web import exports
from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from registry.domain.clock import legal_day
from registry.permissions import may_enter_registers
from reporting.selectors import pipeline, programme

TABLE = "bang"
STEPS = (
    Column(_("Bước"), lambda row: f"{row.step.order}. {term(row.step.label)}"),
    Column(_("Đang đi"), lambda row: row.going_on),
    Column(_("Đã kết thúc ở bước này"), lambda row: row.ended),
    Column(_("Thường mất (trung vị), ngày"), lambda row: row.spread and row.spread.median),
    Column(_("Chín phần mười không quá, ngày"), lambda row: row.spread and row.spread.ninetieth),
)
WAITING = (
    Column(_("Hồ sơ đang chờ ai"), lambda row: term(row.label)),
    Column(_("Hồ sơ"), lambda row: row.count),
)
STATES = (
    Column(_("Trạng thái"), lambda row: term(row.state.label)),
    Column(_("Hồ sơ"), lambda row: row.count),
)


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponseBase:
    """Counts of the person's own area; whoever has none is not told that the page exists."""
    user, today = request.user, legal_day(timezone.now())
    if not isinstance(user, User) or not pipeline.has_an_area(user, today):
        raise Http404
    counts = pipeline.pipeline(user, on=today)
    columns, rows = _table(counts, request.GET.get(TABLE, ""))
    if file := exports.asked_file(request, rows, columns):
        return file
    context = {
        "counts": counts,
        "may_enter_registers": may_enter_registers(user, on=today),
        "has_programme": programme.reach_of(user, today).is_anywhere,
    }
    return render(request, "reporting/progress.html", context)


def _table(counts: pipeline.Pipeline, word: str) -> tuple[tuple[Column, ...], Iterable[object]]:
    """The table that the address names; the steps where it names none."""
    return {"cho-ai": (WAITING, counts.waiting), "trang-thai": (STATES, counts.states)}.get(
        word, (STEPS, counts.steps)
    )
