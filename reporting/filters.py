"""The filters of the star tables: one set for page, file and API."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from promotion.domain.recognition import Turn
from promotion.domain.stars import RECOGNISED
from promotion.models import Recognition
from promotion.selectors import catalogue
from registry import selectors as registry
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division, Level
from registry.filters import translated
from registry.models import Unit
from reporting.domain.plan_states import PlanState
from reporting.domain.register_states import Outcome
from reporting.domain.report_states import WITH_THE_PROVINCE, ReportState
from reporting.domain.targets import Programme
from reporting.models import ProvincePlan, ProvinceReport, RegisterLine, Spending
from reporting.selectors import targets
from reporting.selectors.star_choices import Choice, Validity

FIRST_YEAR, LAST_YEAR = 2018, 2100
CODE = RegexValidator(r"^\d{1,10}$")


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
    kind = django_filters.ChoiceFilter(
        label=_("Loại hình chủ thể"), choices=lambda: translated(SubjectKind.choices())
    )
    level = django_filters.ChoiceFilter(
        label=_("Cấp công nhận"), choices=lambda: translated(Level.choices()[1:])
    )
    turn = django_filters.ChoiceFilter(
        label=_("Lần công nhận"), choices=lambda: translated(Turn.choices())
    )
    validity = django_filters.ChoiceFilter(
        label=_("Hiệu lực"), choices=lambda: translated(Validity.choices()), empty_label=None
    )
    commune = django_filters.CharFilter(
        label=_("Mã xã, phường"), validators=[CODE], widget=forms.HiddenInput
    )
    former = django_filters.CharFilter(
        label=_("Mã đơn vị cũ"), validators=[CODE], widget=forms.HiddenInput
    )
    division = django_filters.ChoiceFilter(
        label=_("Bảng theo đơn vị"),
        choices=[
            (Division.TWO_TIER.value, _("Hiện nay")),
            (Division.THREE_TIER.value, _("Trước 1/7/2025")),
        ],
        empty_label=None,
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
        if self.data:
            self.form.is_valid()
            chosen = self.form.cleaned_data
        return Choice(
            on=chosen.get("as_of") or today(),
            stars=chosen.get("stars") or None,
            group=chosen.get("group") or "",
            province=chosen.get("province") or "",
            regime=chosen.get("regime") or "",
            year=int(chosen["year"]) if chosen.get("year") else None,
            kind=chosen.get("kind") or "",
            level=chosen.get("level") or "",
            turn=chosen.get("turn") or "",
            validity=Validity(chosen.get("validity") or Validity.VALID),
            commune=chosen.get("commune") or "",
            former=chosen.get("former") or "",
            division=Division(chosen.get("division") or Division.TWO_TIER),
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


class ProvinceReportFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Provinces' reports by where they stand, and those that are late."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=lambda: translated(ReportState.choices())
    )
    late = django_filters.ChoiceFilter(
        label=_("Quá hạn gửi"), choices=[("1", _("Chỉ báo cáo quá hạn"))], method="overdue"
    )

    class Meta:
        model = ProvinceReport
        fields = ("state",)

    def overdue(
        self, rows: QuerySet[ProvinceReport], _name: str, _value: str
    ) -> QuerySet[ProvinceReport]:
        return rows.filter(state__in=WITH_THE_PROVINCE, request__due_on__lt=today())


class ProvincePlanFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Plans by year and by what they are worth."""

    year = django_filters.NumberFilter(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=lambda: translated(PlanState.choices())
    )

    class Meta:
        model = ProvincePlan
        fields = ("year", "state")


class SpendingFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """What was spent in a year."""

    year = django_filters.NumberFilter(
        label=_("Năm"), field_name="spent_on__year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    class Meta:
        model = Spending
        fields: tuple[str, ...] = ()
