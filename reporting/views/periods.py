"""The report of a period: on a page, as a workbook, as a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from ocop_portal.web.workbooks import Page, book_file
from reporting.domain.figures import FigureTable
from reporting.filters import today
from reporting.forms.periods import PeriodForm, first_values
from reporting.selectors import star_places
from reporting.selectors.period_tables import tables_of
from reporting.selectors.periods import PeriodFigures, figures_of
from reporting.selectors.star_choices import Choice
from reporting.services import report_papers
from reporting.views.links import list_url


@dataclass(frozen=True)
class Asked:
    """A form with its figures; none where it was not understood."""

    form: PeriodForm
    figures: PeriodFigures | None = None

    @property
    def place_name(self) -> str:
        return self.figures.place_name if self.figures and self.figures.place else _("Cả nước")


@require_safe
def period_report(request: HttpRequest) -> HttpResponse:
    """What a period brought, in a place; who holds a post in a province begins there."""
    asked = _asked(request)
    context: dict[str, Any] = {"form": asked.form, "figures": asked.figures}
    if asked.figures:
        context |= {
            "place": asked.place_name,
            "period": asked.figures.period,
            "is_running": asked.form.wanted.last > asked.figures.period.last,
            "tables": tables_of(asked.figures),
            "query": request.GET.urlencode() or urlencode(asked.form.data),
            **_lists(asked.figures),
        }
    return render(request, "reporting/period.html", context)


@require_safe
def period_book(request: HttpRequest) -> HttpResponse:
    """The tables as a workbook, one sheet each; what is not understood is explained on the page."""
    asked = _asked(request)
    if asked.figures is None:
        return _explained(request)
    period = report_papers.period_words(asked.figures.period)
    return book_file(
        pages_of(tables_of(asked.figures), above=(asked.place_name, period)),
        name=_file_name(asked.figures),
    )


@require_safe
def period_paper(request: HttpRequest) -> HttpResponse:
    """The tables as PDF, in Vietnamese."""
    asked = _asked(request)
    if asked.figures is None:
        return _explained(request)
    made = report_papers.drawn(
        tables_of(asked.figures),
        place=asked.figures.place_name or report_papers.COUNTRY,
        period=report_papers.period_words(asked.figures.period),
        made_on=today(),
    )
    name = f"{_file_name(asked.figures)}-{today():%Y-%m-%d}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def pages_of(tables: Sequence[FigureTable], *, above: Sequence[str]) -> list[Page]:
    """The sheets of a workbook, in the reader's language."""
    return [
        Page(
            tab=_(table.title),
            above=(_(table.title), *above),
            headings=[_(heading) for heading in table.headings],
            lines=[
                [_(cell) if isinstance(cell, str) and cell else cell for cell in row]
                for row in table.rows
            ],
            below=[_(table.note)] if table.note else [],
            words=table.words,
        )
        for table in tables
    ]


def _asked(request: HttpRequest) -> Asked:
    own = star_places.own_place(request.user, today()) if not request.GET else {}
    data = request.GET or first_values(today(), own.get("province", ""))
    form = PeriodForm(data, today=today())
    if not form.is_valid():
        return Asked(form)
    reader = request.user if isinstance(request.user, User) else None
    return Asked(form, figures_of(form.told, place=form.place, today=today(), reader=reader))


def _lists(figures: PeriodFigures) -> dict[str, str]:
    """The products behind both ends of the balance."""
    code = figures.place.code if figures.place else ""
    days = {"opening_url": figures.period.day_before, "closing_url": figures.period.last}
    return {
        name: list_url(Choice(on=day, province=code), is_past=True) for name, day in days.items()
    }


def _explained(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('reporting:period')}?{request.GET.urlencode()}")


def _file_name(figures: PeriodFigures) -> str:
    period = figures.period
    place = figures.place.code if figures.place else "ca-nuoc"
    return f"bao-cao-ky-{place}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
