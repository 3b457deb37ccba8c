"""Public read endpoints of the register: units and product sets."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry.api.serializers import (
    ProductSetSerializer,
    UnitDetailSerializer,
    UnitSerializer,
)
from registry.filters import ProductSetFilter, UnitFilter
from registry.models import ProductSet, Unit
from registry.selectors import predecessors_of, successors_of

UNIT_VALUES = (
    "division",
    "level",
    "code",
    "name",
    "kind",
    "parent__code",
    "parent__name",
    "path",
    "valid_from",
    "valid_to",
    "latitude",
    "longitude",
)
SET_VALUES = (
    "regime",
    "number",
    "name",
    "industry",
    "group",
    "samples_required",
    "is_tourism",
    "has_rubric",
)


@extend_schema(summary="Đơn vị hành chính, hiện nay và trước 1/7/2025")
class UnitList(ListAPIView[Any]):
    """Administrative units by level, division, unit above, and words without marks."""

    permission_classes = (AllowAny,)
    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    queryset = Unit.objects.order_by("sort_key", "path")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        return rows.values(*UNIT_VALUES)


class UnitDetail(APIView):
    """One unit by division and code."""

    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Một đơn vị hành chính, tên cũ và kế tục", responses=UnitDetailSerializer
    )
    def get(self, _request: Request, division: str, code: str) -> Response:
        unit = Unit.objects.filter(division=division, code=code).first()
        if unit is None:
            raise Http404(code)
        answer = {
            "unit": Unit.objects.filter(pk=unit.pk).values(*UNIT_VALUES).get(),
            "former_names": unit.former_names.order_by("valid_to"),
            "predecessors": predecessors_of(unit).values(*UNIT_VALUES),
            "successors": successors_of(unit).values(*UNIT_VALUES),
        }
        return Response(UnitDetailSerializer(answer).data)


@extend_schema(summary="Bộ sản phẩm của từng bộ quy định")
class ProductSetList(ListAPIView[Any]):
    """The product sets of each regime; 50 a page."""

    permission_classes = (AllowAny,)
    serializer_class = ProductSetSerializer
    filterset_class = ProductSetFilter
    queryset = ProductSet.objects.order_by("regime", "number")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        return rows.values(*SET_VALUES)
