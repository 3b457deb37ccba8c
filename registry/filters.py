"""Filters of the lists; the same for pages and endpoints."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division, Level
from registry.models import CraftVillage, Evidence, Product, ProductSet, Subject, Unit
from registry.selectors import find_units, matching, regimes


def translated(choices: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    """The choices of a domain enum in the reader's language."""
    return [(value, _(label)) for value, label in choices]


def search(rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    return matching(rows, value)


class SubjectFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Subjects by words and legal form."""

    q = django_filters.CharFilter(label=_("Tìm theo tên, mã số thuế"), method=search)
    kind = django_filters.ChoiceFilter(
        label=_("Loại hình"), choices=lambda: translated(SubjectKind.choices())
    )

    class Meta:
        model = Subject
        fields = ("q", "kind")


class CraftVillageFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Villages by words and kind."""

    q = django_filters.CharFilter(label=_("Tìm theo tên làng nghề, xã"), method=search)
    is_traditional = django_filters.BooleanFilter(
        label=_("Loại làng nghề"),
        widget=forms.Select(
            choices=[
                ("", _("Tất cả")),
                ("true", _("Làng nghề truyền thống")),
                ("false", _("Làng nghề khác")),
            ]
        ),
    )

    class Meta:
        model = CraftVillage
        fields = ("q", "is_traditional")


class ProductFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Products by words, regime and industry."""

    q = django_filters.CharFilter(label=_("Tìm theo tên sản phẩm, chủ thể"), method=search)
    regime = django_filters.ChoiceFilter(
        label=_("Bộ quy định"),
        choices=lambda: [(found.code, found.name) for found in regimes()],
        method="of_regime",
    )

    class Meta:
        model = Product
        fields = ("q", "regime")

    def of_regime(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        return rows.filter(Q(classifications__regime=value))


class EvidenceFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Papers by kind."""

    class Meta:
        model = Evidence
        fields = ("kind",)


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Units by level, division, unit above, and words without marks."""

    q = django_filters.CharFilter(label=_("Tên, tên cũ hoặc mã"), method="named")
    level = django_filters.ChoiceFilter(label=_("Cấp"), choices=Level.choices())
    division = django_filters.ChoiceFilter(label=_("Hệ đơn vị"), choices=Division.choices())
    parent = django_filters.CharFilter(label=_("Mã đơn vị cấp trên"), field_name="parent__code")

    class Meta:
        model = Unit
        fields = ("q", "level", "division", "parent")

    def named(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        found = find_units(value)
        return found.filter(pk__in=rows.order_by().values("pk"))


class ProductSetFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Sets by regime."""

    regime = django_filters.ChoiceFilter(
        label=_("Bộ quy định"),
        choices=lambda: [(found.code, found.name) for found in regimes()],
    )

    class Meta:
        model = ProductSet
        fields = ("regime",)
