"""Ratings, decisions and certificates for programs: what the caller may see of them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList, VisibleRow
from registry.domain.regime import Level
from scoring.domain.certificate_states import CertificateState
from scoring.domain.chain import OutcomeKind
from scoring.domain.decision_states import DecisionState
from scoring.filters import CertificateFilter, DecisionFilter, RatingFilter
from scoring.selectors.certificates import visible_certificates
from scoring.selectors.decisions import visible_decisions
from scoring.selectors.ratings import visible_ratings

RATING = {
    "id": "pk",
    "dossier": "dossier_id",
    "level": "level",
    "regime": "regime",
    "points": "points",
    "sheets": "sheets",
    "band": "band",
    "stars": "stars",
    "outcome": "outcome",
    "standing_stars": "standing_stars",
    "potential_five": "potential_five",
    "edition": "edition_hash",
    "concluded_at": "concluded_at",
}
DECISION = {
    "id": "pk",
    "level": "level",
    "unit": "unit__code",
    "number": "number",
    "decided_on": "decided_on",
    "title": "title",
    "state": "state",
    "signer_name": "signer_name",
    "signed_at": "signed_at",
    "sha256": "sha256",
}
CERTIFICATE = {
    "id": "pk",
    "code": "code",
    "number": "number",
    "product": "product_id",
    "product_name": "product_name",
    "product_code": "product_code",
    "subject_name": "subject_name",
    "regime": "regime",
    "set_name": "set_name",
    "stars": "stars",
    "issued_on": "issued_on",
    "valid_until": "valid_until",
    "state": "state",
    "decision": "decision_id",
    "sha256": "sha256",
}


class RatingSerializer(serializers.Serializer[Any]):
    """What a council concluded; the mean is `points / sheets`, kept exactly."""

    id = serializers.IntegerField()
    dossier = serializers.IntegerField()
    level = serializers.ChoiceField(choices=Level.choices())
    regime = serializers.CharField()
    points = serializers.IntegerField(help_text="Sum of the totals of the counted sheets.")
    sheets = serializers.IntegerField(help_text="How many sheets were counted.")
    band = serializers.IntegerField(min_value=1, max_value=5)
    stars = serializers.IntegerField(allow_null=True, help_text="null: not recognised.")
    outcome = serializers.ChoiceField(choices=OutcomeKind.choices())
    standing_stars = serializers.IntegerField(
        allow_null=True, help_text="What stands at this level by the regime's chain."
    )
    potential_five = serializers.BooleanField()
    edition = serializers.CharField(help_text="Hash of the rubric edition.")
    concluded_at = serializers.DateTimeField()


class DecisionSerializer(serializers.Serializer[Any]):
    """An authority's act."""

    id = serializers.IntegerField()
    level = serializers.ChoiceField(choices=Level.choices())
    unit = serializers.CharField(help_text="Code of the issuing unit.")
    number = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=DecisionState.choices())
    signer_name = serializers.CharField(allow_blank=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True, help_text="Hash of the kept PDF.")


class CertificateRowSerializer(serializers.Serializer[Any]):
    """A certificate as lists show it; whether it has expired is told by `valid_until`."""

    id = serializers.IntegerField()
    code = serializers.CharField(help_text="The public code; see certificates/<code>/.")
    number = serializers.CharField()
    product = serializers.IntegerField(help_text="The product's number in the register.")
    product_name = serializers.CharField(help_text="As on the day of issue.")
    product_code = serializers.CharField(allow_blank=True)
    subject_name = serializers.CharField(help_text="As on the day of issue.")
    regime = serializers.CharField()
    set_name = serializers.CharField()
    stars = serializers.IntegerField(min_value=3, max_value=5)
    issued_on = serializers.DateField()
    valid_until = serializers.DateField(help_text="Its last day.")
    state = serializers.ChoiceField(choices=CertificateState.choices())
    decision = serializers.IntegerField()
    sha256 = serializers.CharField(allow_blank=True, help_text="Hash of the kept PDF.")


class RatingList(VisibleList):
    """Results of the dossiers that the caller may see."""

    serializer_class = RatingSerializer
    filterset_class = RatingFilter
    selector = staticmethod(visible_ratings)
    columns = RATING
    order = ("-concluded_at", "-pk")

    @extend_schema(operation_id="ratings_list", summary="Kết quả chấm tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class RatingDetail(VisibleRow):
    """One result; 404 where the caller may not see it."""

    selector = staticmethod(visible_ratings)
    columns = RATING

    @extend_schema(
        operation_id="ratings_read", summary="Một kết quả chấm", responses=RatingSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)


class DecisionList(VisibleList):
    """Decisions of the caller's area and about the caller's products."""

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    selector = staticmethod(visible_decisions)
    columns = DECISION
    order = ("-decided_on", "-pk")

    @extend_schema(operation_id="decisions_list", summary="Quyết định tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class CertificateList(VisibleList):
    """Certificates of the caller's subjects and of the caller's area."""

    serializer_class = CertificateRowSerializer
    filterset_class = CertificateFilter
    selector = staticmethod(visible_certificates)
    columns = CERTIFICATE
    order = ("-issued_on", "-pk")

    @extend_schema(operation_id="certificates_list", summary="Giấy chứng nhận tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class CertificateRow(VisibleRow):
    """One certificate by its number in the portal; by its public code it is open to everybody."""

    selector = staticmethod(visible_certificates)
    columns = CERTIFICATE

    @extend_schema(
        operation_id="certificates_row",
        summary="Một giấy chứng nhận theo số trong cổng",
        responses=CertificateRowSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)
