"""What is asked of a product: its place, its sets, its price and its supply."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain import gtin
from registry.domain.regime import Regime
from registry.forms.places import PlacesForm, commune_field
from registry.forms.refusals import judged
from registry.models import NetUnit, Product, ProductSet
from registry.selectors import regimes, set_choices
from registry.services.products import ProductFields

LATER_FIELDS = (
    "description",
    "packaging",
    "price_from",
    "price_to",
    "availability",
    "yearly_capacity",
    "net_quantity",
    "net_unit",
    "gtin",
    "shelf_life",
)
PRICE_LIMIT = 1_000_000_000_000


class ProductForm(PlacesForm):
    """A product; one select of sets for each regime that is scored, one of them answered."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tên sản phẩm"), max_length=200)
    summary = forms.CharField(
        label=_("Giới thiệu ngắn"),
        max_length=300,
        required=False,
        help_text=_("Một hai câu; người mua đọc trước tiên."),
    )
    description = forms.CharField(
        label=_("Mô tả"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    packaging = forms.CharField(
        label=_("Quy cách, bao bì"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: hộp thiếc 200 g, 20 hộp một thùng."),
    )
    price_from = forms.IntegerField(
        label=_("Giá từ (đồng)"), min_value=0, max_value=PRICE_LIMIT, required=False
    )
    price_to = forms.IntegerField(
        label=_("Giá đến (đồng)"), min_value=0, max_value=PRICE_LIMIT, required=False
    )
    availability = forms.CharField(
        label=_("Mùa vụ, thời gian có hàng"), max_length=200, required=False
    )
    yearly_capacity = forms.CharField(label=_("Sản lượng một năm"), max_length=100, required=False)
    net_quantity = forms.IntegerField(
        label=_("Khối lượng, thể tích một gói"), min_value=1, max_value=10**9, required=False
    )
    net_unit = forms.ChoiceField(
        label=_("Đơn vị đo"), choices=[("", _("Chưa chọn")), *NetUnit.choices], required=False
    )
    gtin = forms.CharField(
        label=_("Mã GTIN"),
        max_length=20,
        required=False,
        help_text=_("Dãy 8, 12, 13 hoặc 14 số dưới mã vạch; chưa có thì bỏ trống."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    shelf_life = forms.CharField(label=_("Hạn sử dụng"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for regime in scored_regimes():
            self.fields[set_name(regime)] = forms.TypedChoiceField(
                label=_("Bộ sản phẩm theo %(regime)s") % {"regime": regime.name},
                choices=[("", _("Chưa chọn")), *set_choices(regime.code)],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=_("Chọn ít nhất một bộ; bộ này theo %(decree)s.")
                % {"decree": regime.decree},
            )
        sets = [set_name(regime) for regime in scored_regimes()]
        self.order_fields(
            ["version", "name", *sets, "summary", "commune", "former_commune", "description"]
        )

    def clean_gtin(self) -> str:
        return judged(self.cleaned_data["gtin"], gtin.normal)

    @property
    def first(self) -> list[forms.BoundField]:
        """What a product cannot do without, and the sentence that buyers read first."""
        return [field for field in self.visible_fields() if field.name not in LATER_FIELDS]

    @property
    def later(self) -> list[forms.BoundField]:
        """What may be filled in another day."""
        return [field for field in self.visible_fields() if field.name in LATER_FIELDS]

    @property
    def has_later(self) -> bool:
        """Whether something is said there, or wrong there: then it is shown."""
        return any(field.value() or field.errors for field in self.later)

    def chosen_sets(self) -> list[ProductSet]:
        """The sets that were chosen, one for each regime at most."""
        keys = [self.cleaned_data.get(set_name(regime)) for regime in scored_regimes()]
        return list(ProductSet.objects.filter(pk__in=[key for key in keys if key]))

    def details(self) -> ProductFields:
        """What the service takes."""
        asked = ProductForm.base_fields.keys() - {"version"}
        return cast(ProductFields, {name: self.cleaned_data[name] for name in asked})


def scored_regimes() -> list[Regime]:
    """The regimes under which a product can be lodged, the portal's default first."""
    found = [regime for regime in regimes() if regime.scoring]
    return sorted(found, key=lambda regime: not regime.is_default)


def set_name(regime: Regime) -> str:
    return f"set_{regime.code}"


def product_values(product: Product) -> dict[str, Any]:
    """The first values of the form for a product that exists."""
    values = {name: getattr(product, name) for name in ProductForm.base_fields if name != "version"}
    sets = {f"set_{row.regime}": row.product_set_id for row in product.classifications.all()}
    return {
        **values,
        **sets,
        "version": product.version,
        "commune": product.commune_id,
        "former_commune": product.former_commune_id or "",
    }


def fields_called() -> dict[str, str]:
    """Where a rule about the sets is said: at the first of their lists."""
    return {"product_sets": set_name(scored_regimes()[0])}


def unscored_sets(product: Product) -> list[ProductSet]:
    """Sets of regimes that the form does not ask for; a change keeps them."""
    asked = {regime.code for regime in scored_regimes()}
    return [row.product_set for row in product.classifications.all() if row.regime not in asked]


class ProductionPlaceForm(NfcForm):
    """One more commune where the product is made."""

    commune = commune_field(
        label=_("Xã, phường"),
        help_text=_("Gõ tên xã, có thể kèm tên tỉnh, không cần dấu: “tan cuong thai nguyen”."),
        error_messages={"required": _("Hãy tìm và chọn xã, phường.")},
    )

    def __init__(self, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].widget.query = query
