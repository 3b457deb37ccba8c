"""Dossiers for programs: what the caller may see, and the texts of one's own while it is open."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.filters import DossierFilter
from cycle.models import Dossier, DossierEvidence, Lodging
from cycle.permissions import may_write
from cycle.selectors.dossiers import visible_dossiers
from cycle.services import dossiers
from ocop_portal.accounts.permissions import require
from ocop_portal.clients.reading import VisibleList
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, etag, required_version
from ocop_portal.web.inputs import InputSerializer
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.selectors.evidence import visible_evidence

ROW = {
    "id": "pk",
    "code": "code",
    "enrolment": "enrolment_id",
    "product": "enrolment__product_id",
    "product_name": "enrolment__product__name",
    "subject": "enrolment__product__subject_id",
    "subject_name": "enrolment__product__subject__name",
    "kind": "kind",
    "regime": "regime",
    "set": "product_set__number",
    "state": "state",
    "level": "level",
    "lodged_at": "lodged_at",
    "due_on": "due_on",
    "version": "version",
}
ORDERS = {"id": ("pk",), "due_on": ("due_on",), "lodged_at": ("lodged_at",)}
LONGEST = 20_000


class DossierRowSerializer(serializers.Serializer[Any]):
    """A dossier as lists show it."""

    id = serializers.IntegerField()
    code = serializers.CharField(allow_blank=True, help_text="Given at the first lodging.")
    enrolment = serializers.IntegerField()
    product = serializers.IntegerField(help_text="The product's number in the register.")
    product_name = serializers.CharField()
    subject = serializers.IntegerField(help_text="The subject's number in the register.")
    subject_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=EnrolmentKind.choices())
    regime = serializers.CharField()
    set = serializers.IntegerField(help_text="Number of the product set under the regime.")
    state = serializers.ChoiceField(choices=DossierState.choices())
    level = serializers.ChoiceField(choices=Level.choices(), help_text="Whose turn it is.")
    lodged_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(
        allow_null=True, help_text="By when whoever has it must act; null where no rule says."
    )
    version = serializers.IntegerField(help_text="Also the ETag; send it as If-Match.")


class DossierPaperSerializer(serializers.Serializer[Any]):
    """A paper in a dossier."""

    item = serializers.CharField(help_text="Which item of the checklist it proves.")
    evidence = serializers.IntegerField(help_text="The paper's number; see evidence.")
    criteria = serializers.ListField(child=serializers.CharField())


class LodgingSerializer(serializers.Serializer[Any]):
    """One handing-in; each froze the dossier as it was."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    rubric_hash = serializers.CharField(help_text="The rubric edition it is pinned to.")


class DossierSerializer(DossierRowSerializer):
    """A dossier with its texts, papers and lodgings."""

    texts = serializers.DictField(child=serializers.CharField(allow_blank=True))
    reason = serializers.CharField(allow_blank=True, help_text="Why it was returned last.")
    papers = DossierPaperSerializer(many=True)
    lodgings = LodgingSerializer(many=True)


def _text() -> Any:
    return serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, trim_whitespace=False
    )


class DossierInput(InputSerializer):
    """Texts of the dossier; what is not named stays as it is."""

    introduction = _text()
    plan_results = _text()
    changes = _text()
    outlook = _text()


class DossierList(VisibleList):
    """The caller's own dossiers, and those lodged from the caller's area or before his council."""

    serializer_class = DossierRowSerializer
    filterset_class = DossierFilter
    selector = staticmethod(visible_dossiers)
    columns = ROW
    orders = ORDERS

    @extend_schema(operation_id="dossiers_list", summary="Hồ sơ tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class DossierView(WriteView):
    """What every address of one dossier has in common: how it is found, how it is told."""

    write_scope = Scope.DOSSIERS

    def current_version(self) -> int:
        return self.dossier(self.kwargs["pk"]).version

    def dossier(self, pk: int) -> Dossier:
        return get_object_or_404(visible_dossiers(self.person, legal_day(timezone.now())), pk=pk)

    def own(self, pk: int) -> Dossier:
        """A dossier that the caller may write; refused before anything that was sent is read."""
        found = self.dossier(pk)
        require(may_write(self.person, found.enrolment, on=legal_day(timezone.now())))
        return found

    def answer(self, dossier: Dossier, *, status: int = 200) -> Response:
        values = Dossier.objects.filter(pk=dossier.pk).values_list(*ROW.values()).get()
        seen = visible_evidence(self.person, legal_day(timezone.now())).order_by().values("pk")
        papers = DossierEvidence.objects.filter(dossier=dossier, evidence__in=seen)
        lodgings = Lodging.objects.filter(dossier=dossier).order_by("number")
        body = {
            **dict(zip(ROW, values, strict=True)),
            "texts": dossier.texts,
            "reason": dossier.reason,
            "papers": list(papers.order_by("item", "id").values("item", "evidence", "criteria")),
            "lodgings": list(lodgings.values("number", "at", "rubric_hash")),
        }
        return Response(body, status=status, headers=etag(dossier.version))


class DossierDetail(DossierView):
    """One dossier; 404 where the caller may not see it or is in conflict with it."""

    @extend_schema(operation_id="dossiers_read", summary="Một hồ sơ", responses=DossierSerializer)
    def get(self, _request: Request, pk: int) -> Response:
        return self.answer(self.dossier(pk))

    @extend_schema(
        operation_id="dossiers_save",
        summary="Lưu phần viết của hồ sơ",
        request=DossierInput,
        responses=DossierSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        found = self.dossier(pk)
        asked = DossierInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = required_version(request)

        def save() -> Response:
            saved = dossiers.save(
                found, version=version, by=self.person, at=timezone.now(), **asked.validated_data
            )
            return self.answer(saved)

        return self.once(request, save)
