"""The public catalogue of recognised products."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from promotion.domain import search
from promotion.domain.catalogue import Order
from promotion.filters import ListingFilter
from promotion.selectors import catalogue, photographs
from promotion.views.cards import CARD_COLUMNS
from promotion.views.facets import Sheet, facets
from promotion.views.favourites import kept_by
from promotion.views.shared import public_face

PER_PAGE = 48


class CountedPaginator(Paginator):  # type: ignore[type-arg] # no generics at run time
    """Pages of a list whose length is already known."""

    def __init__(self, rows: Any, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count  # a cached property, filled beforehand


@require_safe
@public_face
def listing_list(request: HttpRequest) -> HttpResponse:
    """Search, filters with their counts, cards; the whole question stands in the address."""
    chosen = ListingFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    question, provinces = chosen.question, chosen.provinces
    cells = catalogue.cells(question, provinces=provinces)
    if question.text and not any(cell.count for cell in cells):
        question = replace(question, alike=catalogue.alike(question.text))
        cells = catalogue.cells(question, provinces=provinces) if question.alike else cells
    found = catalogue.matching(question, provinces=provinces)
    rows = photographs.with_face(found).values(*CARD_COLUMNS, "face", "face_alt")
    paginator = CountedPaginator(rows, PER_PAGE, count=search.total(cells, question))
    page: Page[dict[str, Any]] = paginator.get_page(request.GET.get("page"))
    sheet = Sheet(cells, question, request.GET)
    filters = facets(sheet, groups=catalogue.groups(), provinces=provinces)
    context = {
        "question": question,
        "form": chosen.form,
        "faults": [] if is_understood else _faults(chosen),
        "facets": filters,
        "chosen": [option for each in filters if (option := _shown_choice(each, question))],
        "kept": _kept(request),
        "orders": [(order.value, order.label, order is question.order) for order in Order],
        "page_obj": page,
        "rows": page.object_list,
        "hidden": search.hidden(cells, question),
        "query": request.GET,
        "map_query": _map_query(request.GET),
        "ways_out": _ways_out(cells, question, filters),
        "favourites": kept_by(request),
    }
    return render(request, "promotion/listing_list.html", context)


def _map_query(query: QueryDict) -> str:
    """The filters that the map understands too, without page and order."""
    kept = query.copy()
    for name in ("page", "order", "province"):
        kept.pop(name, None)
    return kept.urlencode()


def _ways_out(
    cells: Sequence[search.Cell], question: search.Question, filters: Iterable[Any]
) -> list[tuple[Any, int]]:
    """Where nothing is found: each chosen value whose removal would show something."""
    if search.total(cells, question):
        return []
    counts = search.ways_out(cells, question)
    chosen = {each.name: each.chosen for each in filters}
    return [(option, counts[name]) for name, option in chosen.items() if option and name in counts]


def _faults(chosen: ListingFilter) -> list[str]:
    """One sentence for each filter that was not understood and therefore left out."""
    fields = chosen.form.fields
    return [
        f"{fields[name].label}: {error}"
        for name, errors in chosen.form.errors.items()
        for error in errors
        if name in fields
    ]


def _shown_choice(facet: Any, question: search.Question) -> Any:
    """Chosen values to be taken out one by one; the usual validity needs no mention."""
    if facet.name == "validity" and question.validity == "valid":
        return None
    return facet.chosen


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The filters that the search form carries along."""
    own = {"q", "order", "page"}
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in own
        for value in values[-1:]
    ]
