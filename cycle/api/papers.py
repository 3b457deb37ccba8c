"""Ideas and plans for programs: read, written and handed in like on the pages."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cycle.api.enrolments import PaperSerializer, paper_answer, seen_enrolment
from cycle.models import BusinessPlan, Idea
from cycle.services import ideas, plans
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, required_version
from ocop_portal.web.inputs import InputSerializer

IDEA = tuple(ideas.IdeaTexts.__annotations__)
PLAN = tuple(plans.PlanFields.__annotations__)
LONGEST = 10_000


def _text() -> Any:
    return serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, trim_whitespace=False
    )


class IdeaInput(InputSerializer):
    """Texts of the idea; what is not named stays as it is."""

    description = _text()
    difference = _text()
    local_speciality = _text()
    value_added = _text()
    no_harm = _text()
    market = _text()
    support_wanted = _text()


class PlanInput(InputSerializer):
    """Fields of the plan; what is not named stays as it is."""

    goals = _text()
    material_area = _text()
    technology = _text()
    quality = _text()
    market = _text()
    organisation = _text()
    finance = _text()
    investment = serializers.IntegerField(
        min_value=0, required=False, allow_null=True, help_text="Đồng."
    )
    own_capital = serializers.IntegerField(
        min_value=0, required=False, allow_null=True, help_text="Đồng; part of the investment."
    )


class PaperView(WriteView):
    """What an idea and a plan have in common."""

    write_scope = Scope.DOSSIERS
    relation: str
    names: tuple[str, ...]

    def paper(self, pk: int) -> Any:
        found = getattr(seen_enrolment(self, pk), self.relation, None)
        if found is None:
            raise Http404
        return found

    def current_version(self) -> int:
        return int(self.paper(self.kwargs["pk"]).version)

    def written(self, request: Request, pk: int, asked: InputSerializer, service: Any) -> Response:
        """Saves what was sent on the version that was read."""
        asked.is_valid(raise_exception=True)
        found, version = self.paper(pk), required_version(request)
        return self.once(
            request,
            lambda: paper_answer(
                service(
                    found,
                    version=version,
                    by=self.person,
                    at=timezone.now(),
                    **asked.validated_data,
                ),
                self.names,
            ),
        )


class IdeaDetail(PaperView):
    """The idea of an enrolment."""

    relation, names = "idea", IDEA

    @extend_schema(operation_id="ideas_read", summary="Ý tưởng", responses=PaperSerializer)
    def get(self, _request: Request, pk: int) -> Response:
        return paper_answer(self.paper(pk), IDEA)

    @extend_schema(
        operation_id="ideas_save",
        summary="Lưu ý tưởng",
        request=IdeaInput,
        responses=PaperSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        return self.written(request, pk, IdeaInput(data=request.data), ideas.save)


class IdeaSubmission(PaperView):
    """Hands the idea in for appraisal; sent twice it is handed in once."""

    relation, names = "idea", IDEA

    @extend_schema(
        operation_id="ideas_submit", summary="Gửi ý tưởng", request=None, responses=PaperSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        found: Idea = self.paper(pk)
        return self.once(
            request,
            lambda: paper_answer(ideas.submit(found, by=self.person, at=timezone.now()), IDEA),
        )


class PlanDetail(PaperView):
    """The business plan of an enrolment."""

    relation, names = "plan", PLAN

    @extend_schema(operation_id="plans_read", summary="Phương án", responses=PaperSerializer)
    def get(self, _request: Request, pk: int) -> Response:
        return paper_answer(self.paper(pk), PLAN)

    @extend_schema(
        operation_id="plans_save",
        summary="Lưu phương án",
        request=PlanInput,
        responses=PaperSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        return self.written(request, pk, PlanInput(data=request.data), plans.save)


class PlanSubmission(PaperView):
    """Hands the plan in for appraisal; sent twice it is handed in once."""

    relation, names = "plan", PLAN

    @extend_schema(
        operation_id="plans_submit",
        summary="Gửi phương án",
        request=None,
        responses=PaperSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        found: BusinessPlan = self.paper(pk)
        return self.once(
            request,
            lambda: paper_answer(plans.submit(found, by=self.person, at=timezone.now()), PLAN),
        )
