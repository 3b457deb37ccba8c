"""The dossier's last steps for programs: papers at their criteria, the code, the lodging."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cycle import facts as told
from cycle.api.dossiers import DossierPaperSerializer, DossierSerializer, DossierView
from cycle.api.enrolments import seen_enrolment
from cycle.domain.dossier import DossierState
from cycle.models import DossierEvidence
from cycle.permissions import may_message
from cycle.selectors import links_of
from cycle.services import confirmations, dossiers, proposals
from cycle.services.proposals import LONGEST_DAYS
from ocop_portal.accounts.permissions import require
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, required_version
from ocop_portal.web.inputs import InputSerializer
from registry.domain.clock import legal_day
from registry.selectors.evidence import visible_evidence


class PaperInput(InputSerializer):
    """A paper of the subject's library, the item that it proves, the criteria it speaks to."""

    evidence = serializers.IntegerField(help_text="The paper's number; see evidence.")
    item = serializers.SlugField(max_length=40, help_text="Code of the checklist's item.")
    criteria = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, default=list, max_length=100
    )


class LodgeInput(InputSerializer):
    """The oath of the registration form; an editor adds the representative's code."""

    confirmed = serializers.BooleanField(help_text="True: what the dossier says is true.")
    code = serializers.CharField(
        required=False, max_length=20, help_text="Six digits; see confirmation."
    )

    def validate_confirmed(self, value: object) -> object:
        if value is not True:
            raise serializers.ValidationError("Hãy xác nhận lời cam đoan.")
        return value


class ProposalInput(InputSerializer):
    """Texts by their names, and for how many days the link is read."""

    texts = serializers.DictField(child=serializers.CharField(max_length=4_000))
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=14)


class ProposalSerializer(serializers.Serializer[Any]):
    """A signed link; only the producer's people may open it."""

    url = serializers.CharField()
    until = serializers.DateField(help_text="Its last day.")


class DossierPapers(DossierView):
    """Papers at the items of a dossier."""

    @extend_schema(
        operation_id="dossiers_attach",
        summary="Gắn minh chứng vào hồ sơ",
        request=PaperInput,
        responses={201: DossierSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        found, asked = self.own(pk), PaperInput(data=request.data)
        asked.is_valid(raise_exception=True)
        facts, at = asked.validated_data, timezone.now()
        seen = visible_evidence(self.person, legal_day(at))
        paper = get_object_or_404(seen, pk=facts["evidence"])

        def attach() -> Response:
            dossiers.attach(
                found,
                evidence=paper,
                item=facts["item"],
                criteria=_known(found, facts["criteria"]),
                by=self.person,
                at=at,
            )
            return self.answer(self.dossier(pk), status=status.HTTP_201_CREATED)

        return self.once(request, attach)


class DossierPaper(DossierView):
    """One paper at one item; taken away it stays in the library."""

    @extend_schema(
        operation_id="dossiers_paper",
        summary="Một minh chứng trong hồ sơ",
        responses=DossierPaperSerializer,
    )
    def get(self, _request: Request, pk: int, item: str, evidence: int) -> Response:
        seen = visible_evidence(self.person, legal_day(timezone.now())).order_by().values("pk")
        rows = DossierEvidence.objects.filter(dossier=self.dossier(pk), evidence__in=seen)
        link = get_object_or_404(rows, item=item, evidence=evidence)
        body = {"item": link.item, "evidence": link.evidence_id, "criteria": link.criteria}
        return Response(body)

    @extend_schema(
        operation_id="dossiers_detach",
        summary="Gỡ minh chứng khỏi hồ sơ",
        responses=DossierSerializer,
    )
    def delete(self, request: Request, pk: int, item: str, evidence: int) -> Response:
        found = self.own(pk)
        same = [
            each for each in links_of(found) if each.item == item and each.evidence_id == evidence
        ]

        def detach() -> Response:
            for link in same:
                dossiers.detach(link, by=self.person, at=timezone.now())
            return self.answer(self.dossier(pk))

        return self.once(request, detach)


class DossierConfirmation(DossierView):
    """Sends the representatives a code, so that an editor may lodge."""

    @extend_schema(
        operation_id="dossiers_ask_code",
        summary="Xin mã xác nhận của người đại diện",
        request=None,
        responses=DossierSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.own(pk)

        def ask() -> Response:
            fact = told.ask(told.SELF_ASSESSMENT, found)
            confirmations.ask(
                found,
                rubric_hash=fact.rubric_hash,
                assessment=fact.summary,
                by=self.person,
                at=timezone.now(),
            )
            return self.answer(found)

        return self.once(request, ask)


class DossierLodging(DossierView):
    """Hands the dossier in, as it was read; sent twice it is handed in once."""

    @extend_schema(
        operation_id="dossiers_lodge",
        summary="Nộp hồ sơ",
        request=LodgeInput,
        responses=DossierSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        found, asked = self.own(pk), LodgeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version, at = required_version(request), timezone.now()
        code = asked.validated_data.get("code")
        if code and DossierState(found.state).is_open:
            # Outside of what a key makes one: a wrong code stays counted when it is refused.
            confirmations.enter(found, code=code, by=self.person, at=at)

        def hand_in() -> Response:
            fact = told.ask(told.SELF_ASSESSMENT, found)
            return self.answer(told.lodge(found, fact, by=self.person, at=at, version=version))

        return self.once(request, hand_in)


class ProposalLink(WriteView):
    """A signed link that proposes texts for the open dossier of an enrolment."""

    write_scope = Scope.DOSSIERS

    @extend_schema(
        operation_id="enrolments_propose",
        summary="Tạo liên kết chữ điền sẵn",
        request=ProposalInput,
        responses={201: ProposalSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        found = seen_enrolment(self, pk)
        require(may_message(self.person, found, on=legal_day(timezone.now())))
        asked = ProposalInput(data=request.data)
        asked.is_valid(raise_exception=True)

        def offer() -> Response:
            made = proposals.offer(found, by=self.person, at=timezone.now(), **asked.validated_data)
            body = {"url": made.url, "until": made.until}
            return Response(body, status=status.HTTP_201_CREATED)

        return self.once(request, offer)


def _known(dossier: Any, codes: list[str]) -> list[str]:
    """The criteria as they were sent; one that the set does not have is refused by its code."""
    names = {code for code, _name in told.criteria_of(dossier).names}
    if strange := sorted(set(codes) - names):
        raise ValidationError({"criteria": [f"Bộ tiêu chí không có: {', '.join(strange)}."]})
    return codes
