"""What a dossier must hold, per kind, for goods and for services."""

from datetime import date
from typing import Any

import pytest

from cycle.domain.checklist import Proof, checklist_from, missing_items, missing_texts
from cycle.domain.journey import EnrolmentKind

ALL = ["first", "upgrade", "re_evaluation"]
RECORD = {
    "regime": "x",
    "texts": [
        {"name": "a", "title": "A", "hint": "", "clause": "Đ.1", "required_for": ALL},
        {"name": "b", "title": "B", "hint": "", "clause": "Đ.1", "required_for": ["upgrade"]},
        {"name": "c", "title": "C", "hint": "", "clause": "Đ.1", "optional_for": ["first"]},
    ],
    "items": [
        {"code": "story", "title": "S", "why": "", "clause": "", "optional_for": ALL},
        {"code": "licence", "title": "L", "why": "", "clause": "", "required_for": ALL},
        {
            "code": "test",
            "title": "T",
            "why": "",
            "clause": "",
            "required_for": ["re_evaluation"],
            "optional_for": ["first"],
            "tourism": False,
            "evidence_kinds": ["test_report"],
        },
    ],
}
LIST = checklist_from(RECORD)
ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("kind", "is_tourism", "codes"),
    [
        ("first", False, ["licence", "story", "test"]),
        ("first", True, ["licence", "story"]),
        ("upgrade", False, ["licence", "story"]),
        ("re_evaluation", False, ["licence", "test", "story"]),
    ],
)
def test_the_items_follow_from_kind_and_set(kind: str, is_tourism: bool, codes: Any) -> None:
    items = LIST.items_for(EnrolmentKind(kind), is_tourism=is_tourism)

    assert [item.code for item in items] == codes


@pytest.mark.parametrize(
    ("valid_until", "missing"),
    [(None, []), (date(2026, 6, 1), []), (date(2026, 5, 31), ["licence"])],
)
def test_a_mandatory_item_needs_a_paper_that_has_not_run_out(
    valid_until: date | None, missing: Any
) -> None:
    found = missing_items(
        LIST,
        kind=EnrolmentKind.FIRST,
        is_tourism=False,
        proofs=[Proof("licence", valid_until)],
        on=ON,
    )

    assert [item.code for item in found] == missing


def test_one_good_paper_is_enough_beside_one_that_has_run_out() -> None:
    proofs = [Proof("licence", date(2020, 1, 1)), Proof("licence", None)]

    found = missing_items(LIST, kind=EnrolmentKind.FIRST, is_tourism=False, proofs=proofs, on=ON)

    assert found == ()


def test_an_empty_or_blank_text_is_missing() -> None:
    texts = {"a": "  \n", "b": "có"}

    found = missing_texts(LIST, kind=EnrolmentKind.UPGRADE, texts=texts)

    assert [text.name for text in found] == ["a"]
    assert [text.name for text in LIST.texts_for(EnrolmentKind.FIRST)] == ["a", "c"]


def test_an_item_is_found_by_its_code() -> None:
    assert LIST.item("story") is not None
    assert LIST.item("none") is None


def test_a_code_that_stands_twice_is_refused() -> None:
    twice = {**RECORD, "items": [*RECORD["items"], RECORD["items"][0]]}

    with pytest.raises(ValueError, match="twice"):
        checklist_from(twice)


def test_a_legal_form_has_its_own_items_and_notes() -> None:
    row = {
        "code": "rank",
        "title": "R",
        "why": "",
        "clause": "",
        "required_for": ALL,
        "subject_kinds": ["cooperative"],
        "notes": {"cooperative": "N"},
        "outline": ["Năm"],
        "example": "E",
    }
    known = checklist_from({**RECORD, "items": [row]})
    first = EnrolmentKind.FIRST

    def codes(kind: str) -> list[str]:
        items = known.items_for(first, is_tourism=False, subject_kind=kind)
        return [item.code for item in items]

    assert (codes("cooperative"), codes("household"), codes("")) == (["rank"], [], ["rank"])
    item = known.item("rank")
    assert item is not None
    assert (item.note_for("cooperative"), item.note_for("farm"), item.outline) == (
        "N",
        "",
        ("Năm",),
    )
    missing = missing_items(
        known, kind=first, is_tourism=False, proofs=[], on=ON, subject_kind="household"
    )
    assert missing == ()
