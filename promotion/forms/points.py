"""What an office says of a point of sale, and of the products sold there."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.sales import PlaceKind
from promotion.forms.fields import CommuneNameField
from promotion.models import PointOfSale
from promotion.services.point_register import PointFacts
from registry.models import Product

COLUMNS = (
    "name",
    "kind",
    "address_line",
    "website",
    "latitude",
    "longitude",
    "opening_hours",
    "phone",
    "has_startup_help",
    "has_packaging_design",
)


def point_kinds() -> list[tuple[str, str]]:
    return [(kind.value, gettext(kind.label)) for kind in PlaceKind if kind.may_be_registered]


class PointForm(NfcForm):
    """One place of the register."""

    name = forms.CharField(label=_("Tên điểm bán"), max_length=160)
    kind = forms.TypedChoiceField(label=_("Loại điểm bán"), choices=point_kinds, coerce=PlaceKind)
    commune = CommuneNameField(
        label=_("Xã, phường"), max_length=160, help_text=_("Ví dụ: Tân Cương, Thái Nguyên.")
    )
    address_line = forms.CharField(label=_("Số nhà, đường, thôn"), max_length=200, required=False)
    opening_hours = forms.CharField(
        label=_("Giờ mở cửa"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: 7 giờ đến 18 giờ, nghỉ chiều chủ nhật."),
    )
    phone = forms.CharField(
        label=_("Điện thoại của điểm bán"),
        max_length=40,
        required=False,
        help_text=_("Công chúng thấy số này; đừng ghi số riêng của một người."),
    )
    website = forms.URLField(
        label=_("Trang mạng"), max_length=300, required=False, assume_scheme="https"
    )
    latitude = forms.DecimalField(
        label=_("Vĩ độ"),
        max_digits=9,
        decimal_places=6,
        required=False,
        help_text=_("Ví dụ: 21,5942. Bỏ trống thì bản đồ chỉ tới xã, phường."),
        localize=True,
    )
    longitude = forms.DecimalField(
        label=_("Kinh độ"), max_digits=9, decimal_places=6, required=False, localize=True
    )
    has_startup_help = forms.BooleanField(label=_("Có hỗ trợ khởi nghiệp"), required=False)
    has_packaging_design = forms.BooleanField(
        label=_("Có thiết kế bao bì"),
        required=False,
        help_text=_("Hai ô này chỉ dành cho trung tâm thiết kế OCOP."),
    )

    @property
    def facts(self) -> PointFacts:
        """What was written, as the service takes it."""
        return PointFacts(**self.cleaned_data)


def point_values(point: PointOfSale) -> dict[str, Any]:
    """What stands in the register, as the form shows it."""
    commune = point.commune.long_name if point.commune else ""
    return {**{name: getattr(point, name) for name in COLUMNS}, "commune": commune}


class ReasonForm(NfcForm):
    """Why an office closes a place, or declines; whoever it concerns reads it."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)


class RecognisedProductForm(NfcForm):
    """A recognised product by its code in the register, or by its name."""

    product = forms.CharField(
        label=_("Mã hoặc tên sản phẩm"),
        max_length=250,
        help_text=_("Chỉ sản phẩm có giấy chứng nhận còn hiệu lực."),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def clean_product(self) -> Product:
        """The one product that is meant; several or none is said, not guessed."""
        typed = cast(str, self.cleaned_data["product"])
        found = list(self.rows(typed)[:2])
        if len(found) == 1:
            return cast(Product, found[0])
        words = (
            gettext("Có nhiều sản phẩm khớp; hãy ghi mã sản phẩm hoặc đủ tên.")
            if found
            else gettext("Không có sản phẩm được công nhận nào như vậy.")
        )
        raise forms.ValidationError(words)
