"""What is asked for a period report: which period, which place."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ocop_portal.refusals import refusal_text
from ocop_portal.web.forms import NfcForm
from promotion.selectors import catalogue
from registry.domain.errors import RuleBroken
from registry.filters import translated
from registry.models import Unit
from reporting.domain.periods import Period, PeriodKind, check_period, last_full, period_of

FIRST_YEAR = 2018


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget)


class PeriodForm(NfcForm):
    """A half-year or a year, or any days; of the country, or of one of today's provinces.

    A period that is still running is told up to today; one that has not begun is refused.
    """

    period = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=())
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=FIRST_YEAR, max_value=2100)
    first = day_field(_("Từ ngày"))
    last = day_field(_("Đến ngày"))
    province = forms.ChoiceField(label=_("Tỉnh, thành phố"), required=False, choices=())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.provinces = catalogue.provinces()
        self._choices("period", translated(PeriodKind.choices()))
        names = [(code, unit.name) for code, unit in self.provinces.items()]
        self._choices("province", [("", _("Cả nước")), *names])

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, year = given.get("period"), given.get("year")
        for name in ("first", "last") if kind == PeriodKind.DAYS else ("year",):
            if kind and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Hãy điền cho kỳ đã chọn."))
        if not kind or self.errors:
            return given
        wanted = (
            Period(given["first"], given["last"])
            if kind == PeriodKind.DAYS
            else period_of(PeriodKind(kind), year or self.today.year)
        )
        try:
            check_period(wanted)
        except RuleBroken as refusal:
            self.add_error(refusal.field, refusal_text(refusal))
        if wanted.first > self.today:
            name = "first" if kind == PeriodKind.DAYS else "year"
            self.add_error(name, _("Kỳ này chưa bắt đầu; hãy chọn kỳ đã hoặc đang diễn ra."))
        given["wanted"] = wanted
        return given

    @property
    def wanted(self) -> Period:
        """The period as it was asked for, also its days to come."""
        return self.cleaned_data["wanted"]  # type: ignore[no-any-return] # set by clean

    @cached_property
    def told(self) -> Period:
        """The days that can be told: not beyond today."""
        return Period(self.wanted.first, min(self.wanted.last, self.today))

    @property
    def place(self) -> Unit | None:
        """The chosen province; None: the country."""
        return self.provinces.get(self.cleaned_data.get("province") or "")


def first_values(today: date, province: str = "") -> dict[str, Any]:
    """What the form begins with: the latest half-year that has ended."""
    first, second = (
        last_full(kind, today) for kind in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF)
    )
    newest = max(first, second, key=lambda period: period.last)
    return {"period": newest.kind.value, "year": newest.first.year, "province": province}
