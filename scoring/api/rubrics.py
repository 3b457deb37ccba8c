"""The public rubric engine: the rubrics as they stand, and what they say of a sheet.

Stateless and open to everybody: nothing is kept of what is evaluated. All figures are computed
here from option ids; the answer is arithmetic, not a recognition.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.selectors import regime as regime_of
from scoring.api.rubric_serializers import (
    ChoicesSerializer,
    EvaluationSerializer,
    RefusalSerializer,
    RubricRowSerializer,
    RubricSerializer,
    evaluation_answer,
    plans_answer,
    rubric_answer,
)
from scoring.api.throttles import EngineThrottle
from scoring.domain.evaluation import evaluate
from scoring.domain.exclusions import read_findings
from scoring.domain.planner import plan
from scoring.domain.sheet import read_choices
from scoring.models.rubrics import RubricEdition
from scoring.selectors.rubrics import (
    current_edition,
    current_editions,
    faults_of,
    no_scoring,
    rubric_of,
)

KNOWN = frozenset({"choices", "findings", "plan"})
LONGEST_WORD = 40


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
    """Points, band, gates and star of a sheet, computed from the chosen options.

    With `"plan": true` also the smallest sets of changes that reach the next recognised star;
    what has not been answered counts as meeting no option there.
    """

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
        sent = _sent(request)
        choices = read_choices(rubric, sent.get("choices"))
        findings = read_findings(rubric, sent.get("findings", []))
        bands = regime_of(regime).bands
        answer = evaluation_answer(evaluate(rubric, choices, findings, bands=bands))
        if _wants_plan(sent):
            answer |= plans_answer(plan(rubric, choices, findings, bands=bands))
        return Response(answer)


def _sent(request: Request) -> Mapping[str, Any]:
    """The object that was sent; a word that the engine does not know is not passed over.

    Whoever misspells “findings” would else be told the star of a product that is excluded.
    """
    sent = request.data if isinstance(request.data, dict) else {}
    for word in sent:
        if word not in KNOWN:
            raise RuleBroken(
                "evaluate.unknown",
                term("Không có mục “%(word)s”; chỉ nhận choices, findings và plan."),
                field=word[:LONGEST_WORD],
                word=word[:LONGEST_WORD],
            )
    return sent


def _wants_plan(sent: Mapping[str, Any]) -> bool:
    wanted = sent.get("plan", False)
    if not isinstance(wanted, bool):
        raise RuleBroken("plan.malformed", term("“plan” phải là true hoặc false."), field="plan")
    return wanted


def _edition(regime: str, number: int) -> RubricEdition:
    edition = current_edition(regime, number)
    if edition is None:
        raise Http404
    return edition
