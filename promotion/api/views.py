"""Recognised products and certificates for programs; open to everybody."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.refusals import refusal_text
from ocop_portal.web.pictures import picture_rows
from ocop_portal.web.rows import RowList
from promotion.api import rows
from promotion.api.serializers import (
    CertificateSerializer,
    ErrorSerializer,
    ListedProductSerializer,
    ProductSerializer,
)
from promotion.filters import ListingFilter
from promotion.models import Listing
from promotion.selectors import pages
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.pictures import PictureSize
from registry.selectors import pictures_of
from scoring.selectors.certificates import by_code, certificates_of

SHARED_SECONDS = 60


class ProductList(RowList):
    """Recognised products: search without accents, filters, order."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ListedProductSerializer
    filterset_class = ListingFilter
    columns = rows.COLUMNS
    counted_for = SHARED_SECONDS
    queryset = Listing.objects.all()

    @extend_schema(
        operation_id="products_list",
        summary="Sản phẩm đã được công nhận",
        responses={200: ListedProductSerializer(many=True), 422: ErrorSerializer},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ProductDetail(APIView):
    """One recognised product with its story, certificates and places; 404 where it has no page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="products_read",
        summary="Một sản phẩm đã được công nhận",
        responses={200: ProductSerializer, 404: ErrorSerializer},
    )
    def get(self, _request: Request, product_id: int) -> Response:
        seen = pages.with_page().select_related("province", "commune")
        listing = get_object_or_404(seen, product=product_id)
        answer = rows.product(
            listing,
            story=pages.story_of(listing.product),
            certificates=list(certificates_of(listing.product)),
            places=list(pages.places_of(listing.product)),
            pictures=picture_rows(
                pictures_of(listing.product),
                door="promotion:photograph",
                large=PictureSize.LARGE,
                small=PictureSize.SMALL,
            ),
            on=legal_day(timezone.now()),
        )
        return shared(Response(answer))


class CertificateDetail(APIView):
    """What a certificate is worth today, by its public code; forgiving of how it was typed."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="certificates_read",
        summary="Kiểm tra một giấy chứng nhận",
        responses={200: CertificateSerializer, 404: ErrorSerializer},
    )
    def get(self, _request: Request, code: str) -> Response:
        try:
            found = by_code(code)
        except RuleBroken as refusal:
            raise NotFound(refusal_text(refusal)) from refusal
        if found is None:
            raise NotFound
        [shown] = rows.certificates_shown([found], on=legal_day(timezone.now()))
        return shared(Response(shown))


def shared(response: Response) -> Response:
    """The same for everybody; a cache may keep it for a minute, no longer."""
    response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    return response
