"""A draft as a plain text file: to prepare with the cooperative, without a network, on any device.

Every item stands under its own marked line. What comes back is read strictly: a file that is not
ours, of another paper or another product is refused with the reason; an item that the file leaves
out stays as it is on the portal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cycle.domain.paper_items import PaperItem, PaperKind
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term

MARK = "###"
HEAD = re.compile(r"### OCOP (\w+) (\d+) (\d+)")
ITEM = re.compile(r"### \[(\w+)\]")
ESCAPED = re.compile(r"\\+###")
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MAX_BYTES = 512 * 1024
INTRODUCTION = (
    "Viết vào dưới mỗi dòng ###, giữ nguyên các dòng ###. Lưu tệp dạng văn bản (UTF-8), rồi "
    "tải lên lại trang đã lấy tệp này."
)

Value = str | int | None


@dataclass(frozen=True)
class Draft:
    """What a file says: of which version it was taken, and the items that stand in it."""

    version: int
    values: dict[str, Value]


def written(
    kind: PaperKind, values: Mapping[str, Value], *, number: int, version: int, about: str
) -> str:
    """The file of a paper; `number` is its enrolment's."""
    lines = [f"{MARK} OCOP {kind} {number} {version}", f"{kind.label}: {about}", INTRODUCTION, ""]
    for item in kind.items:
        text = "" if values[item.name] is None else str(values[item.name])
        lines += [f"{MARK} [{item.name}] {item.title}", *map(_escaped, text.split("\n")), ""]
    return "\n".join(lines)


def decoded(content: bytes) -> str:
    """The text of a file as editors save it; refused when it is no text."""
    if len(content) > MAX_BYTES:
        raise RuleBroken("draft.too_big", term("Tệp quá lớn: bản soạn chỉ vài trang chữ."))
    try:
        text = content.decode(BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        raise RuleBroken("draft.not_text", NOT_TEXT) from None
    if "\0" in text:
        raise RuleBroken("draft.not_text", NOT_TEXT)
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def read(text: str, kind: PaperKind, *, number: int) -> Draft:
    """What the file of this paper says; refused when it is another's or none."""
    lines = text.split("\n")
    head = HEAD.match(lines[0])
    if head is None:
        raise RuleBroken("draft.foreign", FOREIGN)
    if head[1] != kind:
        raise RuleBroken("draft.other_paper", OTHER_PAPER, paper=kind.label)
    if int(head[2]) != number:
        raise RuleBroken("draft.other_product", OTHER_PRODUCT)
    known = {item.name: item for item in kind.items}
    found = _sections(lines[1:])
    if unknown := next((name for name in found if name not in known), None):
        raise RuleBroken("draft.item", term("Tệp có mục lạ: “%(item)s”."), item=unknown)
    values = {name: _value(known[name], "\n".join(each).strip()) for name, each in found.items()}
    return Draft(version=int(head[3]), values=values)


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """The lines under each marked line; a mark that is not ours or comes twice is refused."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in lines:
        if not line.startswith(MARK):
            here.append(line[1:] if ESCAPED.match(line) else line)
            continue
        item = ITEM.match(line)
        if item is None or item[1] in found:
            raise RuleBroken(
                "draft.mark", term("Dòng này đã bị sửa hoặc lặp lại: “%(line)s”."), line=line[:60]
            )
        here = found[item[1]] = []
    return found


def _value(item: PaperItem, text: str) -> Value:
    if not item.is_money:
        return text
    digits = re.sub(r"[.,\s]|đồng|₫|đ", "", text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()):
        raise RuleBroken(
            "draft.money", term("Mục “%(item)s” phải là số tiền bằng đồng."), item=item.title
        )
    return int(digits)


def _escaped(line: str) -> str:
    return f"\\{line}" if line.startswith(MARK) or ESCAPED.match(line) else line


NOT_TEXT = term("Đây không phải tệp văn bản UTF-8. Hãy lưu lại dạng văn bản (.txt) rồi tải lên.")
FOREIGN = term("Đây không phải tệp lấy từ cổng: thiếu dòng đầu “### OCOP …”.")
OTHER_PAPER = term("Tệp này là của giấy tờ khác, không phải “%(paper)s”.")
OTHER_PRODUCT = term("Tệp này là của sản phẩm hoặc lượt tham gia khác.")
