"""Fields that name rows of the register by their public codes."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from registry.domain.regime import Division, Level
from registry.models import ProductSet, Unit

LONGEST_CODE = 20


@extend_schema_field(OpenApiTypes.STR)
class CommuneField(serializers.Field):  # type: ignore[type-arg] # no generics at run time
    """A commune by its code in one division of the country."""

    def __init__(self, *, division: Division, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.division = division

    def to_internal_value(self, data: Any) -> Unit:
        rows = Unit.objects.filter(division=self.division, level=Level.COMMUNE)
        found = rows.filter(code=data).first() if _is_code(data) else None
        if found is None:
            raise serializers.ValidationError(_("Không có xã, phường mang mã này ở hệ đơn vị này."))
        return found


@extend_schema_field(OpenApiTypes.STR)
class SetField(serializers.Field):  # type: ignore[type-arg] # no generics at run time
    """A product set as `regime/number`: `2026/11`."""

    def to_internal_value(self, data: Any) -> ProductSet:
        regime, _slash, number = data.partition("/") if _is_code(data) else ("", "", "")
        found = None
        if number.isascii() and number.isdigit():
            found = ProductSet.objects.filter(regime=regime, number=int(number)).first()
        if found is None:
            raise serializers.ValidationError(_("Không có bộ sản phẩm này; cách viết: 2026/11."))
        return found


def _is_code(data: Any) -> bool:
    return isinstance(data, str) and 0 < len(data) <= LONGEST_CODE and "\0" not in data
