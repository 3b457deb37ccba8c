"""Products of the register for programs: recognised or not, as far as the caller may see them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ocop_portal.clients.reading import VisibleList, VisibleRow
from ocop_portal.clients.scopes import Scope
from ocop_portal.clients.writes import WriteView, etag, required_version
from ocop_portal.web.inputs import InputSerializer
from ocop_portal.web.pictures import PictureSerializer, picture_rows
from registry.api.fields import CommuneField, SetField
from registry.domain.clock import legal_day
from registry.domain.pictures import PictureSize
from registry.domain.regime import Division
from registry.filters import ProductFilter
from registry.models import Product
from registry.selectors import pictures_of, visible_products, visible_subjects
from registry.services import products

ROW = {
    "id": "pk",
    "name": "name",
    "code": "code",
    "subject": "subject_id",
    "subject_name": "subject__name",
    "commune": "commune__code",
    "commune_name": "commune__name",
    "gtin": "gtin",
    "version": "version",
}
WHOLE = {
    **ROW,
    "summary": "summary",
    "description": "description",
    "packaging": "packaging",
    "price_from": "price_from",
    "price_to": "price_to",
    "availability": "availability",
    "yearly_capacity": "yearly_capacity",
    "shelf_life": "shelf_life",
    "net_quantity": "net_quantity",
    "net_unit": "net_unit",
    "former_commune": "former_commune__code",
}
ORDERS = {"name": ("name",), "id": ("pk",), "subject": ("subject__name",)}


class RegisteredProductRowSerializer(serializers.Serializer[Any]):
    """A product of the register as lists show it."""

    id = serializers.IntegerField(help_text="The product's number in the register.")
    name = serializers.CharField()
    code = serializers.CharField(allow_blank=True, help_text="The legal code, given at intake.")
    subject = serializers.IntegerField(help_text="The subject's number.")
    subject_name = serializers.CharField()
    commune = serializers.CharField(help_text="Code of the registering commune.")
    commune_name = serializers.CharField()
    gtin = serializers.CharField(allow_blank=True, help_text="GTIN with its check digit.")
    version = serializers.IntegerField(help_text="Rises with each change; also the ETag.")


class RegisteredProductSerializer(RegisteredProductRowSerializer):
    """A product of the register with what is known of it."""

    summary = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    packaging = serializers.CharField(allow_blank=True)
    price_from = serializers.IntegerField(allow_null=True, help_text="Đồng.")
    price_to = serializers.IntegerField(allow_null=True, help_text="Đồng.")
    availability = serializers.CharField(allow_blank=True)
    yearly_capacity = serializers.CharField(allow_blank=True)
    shelf_life = serializers.CharField(allow_blank=True)
    net_quantity = serializers.IntegerField(allow_null=True, help_text="Grams or millilitres.")
    net_unit = serializers.CharField(allow_blank=True)
    former_commune = serializers.CharField(allow_null=True)
    pictures = PictureSerializer(many=True)


class ProductInput(InputSerializer):
    """What is asked of a product; `sets` names at most one set of each regime."""

    name = serializers.CharField(max_length=200)
    sets = serializers.ListField(
        child=SetField(), allow_empty=False, max_length=10, help_text="For example 2026/11."
    )
    summary = serializers.CharField(max_length=300, required=False, allow_blank=True)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    packaging = serializers.CharField(max_length=200, required=False, allow_blank=True)
    price_from = serializers.IntegerField(min_value=0, required=False, allow_null=True)
    price_to = serializers.IntegerField(min_value=0, required=False, allow_null=True)
    availability = serializers.CharField(max_length=200, required=False, allow_blank=True)
    yearly_capacity = serializers.CharField(max_length=100, required=False, allow_blank=True)
    shelf_life = serializers.CharField(max_length=100, required=False, allow_blank=True)
    gtin = serializers.CharField(max_length=14, required=False, allow_blank=True)
    net_quantity = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    net_unit = serializers.CharField(max_length=5, required=False, allow_blank=True)
    commune = CommuneField(division=Division.TWO_TIER, required=False)
    former_commune = CommuneField(division=Division.THREE_TIER, required=False, allow_null=True)


class NewProductInput(ProductInput):
    """A new product also names its subject."""

    subject = serializers.IntegerField(help_text="The subject's number in the register.")


class RegisteredProductList(VisibleList, WriteView):
    """The products of the caller's subjects, and those registered or made in the caller's area."""

    write_scope = Scope.REGISTER
    serializer_class = RegisteredProductRowSerializer
    filterset_class = ProductFilter
    selector = staticmethod(visible_products)
    columns = ROW
    order = ("name", "pk")
    orders = ORDERS

    @extend_schema(operation_id="registered_products_list", summary="Sản phẩm tôi được xem")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="registered_products_create",
        summary="Đăng ký sản phẩm",
        request=NewProductInput,
        responses={201: RegisteredProductSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = NewProductInput(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = dict(asked.validated_data)
        at = timezone.now()
        subject = get_object_or_404(
            visible_subjects(self.person, legal_day(at)), pk=fields.pop("subject")
        )

        def register() -> Response:
            made = products.register(
                subject, product_sets=fields.pop("sets"), by=self.person, at=at, **fields
            )
            return Response(
                _told(made),
                status=status.HTTP_201_CREATED,
                headers={"Location": f"{request.path}{made.pk}/", **etag(made.version)},
            )

        return self.once(request, register)


class RegisteredProductDetail(VisibleRow, WriteView):
    """One product of the register; 404 where the caller may not see it."""

    write_scope = Scope.REGISTER
    selector = staticmethod(visible_products)
    columns = WHOLE

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return _with_pictures(row)

    @extend_schema(
        operation_id="registered_products_read",
        summary="Một sản phẩm trong sổ",
        responses=RegisteredProductSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return super().get(request, pk)

    @extend_schema(
        operation_id="registered_products_update",
        summary="Sửa sản phẩm",
        request=ProductInput,
        responses=RegisteredProductSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        at = timezone.now()
        found = get_object_or_404(visible_products(self.person, legal_day(at)), pk=pk)
        asked = ProductInput(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = dict(asked.validated_data)
        version = required_version(request)

        def update() -> Response:
            changed = products.update(
                found,
                version=version,
                product_sets=fields.pop("sets"),
                by=self.person,
                at=at,
                **fields,
            )
            return Response(_told(changed), headers=etag(changed.version))

        return self.once(request, update)

    def current_version(self) -> int:
        return Product.objects.values_list("version", flat=True).get(pk=self.kwargs["pk"])


def _told(product: Product) -> dict[str, Any]:
    values = Product.objects.filter(pk=product.pk).values_list(*WHOLE.values()).get()
    return _with_pictures(dict(zip(WHOLE, values, strict=True)))


def _with_pictures(row: dict[str, Any]) -> dict[str, Any]:
    shown = picture_rows(
        pictures_of(row["id"]),
        door="api-registered-picture",
        large=PictureSize.LARGE,
        small=PictureSize.SMALL,
    )
    return row | {"pictures": shown}
