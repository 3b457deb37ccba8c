"""A citizen's report of misuse, and the office's answer."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.reports import ReportKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.models import Unit
from registry.selectors import provinces
from scoring.selectors.certificates import by_code


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
