"""How the statistics write their figures."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from registry.models import Unit
from registry.selectors import UnitNames
from reporting.domain.register_columns import Field
from reporting.list_sources import title_of
from reporting.models import BulkJob, ProvinceReport, RegisterImport, RegisterLine
from reporting.selectors.funds import labels
from reporting.services.bulk_actions import ACTIONS

register = template.Library()


@register.filter
def tenths(value: int | None) -> str:
    """Tenths of a percent as Vietnam writes them: 385 is “38,5”."""
    return "" if value is None else f"{value // 10},{value % 10}"


@register.filter
def called(unit: Unit, names: UnitNames) -> str:
    """What a unit and those above it were called on the day of the names."""
    return names.long_name(unit)


@register.filter
def list_title(name: str) -> str:
    """What a list is called."""
    return title_of(name)


@register.filter
def bulk_label(job: BulkJob) -> str:
    """What was done to many rows, in words."""
    return _(ACTIONS[job.action].label)


@register.filter
def fault_words(row: RegisterLine, source: RegisterImport) -> list[str]:
    """Each fault of a line as “Cột J, Hạng sao hiện nay: …”."""
    words = []
    for name, _code, message, facts in row.faults:
        column = source.mapping.get(name)
        letter = "" if column is None else get_column_letter(column + 1)
        at = _("Cột %(letter)s, ") % {"letter": letter} if letter else ""
        sentence = _(message) % facts if facts else _(message)
        words.append(f"{at}{_(Field(name).label)}: {sentence}")
    return words


@register.filter
def fund_word(code: str) -> str:
    """A source or component project as the decree calls it; a code that left it, as it is."""
    return labels().get(code, code)


@register.filter
def under(cells: Sequence[object], headings: Sequence[str]) -> list[tuple[str, object]]:
    """Each cell of a row with the heading of its column."""
    return list(zip(headings, cells, strict=True))


@register.filter
def is_late(report: ProvinceReport, today: date) -> bool:
    """A report that its province owes since yesterday or longer."""
    return report.is_overdue(today)
