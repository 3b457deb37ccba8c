"""Papers of subjects for programs: what they are; the file itself goes through the page's door."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList, VisibleRow
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView
from ocop_portal.web.inputs import InputSerializer
from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind
from registry.filters import EvidenceFilter
from registry.models import Evidence
from registry.selectors import visible_subjects
from registry.selectors.evidence import visible_evidence
from registry.services import evidence

ROW = {
    "id": "pk",
    "subject": "subject_id",
    "title": "title",
    "kind": "kind",
    "original_name": "original_name",
    "content_type": "content_type",
    "size": "size",
    "sha256": "sha256",
    "valid_until": "valid_until",
    "uploaded_at": "uploaded_at",
    "withdrawn_at": "withdrawn_at",
}


class EvidenceSerializer(serializers.Serializer[Any]):
    """A paper of a subject's library."""

    id = serializers.IntegerField(help_text="The paper's number in the register.")
    subject = serializers.IntegerField(help_text="The subject's number.")
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=EvidenceKind.choices())
    original_name = serializers.CharField(help_text="The file's name, made safe.")
    content_type = serializers.CharField(help_text="By content, not by name.")
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField(help_text="Hash of the stored file.")
    valid_until = serializers.DateField(allow_null=True, help_text="Its last good day.")
    uploaded_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(help_text="Where the file is read, with the same rights.")


class EvidenceInput(InputSerializer):
    """A file with what it is."""

    subject = serializers.IntegerField(help_text="The subject's number in the register.")
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=EvidenceKind.choices())
    valid_until = serializers.DateField(required=False, allow_null=True)
    file = serializers.FileField()


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"url": reverse("registry:evidence-file", args=[row["id"]])}


class EvidenceList(VisibleList, WriteView):
    """The papers that the caller may see."""

    write_scope = Scope.REGISTER
    parser_classes = (MultiPartParser,)
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    selector = staticmethod(visible_evidence)
    columns = ROW

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return _told(row)

    @extend_schema(operation_id="evidence_list", summary="Minh chứng tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="evidence_create",
        summary="Tải minh chứng lên",
        request={"multipart/form-data": EvidenceInput},
        responses={201: EvidenceSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = EvidenceInput(data=request.data)
        asked.is_valid(raise_exception=True)
        fields, at = asked.validated_data, timezone.now()
        subject = get_object_or_404(
            visible_subjects(self.person, legal_day(at)), pk=fields["subject"]
        )

        def upload() -> Response:
            made = evidence.upload(
                subject,
                title=fields["title"],
                kind=EvidenceKind(fields["kind"]),
                valid_until=fields.get("valid_until"),
                file=fields["file"],
                by=self.person,
                at=at,
            )
            values = Evidence.objects.filter(pk=made.pk).values_list(*ROW.values()).get()
            return Response(
                _told(dict(zip(ROW, values, strict=True))),
                status=status.HTTP_201_CREATED,
                headers={"Location": f"{request.path}{made.pk}/"},
            )

        return self.once(request, upload)


class EvidenceDetail(VisibleRow):
    """One paper; 404 where the caller may not see it."""

    selector = staticmethod(visible_evidence)
    columns = ROW

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return _told(row)

    @extend_schema(
        operation_id="evidence_read", summary="Một minh chứng", responses=EvidenceSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)
