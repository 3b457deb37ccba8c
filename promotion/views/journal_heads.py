"""The daily heads of the journal for everybody: a page, a list for programs, each one signed."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.journal.models import DayHead, HourHead
from promotion.views.shared import open_to_scripts, public_face, shared

SHOWN = 31
HOURS = 48
TOKEN_TYPE = "application/jwt"  # noqa: S105 - a media type


@require_safe
@public_face
def index(request: HttpRequest) -> HttpResponse:
    """The heads of the last month, what they prove, and how to hold one against the journal."""
    heads = DayHead.objects.exclude(token="").order_by("-day")[:SHOWN]
    newest = HourHead.objects.exclude(token="").first()
    context = {"heads": heads, "newest": newest}
    return render(request, "promotion/journal_heads.html", context)


@require_safe
@shared
def listed(_request: HttpRequest) -> HttpResponse:
    """Every signed head of a day and those of the last hours, the newest first."""
    rows = DayHead.objects.exclude(token="").order_by("-day")
    fields = ("day", "number", "hash", "token")
    hours = HourHead.objects.exclude(token="")[:HOURS]
    told = [
        {"day": row.day, "made_at": row.made_at, "number": row.number, "hash": row.hash}
        | {"token": row.token}
        for row in hours
    ]
    return open_to_scripts(JsonResponse({"heads": list(rows.values(*fields)), "hours": told}))


@require_safe
@shared
def head(_request: HttpRequest, day: str) -> HttpResponse:
    """The signed head of a day."""
    row = DayHead.objects.exclude(token="").filter(day=_day(day)).first()
    if row is None:
        raise Http404(_("Chưa có mốc nhật ký của ngày này."))
    answer = HttpResponse(row.token, content_type=TOKEN_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="nhat-ky-{row.day:%Y-%m-%d}.jwt"'
    return open_to_scripts(answer)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404(_("Chưa có mốc nhật ký của ngày này.")) from error
