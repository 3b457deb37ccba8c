"""Star statistics for programs; open to everybody."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.web.filters import refuse_unknown
from promotion.domain.stars import RECOGNISED
from reporting.api.serializers import (
    FaultSerializer,
    StarStatisticsSerializer,
    TargetStatisticsSerializer,
)
from reporting.domain.tables import COUNTED, Dimension, Row, StarCell, star_table
from reporting.domain.targets import Progress
from reporting.filters import StarFilter, TargetFilter, today
from reporting.selectors import stars, targets
from reporting.selectors.names import Names, names

STARS = tuple(reversed(RECOGNISED))
SHARED_SECONDS = 60


class StarStatistics(APIView):
    """Products by star × group, province, regime and year of recognition, as of a day."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="statistics_stars",
        summary="Thống kê hạng sao",
        parameters=[
            OpenApiParameter("as_of", OpenApiTypes.DATE, description="Today where it is absent."),
            OpenApiParameter("stars", OpenApiTypes.INT, enum=list(RECOGNISED)),
            OpenApiParameter("group", OpenApiTypes.STR, description="An industry's address word."),
            OpenApiParameter("province", OpenApiTypes.STR, description="Code of a province."),
            OpenApiParameter("regime", OpenApiTypes.STR, description="Code of a decree."),
            OpenApiParameter("year", OpenApiTypes.INT, description="Year of recognition."),
        ],
        responses={200: StarStatisticsSerializer, 422: FaultSerializer},
    )
    def get(self, request: Request) -> Response:
        chosen = StarFilter(request.query_params, request=request)
        _refuse_faults(chosen, request)
        choice, provinces = chosen.choice, chosen.provinces
        found = stars.figures(choice, provinces=provinces)
        known = names(provinces)
        tables = {each.value: _rows(found.cells[each], each, known) for each in COUNTED}
        counts = star_table(found.cells[Dimension.REGIME], Dimension.REGIME, stars=STARS)
        answer = {
            "as_of": choice.on,
            "total": counts.total,
            "subjects": found.subjects,
            "stars": _figures(counts.column_totals),
            **tables,
        }
        return Response(answer, headers={"Cache-Control": f"public, max-age={SHARED_SECONDS}"})


class TargetStatistics(APIView):
    """How far the programme's targets are reached, as of a day; unknown is not zero."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="statistics_targets",
        summary="Mục tiêu của chương trình",
        parameters=[
            OpenApiParameter("period", OpenApiTypes.STR, description="The newest where absent."),
            OpenApiParameter("province", OpenApiTypes.STR, description="Code of a province."),
            OpenApiParameter("as_of", OpenApiTypes.DATE, description="Today where it is absent."),
        ],
        responses={200: TargetStatisticsSerializer, 422: FaultSerializer},
    )
    def get(self, request: Request) -> Response:
        chosen = TargetFilter(request.query_params, request=request)
        _refuse_faults(chosen, request)
        programme, province = chosen.programme, chosen.place
        rows = targets.progress(programme, on=chosen.on, today=today(), province=province)
        answer = {
            "period": programme.code,
            "decree": programme.decree,
            "as_of": chosen.on,
            "province": province.code if province else None,
            "targets": [_target(row) for row in rows],
        }
        return Response(answer, headers={"Cache-Control": f"public, max-age={SHARED_SECONDS}"})


def _target(row: Progress) -> dict[str, Any]:
    aim, measured = row.indicator, row.measured
    return {
        "code": aim.code,
        "label": aim.label,
        "unit": aim.unit.value,
        "least": aim.least if row.has_aim else None,
        "most": aim.most if row.has_aim else None,
        "numerator": measured.numerator if measured else None,
        "denominator": measured.denominator if measured else None,
        "numerator_rows": aim.numerator,
        "denominator_rows": aim.denominator,
        "standing": row.standing.value,
    }


def _refuse_faults(chosen: StarFilter | TargetFilter, request: Request) -> None:
    """What is not understood, name or value, is refused by its name."""
    refuse_unknown(request, frozenset(type(chosen).base_filters))
    if request.query_params and not chosen.form.is_valid():
        raise ValidationError({name: list(faults) for name, faults in chosen.form.errors.items()})


def _rows(cells: list[StarCell], dimension: Dimension, known: Names) -> list[dict[str, Any]]:
    words = known.of(dimension)
    table = star_table(cells, dimension, stars=STARS, order=list(words))
    return [_row(row, words) for row in table.rows]


def _row(row: Row, words: dict[Any, str]) -> dict[str, Any]:
    value = str(row.value)
    return {
        "value": value,
        "name": words.get(row.value, value),
        "stars": _figures(row.counts),
        "total": row.total,
    }


def _figures(counts: tuple[int, ...]) -> list[dict[str, int]]:
    return [{"stars": star, "products": count} for star, count in zip(STARS, counts, strict=True)]
