"""Filters of the lists; the same for pages and endpoints."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.domain.support import SupportKind, SupportState
from cycle.models import Dossier, Enrolment, Round, SupportRequest
from cycle.selectors import rounds
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.text import fold
from registry.selectors import find_units

MOST_UNITS = 5


def translated(choices: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    """The choices of a domain enum in the reader's language."""
    return [(value, _(label)) for value, label in choices]


def every_round(_request: Any) -> QuerySet[Round]:
    return rounds()


class EnrolmentFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Enrolments by words, step, round, place, and whether they still go on."""

    q = django_filters.CharFilter(label=_("Tìm theo sản phẩm, chủ thể"), method="named")
    step = django_filters.ChoiceFilter(
        label=_("Bước"), choices=lambda: translated(Step.choices()[1:])
    )
    round = django_filters.ModelChoiceFilter(label=_("Đợt"), queryset=every_round)
    unit = django_filters.CharFilter(label=_("Địa bàn"), method="placed")
    active = django_filters.BooleanFilter(
        label=_("Còn tiếp tục"),
        field_name="ended_at",
        lookup_expr="isnull",
        widget=forms.Select(
            choices=[
                ("", _("Tất cả")),
                ("true", _("Còn tiếp tục")),
                ("false", _("Đã kết thúc")),
            ]
        ),
    )

    class Meta:
        model = Enrolment
        fields = ("q", "step", "round", "unit", "active")

    def named(self, rows: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        for word in fold(value).split():
            rows = rows.filter(product__search_text__contains=word)
        return rows

    def placed(self, rows: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        return rows.filter(_placed("commune", value))


class DossierFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Dossiers by words or code, state, level, round and place."""

    q = django_filters.CharFilter(label=_("Tìm theo mã, sản phẩm, chủ thể"), method="named")
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=lambda: translated(DossierState.choices())
    )
    level = django_filters.ChoiceFilter(label=_("Cấp"), choices=lambda: translated(Level.choices()))
    round = django_filters.ModelChoiceFilter(
        label=_("Đợt"), field_name="enrolment__round", queryset=every_round
    )
    unit = django_filters.CharFilter(label=_("Địa bàn"), method="placed")
    late = django_filters.BooleanFilter(
        label=_("Quá hạn"), method="overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = Dossier
        fields = ("q", "state", "level", "round", "unit", "late")

    def overdue(self, rows: QuerySet[Dossier], _name: str, value: bool) -> QuerySet[Dossier]:  # noqa: FBT001 - the signature of django-filter
        today = legal_day(timezone.now())
        return rows.filter(due_on__lt=today, enrolment__ended_at__isnull=True) if value else rows

    def named(self, rows: QuerySet[Dossier], _name: str, value: str) -> QuerySet[Dossier]:
        if value.strip().upper().startswith("HS-"):
            return rows.filter(code__startswith=value.strip().upper())
        for word in fold(value).split():
            rows = rows.filter(enrolment__product__search_text__contains=word)
        return rows

    def placed(self, rows: QuerySet[Dossier], _name: str, value: str) -> QuerySet[Dossier]:
        return rows.filter(_placed("enrolment__commune", value))


class SupportFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Requests for support by words, kind, state and place."""

    q = django_filters.CharFilter(label=_("Tìm theo sản phẩm, chủ thể"), method="named")
    kind = django_filters.ChoiceFilter(
        label=_("Loại hỗ trợ"), choices=lambda: translated(SupportKind.choices())
    )
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=lambda: translated(SupportState.choices())
    )
    unit = django_filters.CharFilter(label=_("Địa bàn"), method="placed")

    class Meta:
        model = SupportRequest
        fields = ("q", "kind", "state", "unit")

    def named(
        self, rows: QuerySet[SupportRequest], _name: str, value: str
    ) -> QuerySet[SupportRequest]:
        for word in fold(value).split():
            rows = rows.filter(enrolment__product__search_text__contains=word)
        return rows

    def placed(
        self, rows: QuerySet[SupportRequest], _name: str, value: str
    ) -> QuerySet[SupportRequest]:
        return rows.filter(_placed("enrolment__commune", value))


def _placed(place: str, text: str) -> Q:
    """Rows at or below the units that the words name."""
    found = Q(pk__in=[])
    for unit in find_units(text)[:MOST_UNITS]:
        found |= Q(**{f"{place}__path__startswith": unit.path})
    return found
