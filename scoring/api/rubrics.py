"""The public rubric engine: the rubrics as they stand, and what they say of a sheet.

Stateless and open to everybody: nothing is kept of what is evaluated. All figures are computed
here from option ids; the answer is arithmetic, not a recognition.
"""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry.selectors import regime as regime_of
from scoring.api.rubric_serializers import (
    ChoicesSerializer,
    EvaluationSerializer,
    RefusalSerializer,
    RubricRowSerializer,
    RubricSerializer,
    evaluation_answer,
    rubric_answer,
)
from scoring.api.throttles import EngineThrottle
from scoring.domain.evaluation import evaluate
from scoring.domain.exclusions import read_findings
from scoring.domain.sheet import read_choices
from scoring.models.rubrics import RubricEdition
from scoring.selectors.rubrics import (
    current_edition,
    current_editions,
    faults_of,
    no_scoring,
    rubric_of,
)


class EngineView(APIView):
    """Open to everybody, without a session; paced per address."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (EngineThrottle,)


class RubricList(EngineView):
    """Every set of every regime, the regimes in order, the sets by number."""

    @extend_schema(
        operation_id="rubrics_list",
        responses=RubricRowSerializer(many=True),
        summary="Các bộ tiêu chí",
    )
    def get(self, _request: Request) -> Response:
        return Response(RubricRowSerializer(current_editions(), many=True).data)


class RubricDetail(EngineView):
    """One set's rubric; a draft is shown with the faults that keep it from being used."""

    @extend_schema(
        operation_id="rubrics_read",
        responses={200: RubricSerializer, 404: RefusalSerializer},
        summary="Một bộ tiêu chí",
    )
    def get(self, _request: Request, regime: str, number: int) -> Response:
        edition = _edition(regime, number)
        rubric = rubric_of(edition)
        return Response(
            rubric_answer(rubric)
            | {
                "edition": edition.content_hash,
                "status": edition.state,
                "faults": [str(fault) for fault in faults_of(rubric)],
            }
        )


class RubricEvaluation(EngineView):
    """Points, band, gates and star of a sheet, computed from the chosen options."""

    @extend_schema(
        operation_id="rubrics_evaluate",
        request=ChoicesSerializer,
        responses={
            200: EvaluationSerializer,
            404: RefusalSerializer,
            409: RefusalSerializer,
            422: RefusalSerializer,
        },
        summary="Tính điểm và hạng sao của một phiếu",
    )
    def post(self, request: Request, regime: str, number: int) -> Response:
        edition = _edition(regime, number)
        if not edition.is_published:
            raise no_scoring()
        rubric = rubric_of(edition)
        sent = request.data if isinstance(request.data, dict) else {}
        choices = read_choices(rubric, sent.get("choices"))
        findings = read_findings(rubric, sent.get("findings", []))
        found = evaluate(rubric, choices, findings, bands=regime_of(regime).bands)
        return Response(evaluation_answer(found))


def _edition(regime: str, number: int) -> RubricEdition:
    edition = current_edition(regime, number)
    if edition is None:
        raise Http404
    return edition
