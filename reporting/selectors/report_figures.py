"""The portal's figures in a province's report: of the period, as of its last day or of today."""

from datetime import date

from ocop_portal.accounts.models import User
from registry.models import Unit
from reporting.domain.figures import FigureTable
from reporting.domain.periods import Period
from reporting.models import ReportRequest
from reporting.selectors.funds import funds_tables
from reporting.selectors.period_tables import tables_of
from reporting.selectors.periods import figures_of


def told_period(request: ReportRequest, *, today: date) -> Period:
    """The days that can be told: a report sent before its period ends tells up to that day.

    One that is asked for before its period begins tells of its first day.
    """
    return Period(request.first, max(request.first, min(request.last, today)))


def figures_for(unit: Unit, period: Period, *, today: date, reader: User) -> list[FigureTable]:
    """Stars, targets and funnel of the province, and its money."""
    figures = figures_of(period, place=unit, today=today, reader=reader)
    return [*tables_of(figures), *funds_tables([unit], period)]
