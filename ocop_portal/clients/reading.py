"""Lists and single rows of what a caller may see, read by plain columns."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.accounts.people import signed_in
from ocop_portal.clients.writes import etag
from ocop_portal.web.rows import RowList


class VisibleList(RowList):
    """The rows that a selector shows to the caller today."""

    # `selector(user, on)`: what this person may see on a day, shields applied.
    selector: "ClassVar[staticmethod[[Any, date], QuerySet[Any]]]"
    filterset_class: ClassVar[Any]
    order: ClassVar[tuple[str, ...]] = ("-pk",)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema asks without a caller
            empty: QuerySet[Any] = self.filterset_class._meta.model.objects.none()
            return empty
        seen = self.selector(signed_in(self.request._request), timezone.localdate())
        return seen.order_by(*self.order)


class VisibleRow(APIView):
    """One row by its number; 404 where the selector does not show it to the caller.

    `version` in the columns is also the ETag.
    """

    # `selector(user, on)`: what this person may see on a day, shields applied.
    selector: "ClassVar[staticmethod[[Any, date], QuerySet[Any]]]"
    columns: ClassVar[Mapping[str, str]] = {}

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as it is sent; a view that adds something says so here."""
        return row

    def get(self, request: Request, pk: int) -> Response:
        seen = self.selector(signed_in(request._request), timezone.localdate())
        values = seen.filter(pk=pk).values_list(*self.columns.values()).first()
        if values is None:
            raise Http404
        row = dict(zip(self.columns, values, strict=True))
        headers = etag(row["version"]) if "version" in row else {}
        return Response(self.told(row), headers=headers)
