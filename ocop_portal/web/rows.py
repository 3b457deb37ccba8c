"""Lists of plain rows for programs: `.values_list()` in, JSON out, nothing in between."""

import hashlib
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

from django.core.cache import cache
from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.web.filters import ORDER
from ocop_portal.web.rest import Pages
from ocop_portal.web.views import BarePaginator


class RowPaginator(BarePaginator):
    """Reads only the page's rows, as tuples of the columns asked for.

    A count over a million rows takes longer than a page of them: an open list may say for how
    many seconds one count is good for everybody (`counted_for`; 0: count each time).
    """

    def __init__(
        self, rows: Any, size: Any, *, columns: tuple[str, ...], counted_for: int, **kwargs: Any
    ) -> None:
        super().__init__(rows, size, **kwargs)
        self.columns, self.counted_for = columns, counted_for

    @cached_property
    def count(self) -> int:
        if not self.counted_for:
            return int(super().count)
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment] # lists are querysets
        question = repr(rows.order_by().query.sql_with_params())
        key = f"rows:{hashlib.sha256(question.encode()).hexdigest()}"
        found = cache.get(key)
        if found is None:
            found = super().count
            cache.set(key, found, self.counted_for)
        return int(found)

    def _get_page(self, *args: Any, **kwargs: Any) -> "Page[Any]":
        found, *rest = args
        return Page(found.values_list(*self.columns), *rest, **kwargs)


class RowList(ListAPIView):  # type: ignore[type-arg] # no generics at run time
    """A list of plain rows: `columns` names them for the caller, `orders` how they may be sorted.

    `get_queryset()` is a selector's answer, with its visibility. No model instance is made and
    nothing is serialized field by field; `serializer_class` describes the row for the schema.
    """

    columns: ClassVar[Mapping[str, str]] = {}
    orders: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    counted_for: ClassVar[int] = 0

    @property
    def paginator(self) -> Any:
        if not hasattr(self, "_row_pages"):
            self._row_pages = Pages()
            self._row_pages.django_paginator_class = partial(
                RowPaginator,
                columns=tuple(self.columns.values()),
                counted_for=self.counted_for,
            )
        return self._row_pages

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as it is sent; a list that computes something more says so here."""
        return row

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        rows = self.ordered(self.filter_queryset(self.get_queryset()), request)
        page = self.paginate_queryset(rows) or []
        names = tuple(self.columns)
        return self.get_paginated_response(
            [self.told(dict(zip(names, values, strict=True))) for values in page]
        )

    def ordered(self, rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
        """`order=name` or `order=-name`; ties by id, so that pages do not overlap."""
        word = request.query_params.get(ORDER, "")
        if not word or not self.orders:
            return rows
        columns = self.orders.get(word.removeprefix("-"))
        if columns is None:
            words = ", ".join(sorted(self.orders))
            raise ValidationError({ORDER: _("Sắp xếp được theo: %(words)s.") % {"words": words}})
        sign = "-" if word.startswith("-") else ""
        return rows.order_by(*(f"{sign}{column}" for column in columns), "pk")
