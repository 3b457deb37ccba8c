"""The catalogue's filters: one set for the page and for the API."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from promotion.domain.answering import AnswerState
from promotion.domain.catalogue import Order, Validity
from promotion.domain.events import EventKind, EventState
from promotion.domain.reports import ReportKind
from promotion.domain.sales import PlaceKind
from promotion.domain.search import Question
from promotion.domain.stars import RECOGNISED
from promotion.models import EnquiryPart, Event, Listing, MisuseReport, PointOfSale
from promotion.selectors import catalogue, events, points
from registry import selectors as registry
from registry.domain.clock import legal_day
from registry.models import Unit

FIRST_YEAR, LAST_YEAR = 2018, 2100


def group_choices() -> list[tuple[str, str]]:
    return list(catalogue.groups().items())


def province_choices() -> list[tuple[str, str]]:
    return [(code, unit.name) for code, unit in catalogue.provinces().items()]


class ListingFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Search and filters of recognised products; what is not understood is refused by field."""

    q = django_filters.CharFilter(label=_("Tìm"), max_length=200)
    stars = django_filters.TypedChoiceFilter(
        label=_("Hạng sao"),
        choices=[(star, format_lazy(_("{stars} sao"), stars=star)) for star in RECOGNISED],
        coerce=int,
    )
    group = django_filters.ChoiceFilter(label=_("Ngành hàng"), choices=group_choices)
    province = django_filters.ChoiceFilter(label=_("Tỉnh, thành phố"), choices=province_choices)
    regime = django_filters.ChoiceFilter(label=_("Bộ quy định"), choices=registry.regime_choices)
    year = django_filters.NumberFilter(
        label=_("Năm công nhận"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    validity = django_filters.ChoiceFilter(
        label=_("Hiệu lực"), choices=[(each.value, _(each.label)) for each in Validity]
    )
    as_of = django_filters.DateFilter(label=_("Tính đến ngày"))
    order = django_filters.ChoiceFilter(
        label=_("Sắp xếp"), choices=[(each.value, _(each.label)) for each in Order]
    )

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()

    @cached_property
    def provinces(self) -> Mapping[str, Unit]:
        return catalogue.provinces()

    @cached_property
    def question(self) -> Question:
        """What was asked; a value that was not understood is left out of it."""
        asked: dict[str, Any] = {}
        if self.is_bound:
            self.form.is_valid()
            asked = self.form.cleaned_data
        today = legal_day(timezone.now())
        return Question(
            today=today,
            text=asked.get("q") or "",
            stars=asked.get("stars") or None,
            group=asked.get("group") or "",
            province=asked.get("province") or "",
            regime=asked.get("regime") or "",
            year=int(asked["year"]) if asked.get("year") else None,
            validity=Validity(asked.get("validity") or Validity.VALID),
            as_of=_day(asked.get("as_of"), today),
            order=Order(asked.get("order") or Order.STARS),
        )

    @property
    def qs(self) -> QuerySet[Listing]:
        """Also where nothing was asked: the usual question, without a form to build."""
        return super().qs if self.is_bound else self.filter_queryset(self.queryset)

    def filter_queryset(  # the signature is django-filter's
        self,
        queryset: QuerySet[Listing],  # noqa: ARG002 # every listing is asked
    ) -> QuerySet[Listing]:
        """The question decides everything, also the order."""
        provinces = self.provinces if self.question.province else {}
        return catalogue.matching(self.question, provinces=provinces)


def _day(asked: date | None, today: date) -> date | None:
    """A past day; today and later are what the catalogue shows anyway."""
    return asked if asked and asked < today else None


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """Reports of misuse by state and kind."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=AnswerState.choices, empty_label=_("Tất cả")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Điều được phản ánh"), choices=ReportKind.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = MisuseReport
        fields = ("state", "kind")


class PointFilter(django_filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """Points of sale by words, kind and province; the same for page, desk and API."""

    q = django_filters.CharFilter(label=_("Tìm"), max_length=80, method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Loại điểm bán"), choices=PlaceKind.choices, empty_label=_("Tất cả")
    )
    province = django_filters.ChoiceFilter(
        label=_("Tỉnh, thành phố"),
        choices=province_choices,
        field_name="commune__parent__code",
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = PointOfSale
        fields: tuple[str, ...] = ()

    def by_words(self, rows: QuerySet[PointOfSale], _name: str, text: str) -> QuerySet[PointOfSale]:
        return points.called(rows, text)


class EventFilter(django_filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """Events by kind, state and time; the same for page, desk and API."""

    when = django_filters.ChoiceFilter(
        label=_("Thời gian"),
        choices=[("coming", _("Sắp và đang diễn ra")), ("past", _("Đã qua"))],
        empty_label=_("Tất cả"),
        method="by_time",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Loại sự kiện"), choices=EventKind.choices, empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=EventState.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def by_time(self, rows: QuerySet[Event], _name: str, word: str) -> QuerySet[Event]:
        on = legal_day(timezone.now())
        return events.still_to_come(rows, on) if word == "coming" else rows.filter(ends_on__lt=on)


class EnquiryFilter(django_filters.FilterSet):  # type: ignore[misc] # the library ships no types
    """Buyers' questions by state."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=AnswerState.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = EnquiryPart
        fields = ("state",)
