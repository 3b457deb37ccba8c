"""The same fifty rows by other hands: the framework's usual way, a view by hand, bare SQL.

What the portal's own list is measured beside; nobody else is served by these.
"""

from typing import Any, ClassVar

import orjson
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer

from bench.rows import NOW
from promotion.api.rows import COLUMNS
from promotion.models import Listing
from scoring.domain.certificate_states import CertificateState

ROWS = 50
# What the portal's list shows where nothing is asked.
SHOWN = Listing.objects.filter(
    hidden=False, state=CertificateState.VALID, valid_until__gte=NOW.date()
).order_by("-stars", "sort_key", "id")

PAGE: tuple[str, Any] = SHOWN.values_list(*COLUMNS.values())[:ROWS].query.sql_with_params()
COUNT: tuple[str, Any] = (
    "SELECT COUNT(*) FROM promotion_listing WHERE NOT hidden AND state = %s AND valid_until >= %s",
    [CertificateState.VALID, NOW.date()],
)


class RivalSerializer(serializers.ModelSerializer):  # type: ignore[type-arg] # no generics at run time
    """The row as the framework writes it field by field."""

    id = serializers.IntegerField(source="product_id")
    subject = serializers.CharField(source="subject_name")
    product_set = serializers.CharField(source="set_name")
    province = serializers.CharField(source="province.code")
    province_name = serializers.CharField(source="province.name")
    commune = serializers.CharField(source="commune.code")
    commune_name = serializers.CharField(source="commune.name")

    class Meta:
        model = Listing
        fields = tuple(COLUMNS)


class RivalPages(PageNumberPagination):
    """The framework's pages, with its own count."""

    django_paginator_class = Paginator
    page_size = ROWS


class Framework(ListAPIView):  # type: ignore[type-arg] # as above
    """Model serializer, filter backend, numbered pages."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (JSONRenderer,)
    pagination_class = RivalPages
    filter_backends = (DjangoFilterBackend,)
    filterset_fields: ClassVar = ["stars", "group", "regime"]
    serializer_class = RivalSerializer
    queryset = SHOWN.select_related("province", "commune")


def by_hand(_request: HttpRequest) -> HttpResponse:
    """What somebody writes who wants these rows and nothing else."""
    names = tuple(COLUMNS)
    rows = SHOWN.values_list(*COLUMNS.values())[:ROWS]
    results = [dict(zip(names, row, strict=True)) for row in rows]
    return _json({"count": SHOWN.count(), "results": results})


def bare_sql(_request: HttpRequest) -> HttpResponse:
    """The database's answer, as JSON."""
    with connection.cursor() as cursor:
        cursor.execute(*COUNT)
        count = cursor.fetchone()[0]
        cursor.execute(*PAGE)
        results = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return _json({"count": count, "results": results})


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty reply: what the way to a view costs."""
    return _json({})


def _json(content: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(content), content_type="application/json")


urlpatterns = [
    path("rivals/framework/", Framework.as_view()),
    path("rivals/by-hand/", by_hand),
    path("rivals/sql/", bare_sql),
    path("rivals/nothing/", nothing),
    path("", include("ocop_portal.urls")),
]
