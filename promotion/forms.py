"""What a producer writes about a product, and why an office withholds a page."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.reports import ReportKind
from promotion.domain.sales import PlaceKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import fold
from registry.models import Unit
from registry.selectors import find_units, provinces
from scoring.selectors.certificates import by_code

MOST_OFFERED = 5
MOST_LOOKED_AT = 60


class CommuneNameField(forms.CharField):
    """A commune of today by its name, with or without marks; the answer is the Unit.

    A name that several places bear is not guessed: the person is shown them and adds the province.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        units = _communes_called(text)
        if not units:
            raise ValidationError(gettext("Không có xã, phường nào tên như vậy hiện nay."))
        exact = [unit for unit in units if _bears(unit, text)]
        if len(exact) == 1:
            return exact[0]
        if len(units) == 1:
            return units[0]
        raise ValidationError(
            gettext("Có nhiều nơi khớp, hãy ghi thêm tên tỉnh: %(places)s.")
            % {"places": "; ".join(unit.long_name for unit in units[:MOST_OFFERED])}
        )

    def clean(self, value: Any) -> Any:
        unit = self.to_python(value)
        if unit is None and self.required:
            raise ValidationError(self.error_messages["required"])
        return unit


def _communes_called(text: str) -> list[Unit]:
    """Communes found by what stands before a comma, and holding every word of the whole."""
    found = find_units(text.partition(",")[0], division=Division.TWO_TIER, levels=(Level.COMMUNE,))
    words = fold(text.replace(",", " ")).split()
    return [
        unit
        for unit in found[:MOST_LOOKED_AT]
        if all(word in f"{fold(unit.long_name)} {unit.search_text}" for word in words)
    ]


def _bears(unit: Unit, text: str) -> bool:
    """Whether the text is the unit's own name, in full or with those above it."""
    return text.strip().casefold() in {unit.name.casefold(), unit.long_name.casefold()}


class StoryForm(NfcForm):
    """The story in Vietnamese, and in English where there is one."""

    title_vi = forms.CharField(label=_("Tựa đề"), max_length=160)
    body_vi = forms.CharField(
        label=_("Câu chuyện"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Sản phẩm từ đâu, ai làm, có gì riêng. Để một dòng trống giữa các đoạn."),
    )
    title_en = forms.CharField(label=_("Tựa đề tiếng Anh"), max_length=160, required=False)
    body_en = forms.CharField(
        label=_("Câu chuyện tiếng Anh"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class PlaceForm(NfcForm):
    """One place where the product is sold."""

    name = forms.CharField(label=_("Tên điểm bán"), max_length=160)
    kind = forms.TypedChoiceField(
        label=_("Loại điểm bán"),
        choices=lambda: [(kind, gettext(label)) for kind, label in PlaceKind.choices()],
        coerce=PlaceKind,
    )
    commune = CommuneNameField(
        label=_("Xã, phường"),
        max_length=160,
        required=False,
        help_text=_("Ví dụ: Tân Cương, Thái Nguyên. Cửa hàng trực tuyến thì để trống."),
    )
    address_line = forms.CharField(label=_("Số nhà, đường, thôn"), max_length=200, required=False)
    website = forms.URLField(
        label=_("Trang bán hàng"), max_length=300, required=False, assume_scheme="https"
    )


class WithholdForm(NfcForm):
    """Why a page is taken from the public; the producer reads it."""

    reason = forms.CharField(label=_("Lý do ẩn trang"), max_length=300)


class ReportForm(NfcForm):
    """What somebody saw, without an account."""

    kind = forms.TypedChoiceField(
        label=_("Bạn thấy điều gì"), coerce=ReportKind, widget=forms.RadioSelect
    )
    code = forms.CharField(
        label=_("Mã trên giấy chứng nhận hoặc cạnh mã QR"),
        max_length=60,
        required=False,
        help_text=_("Nếu có; chữ hoa, chữ thường, dấu cách đều được."),
    )
    product_name = forms.CharField(label=_("Tên sản phẩm"), max_length=200, required=False)
    province = forms.ModelChoiceField(
        label=_("Tỉnh, thành phố nơi bạn thấy"), queryset=Unit.objects.none(), required=False
    )
    place = forms.CharField(label=_("Cửa hàng, chợ, trang mạng"), max_length=300, required=False)
    text = forms.CharField(
        label=_("Tả điều bạn thấy"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    photo = forms.FileField(
        label=_("Ảnh"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Thông tin ẩn trong ảnh (nơi, giờ chụp) được bỏ đi khi lưu."),
    )
    contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử của bạn"),
        max_length=150,
        required=False,
        help_text=_("Chỉ cơ quan trả lời thấy. Bỏ trống cũng được."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(each.value, gettext(each.label)) for each in ReportKind]
        province = cast("forms.ModelChoiceField[Unit]", self.fields["province"])
        province.queryset = provinces(Division.TWO_TIER)

    def clean_code(self) -> Any:
        """The certificate itself; a code that is none is said, not passed on."""
        typed = self.cleaned_data["code"]
        if not typed:
            return None
        try:
            found = by_code(typed)
        except RuleBroken as refusal:
            raise ValidationError(gettext(refusal.message) % refusal.facts) from None
        if found is None:
            raise ValidationError(
                gettext("Không có giấy chứng nhận nào mang mã này; hãy bỏ trống và tả ở dưới.")
            )
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        facts = dict(self.cleaned_data)
        facts["certificate"] = facts.pop("code")
        return facts


class AnswerForm(NfcForm):
    """The answer of the office."""

    text = forms.CharField(
        label=_("Trả lời"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Người phản ánh đọc câu này; đừng ghi thông tin cá nhân."),
    )


class MarkForm(NfcForm):
    """The artwork of the mark for a number of stars."""

    stars = forms.TypedChoiceField(
        label=_("Hạng sao"), coerce=int, choices=[(stars, f"{stars}★") for stars in (3, 4, 5)]
    )
    file = forms.FileField(
        label=_("Tệp mẫu nhãn hiệu"),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.pdf"}),
        help_text=_("PNG, JPG hoặc PDF do cơ quan có thẩm quyền cấp."),
        allow_empty_file=True,  # the service says what is wrong with an empty one
    )
