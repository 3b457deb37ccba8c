"""What the office writes into the book of samples."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.samples import CustodyKind, Stock
from ocop_portal.web.forms import NfcForm


class SampleForm(NfcForm):
    """One event: what, how many, where they lie now."""

    kind = forms.ChoiceField(label=_("Việc"))
    units = forms.IntegerField(label=_("Số lượng"), min_value=1, max_value=1_000)
    place = forms.CharField(
        label=_("Nơi giữ"), required=False, max_length=120, help_text=_("Ví dụ: tủ mát 2, ngăn B.")
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(CustodyKind) if stock.held else [CustodyKind.RECEIVED]
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(each.value, _(each.label)) for each in kinds]
        self.fields["units"].initial = stock.missing or None
