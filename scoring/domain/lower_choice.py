"""A higher council stays below its own band: what the lower level may do with that result.

QĐ 26/2026, Điều 7.4: the chair of the provincial People's Committee may recognise three or four
stars by the central result, or have the product scored again by the province.
"""

from enum import StrEnum

from registry.domain.text import term


class LowerChoiceKind(StrEnum):
    """The two lawful choices."""

    USE = "use"
    RESCORE = "rescore"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(choice.value, choice.label) for choice in cls]


_LABELS = {
    LowerChoiceKind.USE: term("Dùng kết quả của cấp trên"),
    LowerChoiceKind.RESCORE: term("Tổ chức chấm lại"),
}
