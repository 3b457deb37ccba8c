"""The items of the idea, the business plan and the dossier, in the order of the official forms.

The form on the screen, the printed form, the file that is taken away and the requests to mend all
speak of these items and of no others (QĐ 490/QĐ-TTg of 2018, Annex I, steps 2 and 3). What a
dossier holds stands in its regime's checklist; two items are common to all dossiers.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term


class PaperKind(StrEnum):
    """Which paper of an enrolment."""

    IDEA = "idea"
    PLAN = "plan"
    DOSSIER = "dossier"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def items(self) -> "tuple[PaperItem, ...]":
        """The items of a form that is the same for all; a dossier's are those of its checklist."""
        return _ITEMS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


@dataclass(frozen=True)
class PaperItem:
    """One item: `name` is the field that keeps it."""

    name: str
    title: str
    is_money: bool = False


IDEA_ITEMS = (
    PaperItem("description", term("Sản phẩm là gì, làm từ gì, làm thế nào")),
    PaperItem("difference", term("Khác sản phẩm cùng loại ở chỗ nào")),
    PaperItem("local_speciality", term("Vì sao là đặc sản, thế mạnh của địa phương")),
    PaperItem("value_added", term("Làm tăng giá trị cho địa phương ra sao")),
    PaperItem("no_harm", term("Giữ môi trường thế nào")),
    PaperItem("market", term("Ai mua, bán ở đâu")),
    PaperItem("support_wanted", term("Cần hỗ trợ gì")),
)
PLAN_ITEMS = (
    PaperItem("goals", term("Mục tiêu")),
    PaperItem("material_area", term("Vùng nguyên liệu")),
    PaperItem("technology", term("Công nghệ, quy trình, thiết bị")),
    PaperItem("quality", term("Bảo đảm chất lượng")),
    PaperItem("market", term("Thị trường, cách bán")),
    PaperItem("organisation", term("Tổ chức, lao động")),
    PaperItem("investment", term("Vốn cần có (đồng)"), is_money=True),
    PaperItem("own_capital", term("Trong đó vốn tự có (đồng)"), is_money=True),
    PaperItem("finance", term("Hiệu quả tài chính")),
)
SELF_ASSESSMENT = PaperItem("self_assessment", term("Báo cáo tự đánh giá"))
# Kept in the register, where it may be mended at any time: naming it shuts and opens nothing.
REGISTER = PaperItem("register", term("Thông tin chủ thể và sản phẩm"))
_ITEMS = {PaperKind.IDEA: IDEA_ITEMS, PaperKind.PLAN: PLAN_ITEMS}
_KIND_LABELS = {
    PaperKind.IDEA: term("Ý tưởng sản phẩm"),
    PaperKind.PLAN: term("Phương án sản xuất kinh doanh"),
    PaperKind.DOSSIER: term("Hồ sơ đánh giá"),
}
