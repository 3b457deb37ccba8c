"""What stands in the programme room: requests, reports, plans, spending."""

from datetime import date, datetime, timedelta
from typing import Any

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Unit
from reporting.domain.periods import Period
from reporting.domain.report_states import RequestKind
from reporting.models import ProvincePlan, ProvinceReport, ReportRequest, ReportSending, Spending
from reporting.services import province_plans, province_reports, report_requests, spending
from tests.factories import registry
from tests.factories.registry import NOW, TODAY

PERIOD = Period(date(2026, 1, 1), date(2026, 6, 30))
DUE = TODAY + timedelta(days=14)
WORDS = {"results": "Tổ chức hai đợt đánh giá.", "difficulties": "", "proposals": "Thêm kinh phí."}


def centre() -> User:
    return registry.officer(Role.CENTRAL_OFFICER, registry.country())


def officer(unit: Unit) -> User:
    return registry.officer(Role.PROVINCIAL_OFFICER, unit)


def request(
    *units: Unit, by: User | None = None, at: datetime = NOW, **facts: Any
) -> ReportRequest:
    given: dict[str, Any] = {
        "title": "Báo cáo 6 tháng đầu năm 2026",
        "kind": RequestKind.HALF_YEAR,
        "period": PERIOD,
        "due_on": DUE,
        **facts,
    }
    return report_requests.open_request(
        **given, units=units or (registry.province(),), by=by or centre(), at=at
    )


def report(unit: Unit | None = None, **facts: Any) -> ProvinceReport:
    """What a province is asked for."""
    return request(unit or registry.province(), **facts).reports.get()


def sent(
    row: ProvinceReport | None = None, *, by: User | None = None, **facts: Any
) -> ReportSending:
    """A report with words, sent."""
    row = row or report()
    by = by or officer(row.unit)
    at = facts.pop("at", NOW)
    written = province_reports.write(row, WORDS, version=row.version, by=by, at=at)
    return province_reports.send(written, version=written.version, by=by, at=at, **facts)


def plan(unit: Unit | None = None, *, year: int = 2026, by: User | None = None) -> ProvincePlan:
    """A draft with one aim and two lines of money."""
    unit = unit or registry.province()
    by = by or officer(unit)
    made = province_plans.draft(unit, year, by=by, at=NOW)
    made = province_plans.save_aims(
        made,
        note="Tập trung chè và mật ong.",
        aims={"products": 12},
        version=made.version,
        by=by,
        at=NOW,
    )
    for source, amount in (("local", 500_000_000), ("own", 1_000_000_000)):
        made = province_plans.set_funds(
            made,
            source=source,
            project="brand",
            amount=amount,
            version=made.version,
            by=by,
            at=NOW,
        )
    return made


def approved(
    row: ProvincePlan | None = None, *, by: User | None = None, **facts: Any
) -> ProvincePlan:
    row = row or plan()
    given: dict[str, Any] = {"number": "12/QĐ-UBND", "approved_on": date(2026, 1, 15), **facts}
    return province_plans.approve(
        row, **given, version=row.version, by=by or officer(row.unit), at=NOW
    )


def spent(unit: Unit | None = None, *, by: User | None = None, **facts: Any) -> Spending:
    unit = unit or registry.province()
    given: dict[str, Any] = {
        "spent_on": date(2026, 3, 2),
        "source": "local",
        "project": "brand",
        "amount": 120_000_000,
        "note": "Thiết kế bao bì",
        **facts,
    }
    return spending.record(unit, **given, by=by or officer(unit), at=NOW)
