"""Filters of the API's lists: a word that nobody understands is refused, not ignored."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django_filters import NumberFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

ORDER = "order"
PAGING = frozenset({"page", "page_size"})
LONGEST_NUMBER = 18  # digits that a 64-bit column holds in any case
WHOLE = re.compile(rf"-?\d{{1,{LONGEST_NUMBER}}}")  # not 1e30


class StrictFilters(DjangoFilterBackend):  # type: ignore[misc] # ships no types
    """A misspelt filter would silently give everything: it is refused by its name."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        refuse_unknown(request, known_words(view))
        filters = getattr(view, "filterset_class", None)
        refuse_strange_numbers(request, filters)
        if filters is not None and not filters.base_filters.keys() & request.query_params.keys():
            return filters(queryset=queryset, request=request).qs  # nothing asked: no form to build
        return super().filter_queryset(request, queryset, view)


def known_words(view: Any) -> frozenset[str]:
    """Every word that a list understands in its query."""
    filters = getattr(view, "filterset_class", None)
    words = frozenset(filters.base_filters) if filters else frozenset()
    return words | PAGING | (frozenset({ORDER}) if getattr(view, "orders", None) else frozenset())


def refuse_strange_numbers(request: Request, filters: Any) -> None:
    """A number that no column can hold is refused before a database is asked, however written."""
    for name, each in filters.base_filters.items() if filters else ():
        value = request.query_params.get(name, "")
        if isinstance(each, NumberFilter) and value and not WHOLE.fullmatch(value):
            raise ValidationError(
                {
                    name: _("Hãy ghi một số nguyên, dài nhất %(most)s chữ số.")
                    % {"most": LONGEST_NUMBER}
                }
            )


def refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """Names the first word of the query that nobody understands, and those that are."""
    for name in request.query_params:
        if name not in known:
            words = ", ".join(sorted(known))
            raise ValidationError(
                {name: _("Không có bộ lọc này; các bộ lọc: %(words)s.") % {"words": words}}
            )
