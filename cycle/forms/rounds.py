"""What is asked of a round."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.rounds import RoundKind
from ocop_portal.web.forms import NfcForm
from registry.domain.regime import Division
from registry.models import Unit
from registry.selectors import regimes


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, picked by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class RoundForm(NfcForm):
    """A round in one of the places where the person may open one."""

    name = forms.CharField(
        label=_("Tên đợt"), max_length=150, help_text=_("Ví dụ: Đợt 1 năm 2026.")
    )
    kind = forms.ChoiceField(
        label=_("Loại đợt"),
        choices=RoundKind.choices,
        initial=RoundKind.ORDINARY,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Cuộc thi do cấp huyện mở; sản phẩm đạt ngưỡng được chuyển lên cấp tỉnh."),
    )
    regime = forms.ChoiceField(label=_("Bộ quy định"))
    division = forms.ChoiceField(label=_("Hệ đơn vị"))
    unit = forms.ModelChoiceField(label=_("Nơi mở đợt"), queryset=Unit.objects.none())
    year = forms.IntegerField(label=_("Năm"), min_value=2018, max_value=2100)
    opens_on = day_field(_("Nhận từ ngày"))
    closes_on = day_field(_("Nhận đến hết ngày"))

    def __init__(self, *args: Any, places: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scoring = [found for found in regimes() if found.scoring]
        cast(forms.ChoiceField, self.fields["regime"]).choices = [
            (found.code, found.name) for found in scoring
        ]
        cast(forms.ChoiceField, self.fields["division"]).choices = [
            (division.value, _(division.label)) for division in Division
        ]
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        unit.queryset = places
        unit.label_from_instance = _named  # type: ignore[method-assign,assignment] # Django's documented hook
        self.fields["year"].initial = today.year


def _named(unit: Unit) -> str:
    if unit.is_country:
        return unit.name
    return f"{unit.name} – {Division(unit.division).label}"
