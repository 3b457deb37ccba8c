"""What a buyer asks, and what a producer answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.models import Listing


class EnquiryForm(NfcForm):
    """One enquiry about the products of the list; an amount for each of them."""

    text = forms.CharField(
        label=_("Bạn muốn hỏi gì"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Số lượng, nơi giao, thời gian. Mỗi chủ thể chỉ thấy sản phẩm của mình."),
    )
    name = forms.CharField(label=_("Tên bạn hoặc cửa hàng"), max_length=120, required=False)
    shown_contact = forms.CharField(
        label=_("Liên hệ cho chủ thể thấy"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi khi bạn muốn chủ thể gọi hoặc viết cho bạn; bỏ trống cũng được."),
    )
    mail = forms.EmailField(
        label=_("Thư điện tử để báo có trả lời"),
        required=False,
        help_text=_("Cổng giữ riêng, chủ thể không thấy. Không ghi thì xem trả lời bằng mã."),
    )

    def __init__(self, *args: Any, listings: Sequence[Listing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = [listing.product_id for listing in listings]
        for listing in listings:
            self.fields[f"amount_{listing.product_id}"] = forms.CharField(
                label=_("Số lượng: %(name)s") % {"name": listing.name},
                max_length=60,
                required=False,
            )
        self.compose_fields()
        self.order_fields([f"amount_{product}" for product in self.products])

    @property
    def amounts(self) -> dict[int, str]:
        return {each: self.cleaned_data[f"amount_{each}"] for each in self.products}

    @property
    def facts(self) -> dict[str, Any]:
        """What was written besides the amounts, as the service takes it."""
        names = ("text", "name", "shown_contact", "mail")
        return {name: self.cleaned_data[name] for name in names}


class EnquiryAnswerForm(NfcForm):
    """The producer's answer."""

    text = forms.CharField(
        label=_("Trả lời"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Giá, cách giao, thời gian. Người hỏi đọc câu này bằng mã của mình."),
    )
