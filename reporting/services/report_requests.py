"""The centre asks provinces for reports."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import nfc, term
from registry.models import Unit
from reporting.domain.periods import Period, check_period
from reporting.domain.report_states import RequestKind
from reporting.models import ProvinceReport, ReportRequest
from reporting.permissions import may_ask_provinces


@transaction.atomic
def open_request(
    *,
    title: str,
    kind: RequestKind,
    period: Period,
    due_on: date,
    text: str = "",
    units: Sequence[Unit],
    by: User,
    at: datetime,
) -> ReportRequest:
    """Asks every province named for a report of the period; each is told.

    Refused: nobody to ask, a unit that is no province of today, a day that has passed, a period
    out of order.
    """
    require(may_ask_provinces(by, on=legal_day(at)))
    check_period(period)
    _check(title, due_on, units, today=legal_day(at))
    request = ReportRequest.objects.create(
        title=nfc(title).strip(),
        kind=kind,
        first=period.first,
        last=period.last,
        due_on=due_on,
        text=nfc(text).strip(),
        opened_by=by,
        opened_at=at,
    )
    record(
        "reporting.request.opened",
        subject=request,
        actor=by,
        at=at,
        facts={"title": request.title, "provinces": len(units)},
    )
    for unit in units:
        report = ProvinceReport.objects.create(request=request, unit=unit)
        record(
            "reporting.report.asked",
            subject=report,
            actor=by,
            at=at,
            facts={
                "unit": unit.pk,
                "unit_name": unit.name,
                "title": request.title,
                "due": f"{due_on:%d/%m/%Y}",
            },
        )
    return request


def _check(title: str, due_on: date, units: Sequence[Unit], *, today: date) -> None:
    if not title.strip():
        raise RuleBroken("request.title", term("Hãy đặt tên cho báo cáo."), field="title")
    if due_on < today:
        raise RuleBroken("request.due", term("Hạn gửi phải từ hôm nay trở đi."), field="due_on")
    if not units:
        raise RuleBroken(
            "request.nobody", term("Hãy chọn ít nhất một tỉnh, thành phố."), field="units"
        )
    if any(unit.level != Level.PROVINCE or unit.division != Division.TWO_TIER for unit in units):
        raise RuleBroken(
            "request.unit", term("Chỉ yêu cầu được tỉnh, thành phố hiện nay."), field="units"
        )
