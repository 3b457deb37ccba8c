"""What a producer writes about a product, and why an office withholds a page."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.sales import PlaceKind
from promotion.forms.fields import CommuneNameField


class StoryForm(NfcForm):
    """The story in Vietnamese, and in English where there is one."""

    title_vi = forms.CharField(label=_("Tựa đề"), max_length=160)
    body_vi = forms.CharField(
        label=_("Câu chuyện"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Sản phẩm từ đâu, ai làm, có gì riêng. Để một dòng trống giữa các đoạn; **đậm**, "
            "*nghiêng*, gạch đầu dòng bằng dấu -."
        ),
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
