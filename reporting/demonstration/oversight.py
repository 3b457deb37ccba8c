"""The programme room: what the centre asked of provinces, a plan of the year and its money."""

from collections.abc import Sequence
from datetime import timedelta

from ocop_portal.accounts.models import User
from registry.models import Unit
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.people import ProvinceCast
from reporting.domain.periods import Period, PeriodKind, last_full
from reporting.domain.report_states import RequestKind
from reporting.models import ProvinceReport, ReportRequest
from reporting.services import province_plans, province_reports, report_requests, spending

WORDS = {
    "results": (
        "Tổ chức các đợt đánh giá đúng lịch; chủ thể được hướng dẫn hồ sơ tại xã. "
        "Điểm giới thiệu sản phẩm ở trung tâm tỉnh mở cửa thường xuyên."
    ),
    "difficulties": "Một số hộ chưa có bao bì, nhãn đúng quy định.",
    "proposals": "Hỗ trợ thiết kế bao bì và truy xuất nguồn gốc cho hộ sản xuất.",
}
FUNDS = (
    ("local", "brand", 1_200_000_000),
    ("central_new_rural", "design_centres", 800_000_000),
    ("own", "brand", 2_500_000_000),
)
SPENT = (
    (45, "local", "brand", 410_000_000, "Thiết kế bao bì, nhãn cho mười chủ thể"),
    (20, "central_new_rural", "design_centres", 300_000_000, "Trang bị điểm giới thiệu sản phẩm"),
    (6, "own", "brand", 950_000_000, "Chủ thể mua máy đóng gói"),
)


def oversee(centre: User, casts: Sequence[ProvinceCast], *, calendar: Calendar) -> None:
    """A half-year's report at every stage of its way, one that is due; the first one's plan."""
    units = [cast.now for cast in casts]
    half = last_full(PeriodKind.FIRST_HALF, calendar.today)
    asked = _ask(
        centre,
        units,
        f"{PeriodKind.FIRST_HALF.label} {half.first.year}",
        RequestKind.HALF_YEAR,
        half,
        calendar=calendar,
        ago=40,
        due=-15,
    )
    first, *others = casts
    _plan(first, calendar=calendar)
    _send(asked, first, calendar=calendar, ago=32)
    report = asked.reports.get(unit=first.now)
    province_reports.return_to_province(
        report, reason="Chưa nêu việc kỳ tới.", by=centre, at=calendar.at(30)
    )
    report = _send(asked, first, calendar=calendar, ago=28)
    province_reports.receive(report, by=centre, at=calendar.at(27))
    for cast in others[:2]:
        _send(asked, cast, calendar=calendar, ago=26)
    month = Period(calendar.day(70), calendar.day(10))
    _ask(
        centre,
        units,
        "chuẩn bị hàng dịp Tết",
        RequestKind.AD_HOC,
        month,
        calendar=calendar,
        ago=4,
        due=8,
    )
    province_reports.remind(at=calendar.at(1))


def _ask(
    centre: User,
    units: Sequence[Unit],
    name: str,
    kind: RequestKind,
    period: Period,
    *,
    calendar: Calendar,
    ago: int,
    due: int,
) -> ReportRequest:
    return report_requests.open_request(
        title=f"Báo cáo {name[:1].lower()}{name[1:]} (trình diễn)",
        kind=kind,
        period=period,
        due_on=calendar.today + timedelta(days=due),
        text="Nêu rõ kết quả, khó khăn và việc kỳ tới.",
        units=units,
        by=centre,
        at=calendar.at(ago),
    )


def _send(
    asked: ReportRequest, cast: ProvinceCast, *, calendar: Calendar, ago: int
) -> ProvinceReport:
    by, at = cast.provincial_officer, calendar.at(ago)
    report = asked.reports.get(unit=cast.now)
    report = province_reports.write(report, WORDS, version=report.version, by=by, at=at)
    return province_reports.send(report, version=report.version, by=by, at=at).report


def _plan(cast: ProvinceCast, *, calendar: Calendar) -> None:
    """In force since the beginning of the work, with its money; some of it spent."""
    by, at = cast.provincial_officer, calendar.at(60)
    plan = province_plans.draft(cast.now, calendar.today.year, by=by, at=at)
    plan = province_plans.save_aims(
        plan,
        note="Củng cố sản phẩm chè, mở rộng du lịch cộng đồng (kế hoạch hư cấu).",
        aims={"products": 30, "cooperatives": 45},
        version=plan.version,
        by=by,
        at=at,
    )
    for source, project, amount in FUNDS:
        plan = province_plans.set_funds(
            plan,
            source=source,
            project=project,
            amount=amount,
            version=plan.version,
            by=by,
            at=at,
        )
    province_plans.approve(
        plan,
        number="0415/QĐ-UBND",
        approved_on=calendar.day(59),
        version=plan.version,
        by=by,
        at=calendar.at(58),
    )
    for ago, source, project, amount, note in SPENT:
        spending.record(
            cast.now,
            spent_on=calendar.day(ago),
            source=source,
            project=project,
            amount=amount,
            note=note,
            by=by,
            at=calendar.at(ago),
        )
