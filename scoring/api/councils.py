"""Councils, sessions and their agenda for programs: what the caller may see of them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList, VisibleRow
from registry.domain.regime import Level
from scoring.domain.session_states import ItemState, SessionState
from scoring.filters import CouncilFilter, ItemFilter, SessionFilter
from scoring.selectors.councils import visible_councils
from scoring.selectors.sessions import visible_items, visible_sessions

COUNCIL = {
    "id": "pk",
    "name": "name",
    "level": "level",
    "unit": "unit__code",
    "unit_name": "unit__name",
    "decision_number": "decision_number",
    "decided_on": "decided_on",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "quorum_percent": "quorum_percent",
    "max_spread": "max_spread",
    "notice_working_days": "notice_working_days",
    "minimum_members": "minimum_members",
    "reconciliation_rounds": "reconciliation_rounds",
    "version": "version",
}
SESSION = {
    "id": "pk",
    "council": "council_id",
    "council_name": "council__name",
    "starts_at": "starts_at",
    "place": "place",
    "state": "state",
    "called_at": "called_at",
    "opened_at": "opened_at",
    "closed_at": "closed_at",
    "version": "version",
}
ITEM = {
    "id": "pk",
    "session": "session_id",
    "order": "order",
    "title": "dossier__enrolment__product__name",
    "regime": "edition__regime",
    "set": "edition__set_number",
    "state": "state",
    "ballot": "ballot",
}


class CouncilSerializer(serializers.Serializer[Any]):
    """A council with its regulation."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices())
    unit = serializers.CharField(help_text="Code of the unit.")
    unit_name = serializers.CharField()
    decision_number = serializers.CharField(help_text="Of the decision that appointed it.")
    decided_on = serializers.DateField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    quorum_percent = serializers.IntegerField(help_text="Least share of voters present.")
    max_spread = serializers.IntegerField(help_text="Largest total less smallest, in points.")
    notice_working_days = serializers.IntegerField(help_text="Working days.")
    minimum_members = serializers.IntegerField()
    reconciliation_rounds = serializers.IntegerField()
    version = serializers.IntegerField()


class SessionSerializer(serializers.Serializer[Any]):
    """A meeting of a council."""

    id = serializers.IntegerField()
    council = serializers.IntegerField()
    council_name = serializers.CharField()
    starts_at = serializers.DateTimeField()
    place = serializers.CharField()
    state = serializers.ChoiceField(choices=SessionState.choices())
    called_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class ItemSerializer(serializers.Serializer[Any]):
    """A line of an agenda: the title, which every member may read before declaring."""

    id = serializers.IntegerField()
    session = serializers.IntegerField()
    order = serializers.IntegerField()
    title = serializers.CharField(help_text="The product's name.")
    regime = serializers.CharField()
    set = serializers.IntegerField(help_text="Number of the product set.")
    state = serializers.ChoiceField(choices=ItemState.choices())
    ballot = serializers.IntegerField(help_text="1, then the reconciliation rounds.")


class CouncilList(VisibleList):
    """Councils of the caller's seats and of the caller's area."""

    serializer_class = CouncilSerializer
    filterset_class = CouncilFilter
    selector = staticmethod(visible_councils)
    columns = COUNCIL

    @extend_schema(operation_id="councils_list", summary="Hội đồng tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class CouncilDetail(VisibleRow):
    """One council; 404 where the caller may not see it."""

    selector = staticmethod(visible_councils)
    columns = COUNCIL

    @extend_schema(
        operation_id="councils_read", summary="Một hội đồng", responses=CouncilSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)


class SessionList(VisibleList):
    """Sessions of the councils that the caller may see."""

    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    selector = staticmethod(visible_sessions)
    columns = SESSION
    order = ("-starts_at", "-pk")

    @extend_schema(operation_id="sessions_list", summary="Phiên họp tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class SessionDetail(VisibleRow):
    """One session; 404 where the caller may not see it."""

    selector = staticmethod(visible_sessions)
    columns = SESSION

    @extend_schema(
        operation_id="sessions_read", summary="Một phiên họp", responses=SessionSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)


class ItemList(VisibleList):
    """Lines of the agendas that the caller may see."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    selector = staticmethod(visible_items)
    columns = ITEM

    @extend_schema(operation_id="agenda_items_list", summary="Mục chương trình họp tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
