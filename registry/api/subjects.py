"""Subjects for programs: those that the caller may see, registered and kept like on the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, etag, required_version
from ocop_portal.web.inputs import InputSerializer
from registry.api.fields import CommuneField
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division
from registry.filters import SubjectFilter
from registry.models import Gender, Subject
from registry.selectors import visible_subjects
from registry.services import subjects

ROW = {
    "id": "pk",
    "name": "name",
    "kind": "kind",
    "tax_code": "tax_code",
    "commune": "commune__code",
    "commune_name": "commune__name",
    "province": "commune__parent__code",
    "province_name": "commune__parent__name",
    "version": "version",
}
ORDERS = {"name": ("name",), "id": ("pk",), "province": ("commune__parent__sort_key",)}
DETAILS = (
    "registration_number",
    "registered_on",
    "representative_name",
    "representative_gender",
    "phone",
    "email",
    "address_line",
    "workers",
    "trained_workers",
    "has_circular_chain",
)


class SubjectRowSerializer(serializers.Serializer[Any]):
    """A subject as lists show it."""

    id = serializers.IntegerField(help_text="The subject's number in the register.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SubjectKind.choices())
    tax_code = serializers.CharField(allow_blank=True)
    commune = serializers.CharField(help_text="Code of today's commune.")
    commune_name = serializers.CharField()
    province = serializers.CharField(help_text="Code of today's province.")
    province_name = serializers.CharField()
    version = serializers.IntegerField(help_text="Rises with each change; also the ETag.")


class SubjectSerializer(SubjectRowSerializer):
    """A subject with what is known of it."""

    former_commune = serializers.CharField(
        allow_null=True, help_text="Code of the commune before 1 July 2025, where it was picked."
    )
    registration_number = serializers.CharField(allow_blank=True)
    registered_on = serializers.DateField(allow_null=True)
    representative_name = serializers.CharField()
    representative_gender = serializers.CharField(allow_blank=True)
    phone = serializers.CharField()
    email = serializers.CharField(allow_blank=True)
    address_line = serializers.CharField(allow_blank=True)
    workers = serializers.IntegerField(allow_null=True)
    trained_workers = serializers.IntegerField(allow_null=True)
    has_circular_chain = serializers.BooleanField()


class SubjectInput(InputSerializer):
    """What is asked of a subject."""

    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=SubjectKind.choices())
    representative_name = serializers.CharField(max_length=150)
    phone = serializers.RegexField(r"^\+?[\d .()-]{8,20}$")
    commune = CommuneField(division=Division.TWO_TIER, help_text="Code of today's commune.")
    former_commune = CommuneField(
        division=Division.THREE_TIER, required=False, allow_null=True, help_text="See `units`."
    )
    tax_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    registration_number = serializers.CharField(max_length=50, required=False, allow_blank=True)
    registered_on = serializers.DateField(required=False, allow_null=True)
    representative_gender = serializers.ChoiceField(
        choices=Gender.choices, required=False, allow_blank=True
    )
    email = serializers.EmailField(required=False, allow_blank=True)
    address_line = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SubjectList(VisibleList, WriteView):
    """The subjects that the caller works for, or that lie in the caller's area."""

    write_scope = Scope.REGISTER
    serializer_class = SubjectRowSerializer
    filterset_class = SubjectFilter
    columns = ROW
    selector = staticmethod(visible_subjects)
    order = ("name", "pk")
    orders = ORDERS

    @extend_schema(operation_id="subjects_list", summary="Chủ thể tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="subjects_create",
        summary="Đăng ký chủ thể",
        request=SubjectInput,
        responses={201: SubjectSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = SubjectInput(data=request.data)
        asked.is_valid(raise_exception=True)

        def register() -> Response:
            made = subjects.register(by=self.person, at=timezone.now(), **fields_of(asked))
            location = f"{request.path}{made.pk}/"
            return Response(
                told(made),
                status=status.HTTP_201_CREATED,
                headers={"Location": location, **etag(made.version)},
            )

        return self.once(request, register)


class SubjectDetail(WriteView):
    """One subject; 404 where the caller may not see it."""

    write_scope = Scope.REGISTER

    @extend_schema(operation_id="subjects_read", summary="Một chủ thể", responses=SubjectSerializer)
    def get(self, _request: Request, pk: int) -> Response:
        found = self._subject(pk)
        return Response(told(found), headers=etag(found.version))

    @extend_schema(
        operation_id="subjects_update",
        summary="Sửa chủ thể",
        request=SubjectInput,
        responses=SubjectSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        found = self._subject(pk)
        asked = SubjectInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = required_version(request)

        def update() -> Response:
            changed = subjects.update(
                found, version=version, by=self.person, at=timezone.now(), **fields_of(asked)
            )
            return Response(told(changed), headers=etag(changed.version))

        return self.once(request, update)

    def current_version(self) -> int:
        return Subject.objects.values_list("version", flat=True).get(pk=self.kwargs["pk"])

    def _subject(self, pk: int) -> Subject:
        return get_object_or_404(visible_subjects(self.person, legal_day(timezone.now())), pk=pk)


def fields_of(asked: SubjectInput) -> subjects.SubjectFields:
    """What the service takes, as it was sent."""
    sent: subjects.SubjectFields = asked.validated_data
    return sent


def told(subject: Subject) -> dict[str, Any]:
    """One subject as it is sent."""
    province = subject.commune.parent
    former = subject.former_commune
    return {
        "id": subject.pk,
        "name": subject.name,
        "kind": subject.kind,
        "tax_code": subject.tax_code,
        "commune": subject.commune.code,
        "commune_name": subject.commune.name,
        "province": province.code if province else None,
        "province_name": province.name if province else None,
        "version": subject.version,
        "former_commune": former.code if former else None,
        **{name: getattr(subject, name) for name in DETAILS},
    }
