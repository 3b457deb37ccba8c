"""What the endpoints of points of sale and events answer with."""

from typing import Any

from rest_framework import serializers

from promotion.domain.events import EventKind, EventState
from promotion.domain.sales import PlaceKind


class ListedPointSerializer(serializers.Serializer[Any]):
    """One open point of sale as lists show it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in PlaceKind])
    province = serializers.CharField(
        allow_null=True, help_text="Code of today's province; null for a shop on the network."
    )
    province_name = serializers.CharField(allow_null=True)
    commune = serializers.CharField(allow_null=True)
    commune_name = serializers.CharField(allow_null=True)
    address_line = serializers.CharField(allow_blank=True)
    latitude = serializers.DecimalField(
        max_digits=9, decimal_places=6, allow_null=True, help_text="Degrees, as a text."
    )
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    opening_hours = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    website = serializers.CharField(allow_blank=True)
    has_startup_help = serializers.BooleanField()
    has_packaging_design = serializers.BooleanField()


class OutletProductSerializer(serializers.Serializer[Any]):
    """A recognised product at a place or an event."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    subject = serializers.CharField()
    stars = serializers.IntegerField(min_value=3, max_value=5)


class BoothSerializer(OutletProductSerializer):
    """A product at an event, with its booth."""

    booth = serializers.CharField(allow_blank=True)


class PointSerializer(ListedPointSerializer):
    """One point of sale with what is sold there."""

    products = OutletProductSerializer(many=True)


class ListedEventSerializer(serializers.Serializer[Any]):
    """One event as lists show it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in EventKind])
    state = serializers.ChoiceField(choices=[state.value for state in EventState])
    organiser = serializers.CharField()
    organiser_code = serializers.CharField()
    place = serializers.CharField()
    apply_by = serializers.DateField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    booths = serializers.IntegerField(allow_null=True, help_text="Null: no limit.")


class EventSerializer(ListedEventSerializer):
    """One event with its products and figures; figures are null until it is concluded."""

    call = serializers.CharField()
    products = BoothSerializer(many=True)
    visitors = serializers.IntegerField(allow_null=True)
    contracts = serializers.IntegerField(allow_null=True)
    revenue = serializers.IntegerField(allow_null=True, help_text="Đồng.")
