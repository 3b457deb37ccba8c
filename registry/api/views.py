"""Public read endpoints of the register: units and product sets."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.web.rows import RowList
from registry.api.serializers import (
    ProductSetSerializer,
    UnitDetailSerializer,
    UnitSerializer,
)
from registry.filters import ProductSetFilter, UnitFilter
from registry.models import ProductSet, Unit
from registry.selectors import predecessors_of, successors_of

UNIT = {
    "division": "division",
    "level": "level",
    "code": "code",
    "name": "name",
    "kind": "kind",
    "parent": "parent__code",
    "parent_name": "parent__name",
    "path": "path",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "latitude": "latitude",
    "longitude": "longitude",
}
SET = {
    "regime": "regime",
    "number": "number",
    "name": "name",
    "industry": "industry",
    "group": "group",
    "samples_required": "samples_required",
    "is_tourism": "is_tourism",
    "has_rubric": "has_rubric",
}


@extend_schema(summary="Đơn vị hành chính, hiện nay và trước 1/7/2025")
class UnitList(RowList):
    """Administrative units by level, division, unit above, and words without marks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    queryset = Unit.objects.order_by("sort_key", "path")
    columns = UNIT


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
            "unit": _units(Unit.objects.filter(pk=unit.pk))[0],
            "former_names": unit.former_names.order_by("valid_to"),
            "predecessors": _units(predecessors_of(unit)),
            "successors": _units(successors_of(unit)),
        }
        return Response(UnitDetailSerializer(answer).data)


@extend_schema(summary="Bộ sản phẩm của từng bộ quy định")
class ProductSetList(RowList):
    """The product sets of each regime; 50 a page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ProductSetSerializer
    filterset_class = ProductSetFilter
    queryset = ProductSet.objects.order_by("regime", "number")
    columns = SET


def _units(rows: QuerySet[Unit]) -> list[dict[str, Any]]:
    return [dict(zip(UNIT, values, strict=True)) for values in rows.values_list(*UNIT.values())]
