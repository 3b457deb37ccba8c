"""The filters of the star tables: one set for page, file and API."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from promotion.domain.stars import RECOGNISED
from promotion.models import Recognition
from promotion.selectors import catalogue
from registry import selectors as registry
from registry.domain.clock import legal_day
from registry.models import Unit
from reporting.domain.register_states import Outcome
from reporting.domain.targets import Programme
from reporting.models import RegisterLine
from reporting.selectors import targets
from reporting.selectors.stars import Choice

FIRST_YEAR, LAST_YEAR = 2018, 2100


def today() -> date:
    """The legal day of the request."""
    return legal_day(timezone.now())


def not_to_come(day: date) -> None:
    """A figure as of a day to come would change until then."""
    if day > today():
        raise ValidationError(gettext("Ngày này chưa tới; hãy chọn hôm nay hoặc một ngày đã qua."))


class StarFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Filters of star tables; what is not understood is refused by field."""

    stars = django_filters.TypedChoiceFilter(
        label=_("Hạng sao"),
        choices=[
            ("", _("Tất cả")),
            *((star, format_lazy(_("{stars} sao"), stars=star)) for star in RECOGNISED),
        ],
        coerce=int,
    )
    group = django_filters.ChoiceFilter(
        label=_("Ngành hàng"), choices=lambda: list(catalogue.groups().items())
    )
    province = django_filters.ChoiceFilter(
        label=_("Tỉnh, thành phố"),
        choices=lambda: [(code, unit.name) for code, unit in catalogue.provinces().items()],
    )
    regime = django_filters.ChoiceFilter(label=_("Bộ quy định"), choices=registry.regime_choices)
    year = django_filters.NumberFilter(
        label=_("Năm công nhận"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    as_of = django_filters.DateFilter(
        label=_("Tính đến ngày"),
        validators=[not_to_come],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    class Meta:
        model = Recognition
        fields: tuple[str, ...] = ()

    @cached_property
    def provinces(self) -> Mapping[str, Unit]:
        return catalogue.provinces()

    @cached_property
    def choice(self) -> Choice:
        """What was chosen; a value that was not understood is left out of it."""
        chosen: dict[str, Any] = {}
        if self.is_bound:
            self.form.is_valid()
            chosen = self.form.cleaned_data
        return Choice(
            on=chosen.get("as_of") or today(),
            stars=chosen.get("stars") or None,
            group=chosen.get("group") or "",
            province=chosen.get("province") or "",
            regime=chosen.get("regime") or "",
            year=int(chosen["year"]) if chosen.get("year") else None,
        )


class TargetFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Which programme, which province, as of which day; one set for page and API."""

    period = django_filters.ChoiceFilter(
        label=_("Giai đoạn"),
        choices=lambda: [(each.code, each.name) for each in targets.programmes()],
        empty_label=None,
    )
    province = django_filters.ChoiceFilter(
        label=_("Tỉnh, thành phố"),
        choices=lambda: [(code, unit.name) for code, unit in catalogue.provinces().items()],
        empty_label=_("Cả nước"),
    )
    as_of = django_filters.DateFilter(
        label=_("Tính đến ngày"),
        validators=[not_to_come],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    class Meta:
        model = Recognition
        fields: tuple[str, ...] = ()

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        """What was chosen; a value that was not understood is left out of it."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @property
    def programme(self) -> Programme:
        """The chosen programme, else the newest."""
        code = self._chosen.get("period")
        known = targets.programmes()
        return next((each for each in known if each.code == code), known[0])

    @property
    def place(self) -> Unit | None:
        """The chosen province; None: the country."""
        return catalogue.provinces().get(self._chosen.get("province") or "")

    @property
    def on(self) -> date:
        return self._chosen.get("as_of") or today()


class RegisterLineFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Lines of a register by what they are or became."""

    outcome = django_filters.ChoiceFilter(
        label=_("Kết quả"), choices=[(each.value, _(each.label)) for each in Outcome]
    )

    class Meta:
        model = RegisterLine
        fields = ("outcome",)
