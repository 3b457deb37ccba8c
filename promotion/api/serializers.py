"""What the public endpoints answer with."""

from typing import Any

from rest_framework import serializers

from ocop_portal.web.pictures import PictureSerializer
from scoring.domain.certificate_states import CertificateStatus


class ListedProductSerializer(serializers.Serializer[Any]):
    """One recognised product as lists show it."""

    id = serializers.IntegerField(help_text="The product's number in the register.")
    slug = serializers.CharField(help_text="The last part of the page's address.")
    name = serializers.CharField()
    subject = serializers.CharField(help_text="The producer's name.")
    product_set = serializers.CharField(help_text="The product set's legal name.")
    group = serializers.CharField(help_text="The industry as an address word.")
    regime = serializers.CharField(help_text="The decree under which it was recognised.")
    stars = serializers.IntegerField(min_value=3, max_value=5)
    potential_five = serializers.BooleanField(
        help_text="The province's mean was 90 or more; the centre has not decided yet."
    )
    province = serializers.CharField(help_text="Code of today's province.")
    province_name = serializers.CharField()
    commune = serializers.CharField(help_text="Code of today's commune.")
    commune_name = serializers.CharField()
    issued_on = serializers.DateField()
    valid_until = serializers.DateField(help_text="The last day of validity.")


class PlaceSerializer(serializers.Serializer[Any]):
    """A place where the product is sold."""

    name = serializers.CharField()
    kind = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    website = serializers.CharField(allow_blank=True)


class StorySerializer(serializers.Serializer[Any]):
    """The producer's story; English is empty where there is none."""

    title_vi = serializers.CharField()
    body_vi = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    body_en = serializers.CharField(allow_blank=True)


class CertificateSerializer(serializers.Serializer[Any]):
    """A certificate and what it is worth today."""

    code = serializers.CharField(help_text="The public code, without hyphens.")
    number = serializers.CharField()
    status = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in CertificateStatus]
    )
    product = serializers.CharField()
    product_code = serializers.CharField(allow_blank=True)
    subject = serializers.CharField()
    product_set = serializers.CharField()
    regime = serializers.CharField()
    stars = serializers.IntegerField(min_value=3, max_value=5)
    issued_on = serializers.DateField()
    valid_until = serializers.DateField()
    decision_number = serializers.CharField()
    decided_on = serializers.DateField()
    authority = serializers.CharField()
    superseded_by = serializers.CharField(
        allow_null=True, help_text="Code of the certificate that took its place."
    )
    sha256 = serializers.CharField(
        allow_blank=True, help_text="Hash of the kept PDF; empty until it has been made."
    )


class ProductSerializer(ListedProductSerializer):
    """One recognised product with its story, its certificates and its places."""

    status = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in CertificateStatus]
    )
    product_code = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    packaging = serializers.CharField(allow_blank=True)
    price_from = serializers.IntegerField(allow_null=True, help_text="Đồng.")
    price_to = serializers.IntegerField(allow_null=True, help_text="Đồng.")
    availability = serializers.CharField(allow_blank=True)
    pictures = PictureSerializer(many=True, help_text="The producer's photographs, face first.")
    story = StorySerializer(allow_null=True)
    certificates = CertificateSerializer(many=True)
    places = PlaceSerializer(many=True)


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every refusal."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
