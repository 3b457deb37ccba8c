"""A draft as a text file: what goes out comes back, and nothing else is taken in."""

import pytest

from cycle.domain import draft_file
from cycle.domain.draft_file import Value
from cycle.domain.paper_items import PaperKind
from registry.domain.errors import RuleBroken

IDEA: dict[str, Value] = {item.name: "" for item in PaperKind.IDEA.items}
PLAN: dict[str, Value] = {item.name: "" for item in PaperKind.PLAN.items}
HEAD = "### OCOP idea 7 3\n"


def file_of(kind: PaperKind, values: dict[str, Value]) -> str:
    return draft_file.written(kind, values, number=7, version=3, about="Chè\nlam")


@pytest.mark.parametrize(
    "text", ["Chè", "### [market] giả\n\\### hai\n\\\\### ba", "a\n\n  b", "🍵 x\\y", ""]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_goes_out_comes_back(text: str, ending: str) -> None:
    out = file_of(PaperKind.IDEA, {**IDEA, "market": text}).replace("\n", ending)

    for content in (out.encode("utf-8-sig"), out.encode(), out.encode("utf-16")):
        back = draft_file.read(draft_file.decoded(content), PaperKind.IDEA, number=7)
        assert (back.version, back.values) == (3, {**IDEA, "market": text})


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("", None), ("0", 0), ("500.000.000 đồng", 500_000_000), ("1,500 ₫", 1500)],
)
def test_money_is_read_as_people_type_it(typed: str, amount: int | None) -> None:
    out = file_of(PaperKind.PLAN, {**PLAN, "investment": typed})

    back = draft_file.read(out, PaperKind.PLAN, number=7)

    assert back.values["investment"] == amount


def test_letters_are_composed_and_what_is_left_out_stays() -> None:
    text = draft_file.decoded((HEAD + "### [market] x\nChe\u0300").encode())

    assert draft_file.read(text, PaperKind.IDEA, number=7).values == {"market": "Chè"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\xff\x00", "draft.not_text"),
        (b"PK\x03\x04\x00\x00", "draft.not_text"),
        (b"\xff\xfex", "draft.not_text"),
        (b"x" * (draft_file.MAX_BYTES + 1), "draft.too_big"),
        (b"", "draft.foreign"),
        (b"Che lam", "draft.foreign"),
        (b"### OCOP plan 7 3", "draft.other_paper"),
        (b"### OCOP idea 8 3", "draft.other_product"),
        ((HEAD + "### [price] x").encode(), "draft.item"),
        ((HEAD + "### market").encode(), "draft.mark"),
        ((HEAD + "### [market]\n### [market]").encode(), "draft.mark"),
    ],
)
def test_what_is_not_ours_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as found:
        draft_file.read(draft_file.decoded(content), PaperKind.IDEA, number=7)

    assert found.value.code == code


def test_money_in_words_is_refused() -> None:
    out = file_of(PaperKind.PLAN, {**PLAN, "own_capital": "năm trăm triệu"})

    with pytest.raises(RuleBroken, match=r"draft\.money"):
        draft_file.read(out, PaperKind.PLAN, number=7)
