"""Star statistics for programs; open to everybody."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.web.filters import refuse_unknown
from promotion.domain.recognition import Turn
from promotion.domain.stars import RECOGNISED
from promotion.selectors import catalogue
from promotion.services import kept_pages
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division, Level
from registry.models import Unit
from reporting.api.serializers import (
    FaultSerializer,
    StarStatisticsSerializer,
    TargetStatisticsSerializer,
)
from reporting.domain.tables import COUNTED, Dimension, Row, StarCell, star_table
from reporting.domain.targets import Progress
from reporting.filters import StarFilter, TargetFilter, today
from reporting.selectors import star_counts, stars, targets
from reporting.selectors.names import Names, called_on, names
from reporting.selectors.star_choices import Choice, Validity

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
            OpenApiParameter("kind", OpenApiTypes.STR, enum=[each.value for each in SubjectKind]),
            OpenApiParameter(
                "level",
                OpenApiTypes.STR,
                enum=[each.value for each in Level if each != Level.COMMUNE],
            ),
            OpenApiParameter("turn", OpenApiTypes.STR, enum=[each.value for each in Turn]),
            OpenApiParameter("validity", OpenApiTypes.STR, enum=[each.value for each in Validity]),
            OpenApiParameter("commune", OpenApiTypes.STR, description="Code of one of today's."),
            OpenApiParameter(
                "former", OpenApiTypes.STR, description="Code of a unit of before 1 July 2025."
            ),
            OpenApiParameter(
                "division",
                OpenApiTypes.STR,
                enum=[each.value for each in Division],
                description="By which units places are counted; these tables hold none.",
            ),
        ],
        responses={200: StarStatisticsSerializer, 422: FaultSerializer},
    )
    def get(self, request: Request) -> Response:
        if request.query_params:
            chosen = StarFilter(request.query_params, request=request)
            _refuse_faults(chosen, request)
            answer = _star_tables(chosen.choice, chosen.provinces)
        else:
            answer = _of_today()
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


def _of_today() -> dict[str, Any]:
    """All products of the country, kept under the count that the figures come from.

    A change since then, or another count, leads to another name, so no kept figure is stale; only
    the words beside the figures may be as old as the copies that browsers keep.
    """
    day = today()
    count = star_counts.standing(day)
    name = f"stars:{count}"
    if count and (known := kept_pages.kept(name)):
        return dict(known)
    answer = _star_tables(Choice(on=day), catalogue.provinces())
    if count:
        kept_pages.keep(name, answer, seconds=settings.FACES_KEPT_SECONDS)
    return answer


def _star_tables(choice: Choice, provinces: Mapping[str, Unit]) -> dict[str, Any]:
    found = stars.figures(choice, provinces=provinces)
    known = names(provinces, on_the_day=called_on(choice.on, today=today()))
    counts = star_table(found.cells[Dimension.REGIME], Dimension.REGIME, stars=STARS)
    return {
        "as_of": choice.on,
        "total": counts.total,
        "subjects": found.subjects,
        "stars": _figures(counts.column_totals),
        **{each.value: _rows(found.cells[each], each, known) for each in COUNTED},
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
