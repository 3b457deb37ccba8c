"""What still stands between a person and a first product, before there is an account.

The programme decision names who may be a subject; the decree of the regime asks for the business
registration with the dossier; the product criteria (a local speciality or made from what the
place has, value added, no harm to the environment) come from the programme's own introductions.
"""

from dataclasses import dataclass

from registry.domain import eligibility
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Regime
from registry.domain.text import term

# Answers to “what are you?” that no decree names as a subject.
UNREGISTERED = "unregistered"
LARGE_ENTERPRISE = "large_enterprise"
OTHER_FORMS = {
    UNREGISTERED: term("Cá nhân, hộ chưa đăng ký kinh doanh"),
    LARGE_ENTERPRISE: term("Doanh nghiệp lớn"),
}
PRODUCT_CLAUSE = "Quyết định 490/QĐ-TTg (2018), mục sản phẩm; tài liệu giới thiệu Chương trình"


@dataclass(frozen=True)
class Answers:
    """What a person said; `form` is a `SubjectKind` or one of the other forms."""

    form: str
    tourism: bool
    is_registered: bool
    is_local: bool
    adds_value: bool
    is_harmless: bool


def gaps(answers: Answers, regime: Regime) -> list[RuleBroken]:
    """What is missing, each with the clause that asks for it; nothing: the person may register."""
    return [*_of_the_subject(answers, regime), *_of_the_product(answers)]


def needs_registration(form: str) -> bool:
    """Whether to ask for the business registration: of whom has none, another thing is said."""
    return form != UNREGISTERED


def _of_the_subject(answers: Answers, regime: Regime) -> list[RuleBroken]:
    if answers.form == UNREGISTERED:
        return [_missing("unregistered", _UNREGISTERED, regime.subject_clause)]
    if answers.form == LARGE_ENTERPRISE:
        return [_missing("large_enterprise", _LARGE, regime.subject_clause)]
    kind, found = SubjectKind(answers.form), []
    try:
        eligibility.check(kind, regime, tourism=answers.tourism, field="form")
    except RuleBroken as refusal:
        found.append(refusal)
    if not answers.is_registered:
        text = _NO_TAX_CODE if kind.needs_tax_code else _NO_FOUNDING_PAPER
        found.append(_missing("registration", text, f"{regime.decree}, danh mục hồ sơ"))
    return found


def _of_the_product(answers: Answers) -> list[RuleBroken]:
    asked = (
        (answers.is_local, "local", _NOT_LOCAL),
        (answers.adds_value, "value", _NO_VALUE),
        (answers.is_harmless, "environment", _HARMFUL),
    )
    return [_missing(code, text, PRODUCT_CLAUSE) for met, code, text in asked if not met]


def _missing(code: str, text: str, clause: str) -> RuleBroken:
    return RuleBroken(f"entry_check.{code}", text, clause=clause)


_UNREGISTERED = term(
    "Cá nhân và hộ chưa đăng ký kinh doanh chưa được tham gia. Hãy đăng ký hộ kinh doanh ở xã, "
    "hoặc vào một hợp tác xã, tổ hợp tác đang làm sản phẩm này."
)
_LARGE = term(
    "Doanh nghiệp lớn không thuộc đối tượng. Hợp tác xã, tổ hợp tác hay hộ cung cấp cho doanh "
    "nghiệp thì đăng ký được."
)
_NO_TAX_CODE = term(
    "Còn thiếu giấy đăng ký kinh doanh và mã số thuế. Có hai thứ này rồi mới đăng ký chủ thể được."
)
_NO_FOUNDING_PAPER = term(
    "Còn thiếu giấy tờ thành lập (hợp đồng hợp tác có chứng thực của xã, quyết định thành lập)."
)
_NOT_LOCAL = term(
    "Sản phẩm phải có gốc ở địa phương: nguyên liệu, nghề, giống hoặc cách làm của nơi này."
)
_NO_VALUE = term(
    "Sản phẩm phải tăng giá trị so với bán thô: được chế biến, đóng gói, có nhãn, có câu chuyện."
)
_HARMFUL = term(
    "Việc sản xuất không được gây hại môi trường. Hãy có cách xử lý chất thải trước khi đăng ký."
)
