"""The subject's own scoring for programs: options in; points and the expected star out."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cycle.models import Dossier
from cycle.selectors import visible_dossiers
from ocop_portal.accounts.permissions import require
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, etag, required_version
from ocop_portal.web.inputs import InputSerializer
from registry.domain.clock import legal_day
from scoring import permissions
from scoring.api.rubric_serializers import EvaluationSerializer, evaluation_answer
from scoring.selectors.self_assessments import assessed, self_assessment_of
from scoring.services import self_assessments


class SelfAssessmentSerializer(serializers.Serializer[Any]):
    """What the subject chose, on which rubric, and what it comes to."""

    dossier = serializers.IntegerField()
    regime = serializers.CharField()
    set = serializers.IntegerField()
    edition = serializers.CharField(help_text="Hash of the rubric's edition that is answered.")
    version = serializers.IntegerField(
        help_text="Also the ETag, 0 before the first answer; send it as If-Match."
    )
    choices = serializers.DictField(
        child=serializers.CharField(allow_null=True),
        help_text="Criterion → option id; null: no option is met. Left out: not answered yet.",
    )
    evaluation = EvaluationSerializer()


class SelfAssessmentInput(InputSerializer):
    """The whole of the choices so far; no figure is taken, only option ids."""

    choices = serializers.DictField(child=serializers.CharField(allow_null=True, max_length=60))


class SelfAssessmentDetail(WriteView):
    """The self-assessment of one dossier; read by whoever sees the dossier."""

    write_scope = Scope.DOSSIERS

    @extend_schema(
        operation_id="self_assessment_read",
        summary="Báo cáo tự đánh giá của một hồ sơ",
        responses=SelfAssessmentSerializer,
    )
    def get(self, _request: Request, pk: int) -> Response:
        return _answer(self._dossier(pk))

    @extend_schema(
        operation_id="self_assessment_save",
        summary="Lưu báo cáo tự đánh giá",
        request=SelfAssessmentInput,
        responses=SelfAssessmentSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        found, at = self._dossier(pk), timezone.now()
        require(permissions.may_save_self_assessment(self.person, found, on=legal_day(at)))
        asked = SelfAssessmentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = required_version(request)

        def save() -> Response:
            choices = asked.validated_data["choices"]
            self_assessments.save(found, choices=choices, version=version, by=self.person, at=at)
            return _answer(found)

        return self.once(request, save)

    def current_version(self) -> int:
        kept = self_assessment_of(self._dossier(self.kwargs["pk"]))
        return kept.version if kept else 0

    def _dossier(self, pk: int) -> Dossier:
        return get_object_or_404(visible_dossiers(self.person, legal_day(timezone.now())), pk=pk)


def _answer(dossier: Dossier) -> Response:
    found = assessed(dossier)
    body = {
        "dossier": dossier.pk,
        "regime": found.edition.regime,
        "set": found.edition.set_number,
        "edition": found.edition.content_hash,
        "version": found.version,
        "choices": found.choices,
        "evaluation": evaluation_answer(found.evaluation),
    }
    return Response(body, headers=etag(found.version))
