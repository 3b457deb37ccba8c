"""Reports of misuse: by their code for who sent them, as an inbox for the offices."""

from datetime import date

from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from promotion.models import MisuseReport
from registry.domain.errors import RuleBroken
from registry.selectors import standing_of
from registry.selectors.people import Person
from scoring.domain.short_code import read_code


def reports() -> QuerySet[MisuseReport]:
    return MisuseReport.objects.select_related(
        "certificate__product__subject",
        "certificate__product__commune__parent__parent",
        "unit__parent__parent",
        "owner",
    ).order_by("due_on", "id")


def visible_reports(user: Person, on: date) -> QuerySet[MisuseReport]:
    """Those of the units at or below the person's postings; producers see none."""
    if not isinstance(user, User) or not user.is_active:
        return reports().none()
    seen = Q(pk__in=[])
    for path in standing_of(user, on).paths:
        seen |= Q(unit__path__startswith=path)
    return reports().filter(seen)


def report_of_code(code: str) -> MisuseReport | None:
    """The report of a code as somebody typed it; None where there is none."""
    try:
        return reports().filter(code=read_code(code)).first()
    except RuleBroken:
        return None
