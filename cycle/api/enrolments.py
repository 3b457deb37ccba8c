"""Rounds, enrolments and their two papers for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from cycle.domain.appraisal import AppraisalState
from cycle.domain.journey import EnrolmentKind
from cycle.domain.steps import Step
from cycle.filters import EnrolmentFilter
from cycle.models import Enrolment, Round
from cycle.selectors import visible_enrolments
from ocop_portal.clients.reading import VisibleList, VisibleRow
from ocop_portal.clients.writes import WriteView, etag
from ocop_portal.web.rows import RowList
from registry.domain.clock import legal_day
from registry.domain.regime import Division

ROUND = {
    "id": "pk",
    "name": "name",
    "regime": "regime",
    "division": "division",
    "unit": "unit__code",
    "unit_name": "unit__name",
    "year": "year",
    "opens_on": "opens_on",
    "closes_on": "closes_on",
    "closed_at": "closed_at",
}
ENROLMENT = {
    "id": "pk",
    "product": "product_id",
    "product_name": "product__name",
    "subject": "product__subject_id",
    "subject_name": "product__subject__name",
    "round": "round_id",
    "kind": "kind",
    "regime": "regime",
    "set": "product_set__number",
    "commune": "commune__code",
    "step": "step",
    "stars": "stars",
    "opened_at": "opened_at",
    "ended_at": "ended_at",
    "version": "version",
}


class RoundSerializer(serializers.Serializer[Any]):
    """A window in which products are taken in, under one regime."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    regime = serializers.CharField(help_text="Code of the decree, for example 2026.")
    division = serializers.ChoiceField(choices=Division.choices())
    unit = serializers.CharField(help_text="Code of the unit that opened it.")
    unit_name = serializers.CharField()
    year = serializers.IntegerField()
    opens_on = serializers.DateField(help_text="First day.")
    closes_on = serializers.DateField(help_text="Last day.")
    closed_at = serializers.DateTimeField(allow_null=True, help_text="Where it ended earlier.")


class EnrolmentSerializer(serializers.Serializer[Any]):
    """One product's passage through one cycle."""

    id = serializers.IntegerField()
    product = serializers.IntegerField(help_text="The product's number in the register.")
    product_name = serializers.CharField()
    subject = serializers.IntegerField(help_text="The subject's number in the register.")
    subject_name = serializers.CharField()
    round = serializers.IntegerField(help_text="The round's number.")
    kind = serializers.ChoiceField(choices=EnrolmentKind.choices())
    regime = serializers.CharField()
    set = serializers.IntegerField(help_text="Number of the product set under the regime.")
    commune = serializers.CharField(help_text="Commune's code in the round's division.")
    step = serializers.ChoiceField(choices=Step.choices())
    stars = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=5, help_text="What the scoring handed down last."
    )
    opened_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class PaperSerializer(serializers.Serializer[Any]):
    """An idea or a plan: its state, and what is written in it."""

    enrolment = serializers.IntegerField()
    state = serializers.ChoiceField(choices=AppraisalState.choices())
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="The appraiser's opinion.")
    fields = serializers.DictField(help_text="What is written, by the names of the form.")  # type: ignore[assignment] # a field of that name
    version = serializers.IntegerField(help_text="Also the ETag; send it as If-Match.")


class RoundList(RowList):
    """The rounds of every regime, the newest first; open to everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = RoundSerializer
    queryset = Round.objects.order_by("-opens_on", "-pk")
    columns = ROUND

    @extend_schema(operation_id="rounds_list", summary="Các đợt đánh giá")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class EnrolmentList(VisibleList):
    """Enrolments of the caller's subjects and of the caller's area."""

    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    selector = staticmethod(visible_enrolments)
    columns = ENROLMENT
    order = ("-opened_at", "-pk")

    @extend_schema(operation_id="enrolments_list", summary="Lượt tham gia tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class EnrolmentDetail(VisibleRow):
    """One enrolment; 404 where the caller may not see it."""

    selector = staticmethod(visible_enrolments)
    columns = ENROLMENT

    @extend_schema(
        operation_id="enrolments_read", summary="Một lượt tham gia", responses=EnrolmentSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)


def seen_enrolment(view: WriteView, pk: int) -> Enrolment:
    """An enrolment that the caller may see."""
    return get_object_or_404(visible_enrolments(view.person, legal_day(timezone.now())), pk=pk)


def paper_answer(paper: Any, names: tuple[str, ...]) -> Response:
    """An idea or a plan as it is sent."""
    body = {
        "enrolment": paper.enrolment_id,
        "state": paper.state,
        "submitted_at": paper.submitted_at,
        "decided_at": paper.decided_at,
        "reason": paper.reason,
        "fields": {name: getattr(paper, name) for name in names},
        "version": paper.version,
    }
    return Response(body, headers=etag(paper.version))
