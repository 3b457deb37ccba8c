"""Recognised products and certificates for programs; open to everybody."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.refusals import refusal_text
from ocop_portal.web.rest import Pages
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
from scoring.selectors.certificates import by_code, certificates_of

SHARED_SECONDS = 60
PAGING = frozenset({"page", "page_size"})


class RowPaginator(Paginator):  # type: ignore[type-arg] # no generics at run time
    """Counts the bare table and reads only the page's rows, as plain values."""

    def _get_page(self, *args: Any, **kwargs: Any) -> "Page[Any]":
        found, *rest = args
        return Page(found.values_list(*rows.COLUMNS.values()), *rest, **kwargs)


class RowPages(Pages):
    """Numbered pages of plain rows."""

    django_paginator_class = RowPaginator


class ProductList(generics.ListAPIView):  # type: ignore[type-arg] # no generics at run time
    """Recognised products: search without accents, filters, order."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    queryset = Listing.objects.all()
    serializer_class = ListedProductSerializer
    filterset_class = ListingFilter
    pagination_class = RowPages

    @extend_schema(
        operation_id="products_list",
        summary="Sản phẩm đã được công nhận",
        responses={200: ListedProductSerializer(many=True), 422: ErrorSerializer},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request, frozenset(ListingFilter.base_filters) | PAGING)
        return super().get(request, *args, **kwargs)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002 # the framework's signature
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([rows.listed(values) for values in page])


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
        return shared(Response(rows.certificate(found, on=legal_day(timezone.now()))))


def refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """A misspelt filter would silently give everything; it is refused by its name."""
    for name in request.query_params:
        if name not in known:
            raise ValidationError({name: "unknown filter"})


def shared(response: Response) -> Response:
    """The same for everybody; a cache may keep it for a minute, no longer."""
    response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    return response
