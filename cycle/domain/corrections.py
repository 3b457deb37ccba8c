"""What an appraiser asks to be mended: item by item, with a reason code and a sentence.

QĐ 490/QĐ-TTg of 2018, Annex I, steps 2 and 3: what is sent back says what is missing. Naming at
least one item is a condition of sending back, so nobody is left guessing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cycle.domain.paper_items import PaperItem
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term


class CorrectionReason(StrEnum):
    """Why an item has to be mended."""

    INCORRECT = "incorrect"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(reason.value, reason.label) for reason in cls]


@dataclass(frozen=True)
class Remark:
    """What is wrong with one item, and a sentence for who mends it."""

    reason: CorrectionReason
    note: str


def checked(remarks: Mapping[str, Remark], items: Iterable[PaperItem]) -> dict[PaperItem, Remark]:
    """The remarks in the order of the form; refused without an item's name or a sentence."""
    known = {item.name: item for item in items}
    for name, remark in remarks.items():
        if name not in known:
            raise RuleBroken(
                "correction.item", term("Biểu mẫu không có mục “%(item)s”."), item=name
            )
        if not remark.note.strip():
            raise RuleBroken("correction.note", NOTE_MISSING, field=name)
    return {
        item: Remark(remarks[name].reason, nfc(remarks[name].note).strip())
        for name, item in known.items()
        if name in remarks
    }


def told(reason: str, remarks: Mapping[PaperItem, Remark]) -> str:
    """The opinion as it goes into the history and the mail: in all, then item by item."""
    lines = [f"- {item.title} ({each.reason.label}): {each.note}" for item, each in remarks.items()]
    return "\n".join(filter(None, [reason.strip(), *lines]))


NOTE_MISSING = term("Hãy ghi một câu: mục này cần sửa gì.")
_LABELS = {
    CorrectionReason.INCORRECT: term("Chưa đúng"),
    CorrectionReason.INCOMPLETE: term("Chưa đủ"),
    CorrectionReason.OUTDATED: term("Không còn phù hợp, đã cũ"),
    CorrectionReason.OTHER: term("Lý do khác"),
}
