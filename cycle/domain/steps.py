"""The six steps of the cycle (QĐ 490/QĐ-TTg of 2018, Annex I; kept as practice ever since).

Guidance comes before anybody enrols; an enrolment walks from the idea to trade promotion. The
steps are the programme's practice; the legal gates stand in the dossier (QĐ 26/2026, Điều 6).
"""

from enum import StrEnum

from registry.domain.text import term


class Step(StrEnum):
    """One of the six steps, in the order of the decree."""

    GUIDANCE = "guidance"
    IDEA = "idea"
    PLAN = "plan"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"
    PROMOTION = "promotion"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def order(self) -> int:
        """1 for guidance, 6 for trade promotion."""
        return list(Step).index(self) + 1

    @property
    def successor(self) -> "Step | None":
        """The step after this one; None after trade promotion."""
        following = list(Step)[self.order :]
        return following[0] if following else None

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(step.value, step.label) for step in cls]


_LABELS = {
    Step.GUIDANCE: term("Tuyên truyền, hướng dẫn"),
    Step.IDEA: term("Đăng ký ý tưởng sản phẩm"),
    Step.PLAN: term("Phương án sản xuất kinh doanh"),
    Step.IMPLEMENTATION: term("Triển khai phương án"),
    Step.EVALUATION: term("Đánh giá và phân hạng"),
    Step.PROMOTION: term("Xúc tiến thương mại"),
}
