"""Sheets for programs: one's own, and others' where the pages show them; options in, no points."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, etag, version_asked
from ocop_portal.web.inputs import InputSerializer
from registry.domain.clock import legal_day
from scoring.domain.sheet import SheetState
from scoring.filters import SheetFilter
from scoring.models import AgendaItem, Sheet
from scoring.selectors.sessions import readable_items
from scoring.selectors.sheets import sheet_of, visible_sheets
from scoring.services import sheets

ROW = {
    "id": "pk",
    "item": "item_id",
    "ballot": "ballot",
    "state": "state",
    "total": "total",
    "saved_at": "saved_at",
    "submitted_at": "submitted_at",
    "receipt_hash": "receipt_hash",
    "version": "version",
}
LONGEST = 10_000


class SheetRowSerializer(serializers.Serializer[Any]):
    """A sheet as lists show it."""

    id = serializers.IntegerField()
    item = serializers.IntegerField(help_text="The line of the agenda; see agenda-items.")
    ballot = serializers.IntegerField()
    state = serializers.ChoiceField(choices=SheetState.choices())
    total = serializers.IntegerField(
        allow_null=True, max_value=100, help_text="Computed by the portal at the submission."
    )
    saved_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    receipt_hash = serializers.CharField(
        allow_blank=True, help_text="Hash of what was stored; empty until submitted."
    )
    version = serializers.IntegerField(help_text="Also the ETag; send it as If-Match.")


class SheetSerializer(SheetRowSerializer):
    """A sheet with its choices."""

    choices = serializers.DictField(
        child=serializers.CharField(allow_null=True),
        help_text="Criterion → option id; null: no option is met, 0 points.",
    )
    comment = serializers.CharField(allow_blank=True)


class SheetInput(InputSerializer):
    """The whole of the choices so far; no figure is taken, only option ids."""

    choices = serializers.DictField(child=serializers.CharField(allow_null=True, max_length=60))
    comment = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


class SheetList(VisibleList):
    """The caller's own sheets, and those of others once nothing needs to be hidden any more."""

    serializer_class = SheetRowSerializer
    filterset_class = SheetFilter
    selector = staticmethod(visible_sheets)
    columns = ROW

    @extend_schema(operation_id="sheets_list", summary="Phiếu chấm tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OwnSheet(WriteView):
    """The caller's own sheet on a line of an agenda."""

    write_scope = Scope.SHEETS

    @extend_schema(
        operation_id="own_sheet_read", summary="Phiếu của tôi", responses=SheetSerializer
    )
    def get(self, _request: Request, pk: int) -> Response:
        found = sheet_of(self._item(pk), self.person)
        if found is None:
            raise Http404
        seen = visible_sheets(self.person, legal_day(timezone.now()))
        return _answer(get_object_or_404(seen, pk=found.pk))

    @extend_schema(
        operation_id="own_sheet_save",
        summary="Lưu nháp phiếu của tôi",
        request=SheetInput,
        responses=SheetSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        item, asked = self._item(pk), SheetInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = version_asked(request)

        def save() -> Response:
            return _answer(
                sheets.save(
                    item,
                    choices=asked.validated_data["choices"],
                    comment=asked.validated_data.get("comment", ""),
                    version=version,
                    by=self.person,
                    at=timezone.now(),
                )
            )

        return self.once(request, save)

    def current_version(self) -> int:
        found = sheet_of(self._item(self.kwargs["pk"]), self.person)
        return found.version if found else 0

    def _item(self, pk: int) -> AgendaItem:
        return get_object_or_404(readable_items(self.person, legal_day(timezone.now())), pk=pk)


class OwnSheetSubmission(OwnSheet):
    """Hands the stored draft in; the answer reads back what the portal stored."""

    http_method_names = ("post", "options")

    @extend_schema(
        operation_id="own_sheet_submit",
        summary="Nộp phiếu của tôi",
        request=None,
        responses=SheetSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        item = self._item(pk)
        return self.once(
            request, lambda: _answer(sheets.submit(item, by=self.person, at=timezone.now()))
        )


def _answer(sheet: Sheet) -> Response:
    values = Sheet.objects.filter(pk=sheet.pk).values_list(*ROW.values()).get()
    body = {
        **dict(zip(ROW, values, strict=True)),
        "choices": dict(sheet.marks.order_by("id").values_list("criterion", "option")),
        "comment": sheet.comment,
    }
    return Response(body, headers=etag(sheet.version))
