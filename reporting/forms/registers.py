"""What is asked when a register is brought in: the file, and what stands in which column."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from ocop_portal.web.forms import NfcForm, UploadField
from registry.domain.regime import Division
from registry.models import Unit
from reporting.domain.register_columns import REQUIRED, Field


class RegisterForm(NfcForm):
    """The file, the province whose register it is, and on which units its communes stand."""

    unit = forms.ModelChoiceField(
        label=_("Sổ của tỉnh, thành phố"), queryset=Unit.objects.none(), empty_label=None
    )
    division = forms.ChoiceField(
        label=_("Tên xã trong sổ"), choices=(), initial=Division.TWO_TIER.value
    )
    file = UploadField(label=_("Tệp sổ"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"
        self.fields["file"].help_text = _("XLSX hoặc CSV (UTF-8); lấy trang tính thứ nhất.")
        cast(forms.ChoiceField, self.fields["division"]).choices = [
            (Division.TWO_TIER.value, _("Xã, phường hiện nay (từ 1/7/2025)")),
            (Division.THREE_TIER.value, _("Xã, phường trước 1/7/2025")),
        ]


class MappingForm(NfcForm):
    """Which column each field stands in; the guess is the first answer."""

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [
            (str(place), f"{get_column_letter(place + 1)}: {heading or '–'}"[:80])
            for place, heading in enumerate(headings)
        ]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(
                label=_(field.label),
                choices=[("", _("Không có trong sổ")), *columns],
                required=field in REQUIRED,
            )

    def mapping(self) -> dict[Field, int]:
        """The chosen columns, counted from 0."""
        return {
            field: int(self.cleaned_data[field.value])
            for field in Field
            if self.cleaned_data.get(field.value)
        }


def mapping_values(mapping: Mapping[str, int]) -> dict[str, str]:
    return {field: str(column) for field, column in mapping.items()}
