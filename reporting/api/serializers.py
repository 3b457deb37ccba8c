"""What the statistics endpoint answers with."""

from typing import Any

from rest_framework import serializers


class StarFigureSerializer(serializers.Serializer[Any]):
    """How many products hold this many stars."""

    stars = serializers.IntegerField(min_value=3, max_value=5)
    products = serializers.IntegerField()


class StarRowSerializer(serializers.Serializer[Any]):
    """One row of a table: a value with its products of each star."""

    value = serializers.CharField(help_text="Code of the group, province or regime, or the year.")
    name = serializers.CharField()
    stars = StarFigureSerializer(many=True)
    total = serializers.IntegerField()


class StarStatisticsSerializer(serializers.Serializer[Any]):
    """Products that held a star at the end of a day, counted every way."""

    as_of = serializers.DateField()
    total = serializers.IntegerField()
    subjects = serializers.IntegerField()
    stars = StarFigureSerializer(many=True)
    group = StarRowSerializer(many=True)
    province = StarRowSerializer(many=True)
    regime = StarRowSerializer(many=True)
    year = StarRowSerializer(many=True)
    kind = StarRowSerializer(many=True)
    level = StarRowSerializer(many=True)
    turn = StarRowSerializer(many=True)


class TargetSerializer(serializers.Serializer[Any]):
    """An aim of the programme with its figure."""

    code = serializers.CharField()
    label = serializers.CharField(help_text="The indicator in the words of the programme.")  # type: ignore[assignment] # a field of that name
    unit = serializers.ChoiceField(choices=["count", "percent"])
    least = serializers.IntegerField(
        allow_null=True, help_text="The aim; null where it is none of a province."
    )
    most = serializers.IntegerField(allow_null=True, help_text="Where the aim is a range.")
    numerator = serializers.IntegerField(allow_null=True, help_text="null: nothing was recorded.")
    denominator = serializers.IntegerField(allow_null=True)
    numerator_rows = serializers.CharField(help_text="What was counted, in words.")
    denominator_rows = serializers.CharField(allow_blank=True)
    standing = serializers.ChoiceField(choices=["unknown", "below", "met"])


class TargetStatisticsSerializer(serializers.Serializer[Any]):
    """The targets of one programme as of a day."""

    period = serializers.CharField()
    decree = serializers.CharField()
    as_of = serializers.DateField()
    province = serializers.CharField(allow_null=True)
    targets = TargetSerializer(many=True)


class FaultSerializer(serializers.Serializer[Any]):
    """The one shape of every refusal."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
