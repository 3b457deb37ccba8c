"""Star statistics for programs; open to everybody."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from promotion.domain.stars import RECOGNISED
from reporting.api.serializers import FaultSerializer, StarStatisticsSerializer
from reporting.domain.tables import Dimension, Row, StarCell, star_table
from reporting.filters import StarFilter
from reporting.selectors import stars
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
        cells = stars.cells(choice, provinces=provinces)
        known = names(provinces)
        tables = {each.value: _rows(cells, each, known) for each in Dimension}
        counts = star_table(cells, Dimension.REGIME, stars=STARS).column_totals
        answer = {
            "as_of": choice.on,
            "total": sum(counts),
            "subjects": stars.subjects(choice, provinces=provinces),
            "stars": _figures(counts),
            **tables,
        }
        return Response(answer, headers={"Cache-Control": f"public, max-age={SHARED_SECONDS}"})


def _refuse_faults(chosen: StarFilter, request: Request) -> None:
    """What is not understood, name or value, is refused by its name."""
    for name in request.query_params:
        if name not in StarFilter.base_filters:
            raise ValidationError({name: "unknown filter"})
    if not chosen.form.is_valid():
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
