"""Plans of provinces with what they reached, and the programme's money by source and project."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet, Sum

from registry.domain.text import term
from registry.models import Unit
from reporting.domain.figures import Cell, FigureTable, with_total
from reporting.domain.funds import FundsLaw, FundsTable, Money, by_list, law_from, sums
from reporting.domain.periods import Period, PeriodKind, period_of
from reporting.domain.plan_states import PlanState
from reporting.domain.targets import Indicator
from reporting.models import PlanFunds, ProvincePlan, Spending
from reporting.selectors import targets
from reporting.selectors.programme import Reach

LAW_FILE = Path(__file__).parent.parent / "data" / "programme" / "490.toml"
PLANNED, SPENT = term("Kế hoạch (đồng)"), term("Đã chi (đồng)")
SHARE = term("Đạt (%)")
FUNDS_NOTE = term(
    "Kế hoạch đang có hiệu lực của năm; khoản chi có ngày trong kỳ, trừ khoản đã gạch bỏ."
)


@cache
def funds_law() -> FundsLaw:
    """Every component project and source that there ever was."""
    return law_from(tomllib.loads(LAW_FILE.read_text(encoding="utf-8")))


def law_of_year(year: int) -> FundsLaw:
    """The component projects and sources of a year."""
    return funds_law().of_year(year)


def labels() -> dict[str, str]:
    """Words of every code, of projects and sources."""
    law = funds_law()
    return {each.code: each.label for each in (*law.projects, *law.sources)}


def indicators_of(year: int) -> tuple[Indicator, ...]:
    """What a province may aim at in a year: the indicators of the programme of that time."""
    programme = targets.programme_on(date(year, 12, 31))
    known = programme.indicators if programme else ()
    return tuple(each for each in known if not each.is_national)


def visible_plans(reach: Reach) -> QuerySet[ProvincePlan]:
    """The plans that the person may read; a draft is its province's own affair."""
    own = Q(unit__in=[unit.pk for unit in reach.units])
    told = ~Q(state=PlanState.DRAFT) if reach.is_national else Q(pk__in=[])
    rows = ProvincePlan.objects.filter(own | told).select_related("unit", "drafted_by")
    rows = rows.annotate(money=Sum("funds__amount"))
    return rows.order_by("-year", "unit__sort_key", "-id")


def visible_spending(reach: Reach) -> QuerySet[Spending]:
    """What was spent, the newest first; struck lines stay readable."""
    rows = Spending.objects.filter(reach.seen) if reach.is_anywhere else Spending.objects.none()
    return rows.select_related("unit", "recorded_by").order_by("-spent_on", "-id")


def planned(units: Iterable[Unit] | None, year: int) -> list[Money]:
    """Money of the plans in force for a year, of these provinces or of all."""
    rows = PlanFunds.objects.filter(plan__year=year, plan__state=PlanState.APPROVED)
    if units is not None:
        rows = rows.filter(plan__unit__in=[unit.pk for unit in units])
    return _money(rows)


def spent(units: Iterable[Unit] | None, period: Period) -> list[Money]:
    """Money spent on a day of the period, of these provinces or of all; struck lines left out."""
    rows = Spending.objects.filter(struck_at=None, spent_on__range=(period.first, period.last))
    if units is not None:
        rows = rows.filter(unit__in=[unit.pk for unit in units])
    return _money(rows)


def funds_tables(units: Iterable[Unit] | None, period: Period) -> list[FigureTable]:
    """Planned for the year and spent in the period: by source, then by component project."""
    year = period.last.year
    chosen = None if units is None else list(units)
    plan, spending, law = planned(chosen, year), spent(chosen, period), law_of_year(year)
    by_source = by_list(law.sources, sums(plan, by="source"), sums(spending, by="source"))
    by_project = by_list(law.projects, sums(plan, by="project"), sums(spending, by="project"))
    return [
        _table("funds_sources", term("Kinh phí theo nguồn"), term("Nguồn vốn"), by_source),
        _table(
            "funds_projects",
            term("Kinh phí theo dự án thành phần"),
            term("Dự án thành phần"),
            by_project,
        ),
    ]


def year_so_far(year: int, today: date) -> Period:
    """A year up to today; a year to come is asked for as a whole."""
    whole = period_of(PeriodKind.YEAR, year)
    return Period(whole.first, min(whole.last, today)) if whole.first <= today else whole


def aims_table(plan: ProvincePlan, *, today: date) -> FigureTable:
    """What the plan aims at beside what was reached by the end of its year, or by today."""
    aims = dict(plan.aims.values_list("indicator", "aim"))
    on = min(date(plan.year, 12, 31), today)
    programme = targets.programme_on(on)
    reached = (
        {
            each.indicator.code: each
            for each in targets.progress(programme, on=on, today=today, province=plan.unit)
        }
        if programme
        else {}
    )
    rows: list[tuple[Cell, ...]] = []
    for indicator in indicators_of(plan.year):
        if indicator.code not in aims:
            continue
        found = reached.get(indicator.code)
        tenths = found.tenths if found else None
        known = found.measured.numerator if found and found.is_known and found.measured else None
        rows.append(
            (
                indicator.label,
                "%" if indicator.unit == "percent" else "",
                aims[indicator.code],
                known if tenths is None else f"{tenths // 10},{tenths % 10}",
            )
        )
    headings = (term("Chỉ tiêu"), term("Đơn vị tính"), term("Kế hoạch"), term("Thực hiện"))
    return FigureTable("aims", term("Chỉ tiêu trong năm"), headings, tuple(rows), words=2)


def _money(rows: "QuerySet[PlanFunds] | QuerySet[Spending]") -> list[Money]:
    rows = rows.order_by("source", "project")
    counted = rows.values_list("source", "project").annotate(sum=Sum("amount"))
    return [Money(source, project, int(amount)) for source, project, amount in counted]


def _table(code: str, title: str, heading: str, table: FundsTable) -> FigureTable:
    rows: list[tuple[Cell, ...]] = [(row.label, row.planned, row.spent) for row in table.rows]
    lines = with_total(table.total.label, rows)
    shares = [row.tenths for row in (*table.rows, table.total)]
    return FigureTable(
        code,
        title,
        (heading, PLANNED, SPENT, SHARE),
        tuple(
            (*line, None if tenths is None else f"{tenths // 10},{tenths % 10}")
            for line, tenths in zip(lines, shares, strict=True)
        ),
        note=FUNDS_NOTE,
        has_total=True,
    )
