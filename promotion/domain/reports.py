"""A citizen's report that the mark is misused: what it may be about.

Quyết định 26/2026/QĐ-TTg, Điều 8 names wrong use of the mark as a ground for revocation; whoever
sees it may say so without an account. The report goes to the province, which answers.
"""

from enum import StrEnum

from promotion.domain import answering
from registry.domain.errors import RuleBroken
from registry.domain.text import term


class ReportKind(StrEnum):
    """What was seen."""

    NOT_RECOGNISED = "not_recognised"
    WRONG_STARS = "wrong_stars"
    OUT_OF_FORCE = "out_of_force"
    FALSE_CERTIFICATE = "false_certificate"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def check_report(*, text: str, has_place: bool) -> None:
    """A report says what was seen, and names a certificate or a province."""
    answering.check_text(
        text,
        code="report.text",
        sentence=term("Hãy tả rõ hơn điều bạn thấy, ít nhất %(least)s ký tự."),
    )
    if not has_place:
        raise RuleBroken(
            "report.place",
            term("Hãy ghi mã trên giấy chứng nhận, hoặc chọn tỉnh nơi bạn thấy sản phẩm."),
            field="province",
        )


_KIND_LABELS = {
    ReportKind.NOT_RECOGNISED: term("Sản phẩm không được công nhận mà dùng nhãn hiệu OCOP"),
    ReportKind.WRONG_STARS: term("In hạng sao cao hơn giấy chứng nhận"),
    ReportKind.OUT_OF_FORCE: term("Giấy đã hết hạn, bị tạm dừng hoặc thu hồi mà vẫn dùng"),
    ReportKind.FALSE_CERTIFICATE: term("Giấy chứng nhận hoặc mã QR giả"),
    ReportKind.OTHER: term("Điều khác"),
}
