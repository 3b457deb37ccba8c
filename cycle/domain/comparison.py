"""Two lodgings of a dossier field by field: what was added, taken away, said otherwise.

A lodging is frozen as plain values (QĐ 26/2026, Điều 7: what is judged is what was handed in).
Every value of it becomes a field with the name of the item that it belongs to, so that a change
can be told beside the request that asked for it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cycle.domain.paper_items import IDEA_ITEMS, PLAN_ITEMS, REGISTER, SELF_ASSESSMENT
from registry.domain.text import term


@dataclass(frozen=True)
class SnapshotField:
    """One value of a lodging: `item` as a request to mend names it, empty for what nobody mends."""

    item: str
    group: str
    label: str
    value: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether the other lodging has it not."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Pieces:
    """Both texts cut where they part; put together again they are what was lodged."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """A field whose values differ; empty where a lodging does not have it."""

    item: str
    group: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> "Pieces":
        return pieces_of(self.before, self.after)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every field that differs, in the order of the later lodging, then what is gone from it."""
    old, new = _by_key(before), _by_key(after)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        field = new.get(key) or old[key]
        was, now = (side[key].value if key in side else "" for side in (old, new))
        if was != now:
            found.append(Difference(field.item, field.group, field.label, was, now))
    return found


def changed_items(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """The names of the items in which something differs."""
    return frozenset(each.item for each in differences(before, after) if each.item)


def fields_of(snapshot: Mapping[str, Any]) -> Iterator[SnapshotField]:
    """Every value of a lodging that a person can read, in the order of the dossier."""
    for part in ("subject", "product"):
        labels, values = _LABELS[part], snapshot.get(part, {})
        for name, label in labels.items():
            yield SnapshotField(REGISTER.name, _GROUPS[part], label, _said(values.get(name)))
    for name, items in (("idea", IDEA_ITEMS), ("plan", PLAN_ITEMS)):
        values = snapshot.get(name, {})
        for item in items:
            yield SnapshotField("", _GROUPS[name], item.title, _said(values.get(item.name)))
    for text in snapshot.get("texts", ()):
        yield SnapshotField(text["name"], _GROUPS["texts"], text["title"], _said(text["text"]))
    yield from _evidence(snapshot)
    yield from _assessment(snapshot)


def _evidence(snapshot: Mapping[str, Any]) -> Iterator[SnapshotField]:
    """One field for each item: its papers, told apart by their checksums."""
    by_item: dict[tuple[str, str], list[str]] = {}
    for paper in snapshot.get("evidence", ()):
        line = " · ".join(
            filter(
                None,
                (
                    paper["title"],
                    paper["file_name"],
                    _said(paper["valid_until"]),
                    ", ".join(paper["criteria"]),
                    paper["sha256"][:12],
                ),
            )
        )
        by_item.setdefault((paper["item"], paper["item_title"]), []).append(line)
    for (item, title), lines in by_item.items():
        yield SnapshotField(item, _GROUPS["evidence"], title, "\n".join(sorted(lines)))


def _assessment(snapshot: Mapping[str, Any]) -> Iterator[SnapshotField]:
    assessment = snapshot.get("self_assessment", {})
    group, item = _GROUPS["self_assessment"], SELF_ASSESSMENT.name
    for code, chosen in sorted(assessment.get("choices", {}).items()):
        yield SnapshotField(item, group, code, _said(chosen))
    if "total" in assessment:
        yield SnapshotField(item, group, _TOTAL, _said(assessment["total"]))


def _by_key(snapshot: Mapping[str, Any]) -> dict[tuple[str, str, str], SnapshotField]:
    return {(each.group, each.item, each.label): each for each in fields_of(snapshot)}


def _said(value: Any) -> str:
    return "" if value is None else str(value)


_TOTAL = term("Tổng điểm tự đánh giá")
_GROUPS = {
    "subject": term("Chủ thể"),
    "product": term("Sản phẩm"),
    "idea": term("Ý tưởng sản phẩm"),
    "plan": term("Phương án sản xuất kinh doanh"),
    "texts": term("Nội dung hồ sơ"),
    "evidence": term("Minh chứng"),
    "self_assessment": SELF_ASSESSMENT.title,
}
_LABELS = {
    "subject": {
        "name": term("Tên chủ thể"),
        "tax_code": term("Mã số thuế"),
        "registration_number": term("Số đăng ký kinh doanh"),
        "representative_name": term("Người đại diện"),
        "address_line": term("Địa chỉ"),
        "phone": term("Điện thoại"),
        "email": term("Thư điện tử"),
    },
    "product": {
        "name": term("Tên sản phẩm"),
        "summary": term("Giới thiệu ngắn"),
        "description": term("Mô tả sản phẩm"),
        "packaging": term("Quy cách, bao bì"),
        "price_from": term("Giá từ (đồng)"),
        "price_to": term("Giá đến (đồng)"),
        "availability": term("Thời gian có hàng"),
        "yearly_capacity": term("Sản lượng mỗi năm"),
        "shelf_life": term("Hạn sử dụng"),
    },
}


def pieces_of(before: str, after: str) -> Pieces:
    """Word by word, so that one changed figure is seen in a long text; a very long one by lines.

    Texts with little in common are shown as two texts, not as a quilt.
    """
    cut = WORDS if max(len(before), len(after)) <= MOST_BY_WORDS else LINES
    mine, theirs = cut.findall(before), cut.findall(after)
    first: list[Piece] = []
    second: list[Piece] = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for word, start, end, begin, stop in matcher.get_opcodes():
        is_changed = word != "equal"
        if start < end:
            first.append(Piece("".join(mine[start:end]), is_changed))
        if begin < stop:
            second.append(Piece("".join(theirs[begin:stop]), is_changed))
    kept = sum(len(each.text) for each in first if not each.is_changed)
    if kept < LEAST_IN_COMMON * max(len(before), len(after)):
        return Pieces(_whole(before), _whole(after))
    return Pieces(tuple(first), tuple(second))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, is_changed=True),) if text else ()


WORDS = re.compile(r"\s+|\S+")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_BY_WORDS = 6_000  # letters; the time grows with the square of the words
LEAST_IN_COMMON = 0.4
