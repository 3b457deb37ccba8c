"""What a producer says of a channel: the product's page there, and what was sold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.figures import LARGEST_COUNT, LARGEST_REVENUE
from promotion.domain.sales import QUARTERS, Quarter

FIRST_YEAR, LAST_YEAR = 2018, 2100


class LinkForm(NfcForm):
    """Where the product itself stands at the channel."""

    link = forms.URLField(
        label=_("Trang của sản phẩm ở nơi bán"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Người mua bấm vào đây từ trang sản phẩm; bỏ trống để gỡ liên kết."),
    )


class SaleForm(NfcForm):
    """One quarter: whole numbers."""

    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    quarter = forms.IntegerField(label=_("Quý"), min_value=1, max_value=QUARTERS)
    orders = forms.IntegerField(label=_("Số đơn hàng"), min_value=0, max_value=LARGEST_COUNT)
    revenue = forms.IntegerField(
        label=_("Doanh thu (đồng)"),
        min_value=0,
        max_value=LARGEST_REVENUE,
        help_text=_("Số nguyên, không dấu chấm: 12500000 là mười hai triệu rưỡi."),
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        said = self.cleaned_data
        return {
            "quarter": Quarter(said["year"], said["quarter"]),
            "orders": said["orders"],
            "revenue": said["revenue"],
        }
