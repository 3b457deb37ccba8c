"""Points of sale and events for programs; open to everybody."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.web.rows import RowList
from promotion.api.outlet_serializers import (
    EventSerializer,
    ListedEventSerializer,
    ListedPointSerializer,
    PointSerializer,
)
from promotion.api.serializers import ErrorSerializer
from promotion.api.views import shared
from promotion.domain.events import EventState
from promotion.filters import EventFilter, PointFilter
from promotion.models import Event, Listing, PointOfSale
from promotion.selectors import events, points
from registry.domain.clock import legal_day

POINT_COLUMNS = {
    "id": "id",
    "name": "name",
    "kind": "kind",
    "province": "commune__parent__code",
    "province_name": "commune__parent__name",
    "commune": "commune__code",
    "commune_name": "commune__name",
    "address_line": "address_line",
    "latitude": "latitude",
    "longitude": "longitude",
    "opening_hours": "opening_hours",
    "phone": "phone",
    "website": "website",
    "has_startup_help": "has_startup_help",
    "has_packaging_design": "has_packaging_design",
}
EVENT_COLUMNS = {
    "id": "id",
    "name": "name",
    "kind": "kind",
    "state": "state",
    "organiser": "unit__name",
    "organiser_code": "unit__code",
    "place": "place",
    "apply_by": "apply_by",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "booths": "booths",
}


class PointList(RowList):
    """Open points of sale: search without accents, kind, province."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ListedPointSerializer
    filterset_class = PointFilter
    columns = POINT_COLUMNS
    queryset = PointOfSale.objects.all()

    def get_queryset(self) -> QuerySet[PointOfSale]:
        return points.public_points(legal_day(timezone.now())).select_related(None)

    @extend_schema(
        operation_id="points_of_sale_list",
        summary="Điểm giới thiệu và bán sản phẩm",
        responses={200: ListedPointSerializer(many=True), 422: ErrorSerializer},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PointDetail(APIView):
    """One point of sale with the recognised products sold there; a closed one is 404."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="points_of_sale_read",
        summary="Một điểm bán",
        responses={200: PointSerializer, 404: ErrorSerializer},
    )
    def get(self, _request: Request, point_id: int) -> Response:
        on = legal_day(timezone.now())
        rows = points.public_points(on).filter(pk=point_id)
        found = get_object_or_404(rows)
        values = rows.values_list(*POINT_COLUMNS.values()).get()
        sold = [_product(each.product.listing) for each in points.offers_at(found, on)]
        return shared(Response({**_named(POINT_COLUMNS, values), "products": sold}))


class EventList(RowList):
    """Events of trade promotion, the latest first."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ListedEventSerializer
    filterset_class = EventFilter
    columns = EVENT_COLUMNS
    queryset = Event.objects.all()

    def get_queryset(self) -> QuerySet[Event]:
        return events.events().select_related(None)

    @extend_schema(
        operation_id="events_list",
        summary="Sự kiện xúc tiến thương mại",
        responses={200: ListedEventSerializer(many=True), 422: ErrorSerializer},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class EventDetail(APIView):
    """One event with its products, and its figures once it is concluded."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="events_read",
        summary="Một sự kiện",
        responses={200: EventSerializer, 404: ErrorSerializer},
    )
    def get(self, _request: Request, event_id: int) -> Response:
        rows = events.events().filter(pk=event_id)
        event = get_object_or_404(rows)
        values = rows.values_list(*EVENT_COLUMNS.values()).get()
        entries = events.shown_products(event)
        answer = {
            **_named(EVENT_COLUMNS, values),
            "call": event.call,
            "products": [
                {**_product(each.product.listing), "booth": each.booth} for each in entries
            ],
            **_figures(event),
        }
        return shared(Response(answer))


def _named(columns: dict[str, str], values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(columns, values, strict=True))


def _product(listing: Listing) -> dict[str, Any]:
    return {
        "id": listing.product_id,
        "slug": listing.slug,
        "name": listing.name,
        "subject": listing.subject_name,
        "stars": listing.stars,
    }


def _figures(event: Event) -> dict[str, int | date | None]:
    if event.status is not EventState.CONCLUDED:
        return {"visitors": None, "contracts": None, "revenue": None}
    totals = events.totals_of(event.entries.all())
    return {
        "visitors": event.visitors,
        "contracts": totals.contracts,
        "revenue": totals.revenue,
    }
