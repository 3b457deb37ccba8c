"""Filters of the lists; each keeps its values in the address."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.domain.regime import Level
from registry.domain.text import fold
from scoring.domain.certificate_states import CertificateState
from scoring.domain.complaint_states import ComplaintState
from scoring.domain.decision_states import DecisionState
from scoring.domain.inspections import InspectionKind, InspectionState
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    Decision,
    Inspection,
    Rating,
    Session,
    Sheet,
)

STARS = [(3, "3★"), (4, "4★"), (5, "5★")]
NONE_CHOSEN = _("Tất cả")


class CouncilFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By level and name."""

    level = filters.ChoiceFilter(label=_("Cấp"), choices=Level.choices, empty_label=NONE_CHOSEN)
    name = filters.CharFilter(label=_("Tên hội đồng"), method="called")

    class Meta:
        model = Council
        fields = ("level", "name")

    def called(self, rows: QuerySet[Council], _name: str, text: str) -> QuerySet[Council]:
        """Whatever its marks; councils are few enough to be compared here."""
        words = fold(text).split()
        names = rows.order_by().values_list("pk", "name")
        return rows.filter(
            pk__in=[pk for pk, name in names if all(word in fold(name) for word in words)]
        )


class DecisionFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By state and year."""

    state = filters.ChoiceFilter(
        label=_("Trạng thái"), choices=DecisionState.choices, empty_label=NONE_CHOSEN
    )
    year = filters.NumberFilter(label=_("Năm"), widget=forms.NumberInput)

    class Meta:
        model = Decision
        fields = ("state", "year")


class ComplaintFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By state."""

    state = filters.ChoiceFilter(
        label=_("Trạng thái"), choices=ComplaintState.choices, empty_label=NONE_CHOSEN
    )

    class Meta:
        model = Complaint
        fields = ("state",)


class CertificateFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By product, stars and state."""

    q = filters.CharFilter(label=_("Sản phẩm, chủ thể hoặc số"), method="search")
    stars = filters.ChoiceFilter(label=_("Hạng sao"), choices=STARS, empty_label=NONE_CHOSEN)
    state = filters.ChoiceFilter(
        label=_("Trạng thái"), choices=CertificateState.choices, empty_label=NONE_CHOSEN
    )

    class Meta:
        model = Certificate
        fields = ("q", "stars", "state")

    def search(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Names as they were on the day of issue, numbers, and the product's search text."""
        return rows.filter(
            Q(product__search_text__contains=fold(text))
            | Q(subject_name__icontains=text)
            | Q(number__icontains=text)
        )


class SessionFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By council (its number) and state."""

    council = filters.NumberFilter(field_name="council_id")

    class Meta:
        model = Session
        fields = ("council", "state")


class ItemFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By session (its number) and state."""

    session = filters.NumberFilter(field_name="session_id")

    class Meta:
        model = AgendaItem
        fields = ("session", "state")


class SheetFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By line of an agenda (its number), ballot and state."""

    item = filters.NumberFilter(field_name="item_id")

    class Meta:
        model = Sheet
        fields = ("item", "ballot", "state")


class RatingFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By dossier (its number), level and regime."""

    dossier = filters.NumberFilter(field_name="dossier_id")

    class Meta:
        model = Rating
        fields = ("dossier", "level", "regime")


class InspectionFilter(filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """By state, kind and product."""

    q = filters.CharFilter(label=_("Sản phẩm, chủ thể hoặc số"), method="search")
    state = filters.ChoiceFilter(
        label=_("Trạng thái"), choices=InspectionState.choices, empty_label=NONE_CHOSEN
    )
    kind = filters.ChoiceFilter(
        label=_("Loại"), choices=InspectionKind.choices, empty_label=NONE_CHOSEN
    )

    class Meta:
        model = Inspection
        fields = ("q", "state", "kind")

    def search(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(
            Q(certificate__product__search_text__contains=fold(text))
            | Q(certificate__subject_name__icontains=text)
            | Q(certificate__number__icontains=text)
        )
