"""What the endpoints of the register say."""

from typing import Any

from rest_framework import serializers


class UnitSerializer(serializers.Serializer[dict[str, Any]]):
    """A unit, flat; `parent` and `province` are codes of the same division."""

    division = serializers.CharField()
    level = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment] # declared fields leave the class
    parent_name = serializers.CharField(allow_null=True)
    path = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class FormerNameSerializer(serializers.Serializer[Any]):
    """A name that a unit bore until a day."""

    name = serializers.CharField()
    kind = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField()


class UnitDetailSerializer(serializers.Serializer[Any]):
    """A unit with its former names, and with what it came from and what it became."""

    unit = UnitSerializer()
    former_names = FormerNameSerializer(many=True)
    predecessors = UnitSerializer(many=True)
    successors = UnitSerializer(many=True)


class ProductSetSerializer(serializers.Serializer[dict[str, Any]]):
    """A set of a regime's taxonomy."""

    regime = serializers.CharField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    industry = serializers.CharField()
    group = serializers.CharField()
    samples_required = serializers.IntegerField()
    is_tourism = serializers.BooleanField()
    has_rubric = serializers.BooleanField()
