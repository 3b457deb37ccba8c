"""The questions before an account, one on a screen; the answers travel in the address."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.eligibility import SubjectKind
from registry.domain.entry_check import OTHER_FORMS, Answers, needs_registration
from registry.domain.text import slug
from registry.forms.places import commune_field
from registry.models import Unit
from registry.selectors import default_regime, product_sets, regimes

YES_OR_NO = (("co", _("Có")), ("khong", _("Không")))
STEP = "buoc"  # names the screen that was answered, so that an empty answer is one too


class Question(NfcForm):
    """One screen; `answered` holds what the screens before it said."""

    name: ClassVar[str]

    def __init__(self, *args: Any, answered: Mapping[str, Any], query: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.answered = answered
        self.query = query
        self.prepare()

    def prepare(self) -> None:
        """Fits the choices to what was said before."""

    @classmethod
    def concerns(cls, _answered: Mapping[str, Any]) -> bool:
        return True

    def offer(self, field: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices


class RegimeQuestion(Question):
    """Under which decree the round runs."""

    name = "bo-quy-dinh"
    regime = forms.ChoiceField(
        label=_("Đợt bạn muốn tham gia theo bộ quy định nào?"),
        widget=forms.RadioSelect,
        help_text=_("Chưa rõ thì giữ bộ đã chọn sẵn: đó là bộ cổng này đang dùng."),
    )

    def prepare(self) -> None:
        known = sorted(regimes(), key=lambda regime: not regime.is_default)
        self.offer("regime", [(found.code, f"{found.name} – {found.decree}") for found in known])
        self.initial.setdefault("regime", default_regime().code)


class IndustryQuestion(Question):
    """What sort of product; tourism has its own list of subjects."""

    name = "nganh"
    industry = forms.ChoiceField(
        label=_("Sản phẩm thuộc ngành nào?"),
        widget=forms.RadioSelect,
        help_text=_("Chưa chắc thì chọn ngành gần nhất; khi đăng ký sản phẩm còn chọn lại được."),
    )

    def prepare(self) -> None:
        self.industries = {
            slug(row.industry): row for row in product_sets(str(self.answered["regime"]))
        }
        self.offer("industry", [(key, row.industry) for key, row in self.industries.items()])

    def clean(self) -> dict[str, Any]:
        row = self.industries.get(self.cleaned_data.get("industry", ""))
        return {**self.cleaned_data, "tourism": row is not None and row.is_tourism}


class FormQuestion(Question):
    """What the person or the unit is."""

    name = "loai-hinh"
    form = forms.ChoiceField(label=_("Ai làm ra sản phẩm?"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        known = [(kind.value, _(kind.label)) for kind in SubjectKind]
        self.offer("form", [*known, *((key, _(label)) for key, label in OTHER_FORMS.items())])


class RegistrationQuestion(Question):
    """Whether there are papers."""

    name = "dang-ky-kinh-doanh"
    registered = forms.ChoiceField(
        label=_("Đã có giấy đăng ký kinh doanh và mã số thuế chưa?"),
        choices=(("co", _("Đã có")), ("khong", _("Chưa có, hoặc đang làm"))),
        widget=forms.RadioSelect,
        help_text=_("Tổ hợp tác, hội: đã có hợp đồng hợp tác hoặc quyết định thành lập chưa?"),
    )

    @classmethod
    def concerns(cls, answered: Mapping[str, Any]) -> bool:
        return needs_registration(str(answered["form"]))


class PlaceQuestion(Question):
    """Where the product is made."""

    name = "noi-lam"
    commune = commune_field(
        label=_("Sản phẩm được làm ở xã, phường nào?"),
        help_text=_("Gõ tên xã, có thể kèm tên tỉnh, không cần dấu: “tan cuong thai nguyen”."),
        error_messages={"required": _("Hãy tìm và chọn xã, phường.")},
    )

    def prepare(self) -> None:
        self.fields["commune"].widget.query = self.query


class ProductQuestion(Question):
    """The three criteria of a product."""

    name = "ba-tieu-chi"
    local = forms.ChoiceField(
        label=_("Sản phẩm có gốc ở địa phương không?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        help_text=_("Nguyên liệu, nghề, giống, cách làm hoặc cảnh quan, văn hóa của nơi này."),
    )
    value = forms.ChoiceField(
        label=_("Sản phẩm có tăng giá trị so với bán thô không?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        help_text=_("Chế biến, chọn lọc, đóng gói, có nhãn; hoặc sẽ làm như vậy."),
    )
    harmless = forms.ChoiceField(
        label=_("Việc sản xuất có giữ được môi trường không?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        help_text=_("Không xả thải bừa bãi, không phá rừng, không dùng chất cấm."),
    )


QUESTIONS: tuple[type[Question], ...] = (
    RegimeQuestion,
    IndustryQuestion,
    FormQuestion,
    RegistrationQuestion,
    PlaceQuestion,
    ProductQuestion,
)


def answers_of(said: Mapping[str, Any]) -> Answers:
    """What the rules look at."""
    return Answers(
        form=str(said["form"]),
        tourism=bool(said["tourism"]),
        is_registered=said.get("registered") == "co",
        is_local=said["local"] == "co",
        adds_value=said["value"] == "co",
        is_harmless=said["harmless"] == "co",
    )


def plain(value: Any) -> str:
    """An answer as it stands in the address."""
    return str(value.pk) if isinstance(value, Unit) else str(value)
