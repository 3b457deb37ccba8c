import tomllib
from dataclasses import replace
from typing import Any

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.content import content_hash, content_of, rubric_from_content, structure_hash
from scoring.domain.document import rubric_from_document
from scoring.domain.editions import EDITION, EditionMove, EditionState
from scoring.domain.rubric import Effect, Rule

TEXT = """
regime = "2026"
number = 99
name = "Bộ thử"
decree = "Quyết định thử"
clause = "Phụ lục thử"

[[exclusion]]
key = "x1"
text = "Hồ sơ giả mạo"

[[part]]
code = "A"
name = "Phần A"
max = 5

[[section]]
part = "A"
code = "1"
name = "Mục 1"
max = 5

[[criterion]]
section = "1"
code = "1.1"
name = "Tiêu chí"
max = 5
clause = "mục 1.1"
requirement = "trong tỉnh"
note = "chưa rõ"
cases = ["một", "hai"]
options = [
  { key = "a", points = 0, case = 1, label = "Không" },
  { key = "b", points = 5, case = 2, star = 3, unverified = true, label = "Có" },
]
rules = [{ key = "r1", effect = "zero", if_zero = ["5.1"], when = "chưa có" }]
"""


def document(**changes: Any) -> dict[str, Any]:
    return tomllib.loads(TEXT) | changes


def test_a_document_becomes_a_rubric() -> None:
    rubric = rubric_from_document(document())
    [found] = rubric.criteria

    assert (rubric.regime, rubric.number, rubric.maximum) == ("2026", 99, 5)
    assert rubric.exclusions[0].id == "2026.99/x1"
    assert (found.requirement, found.note, found.cases) == ("trong tỉnh", "chưa rõ", ("một", "hai"))
    assert found.rules == (Rule("2026.99/1.1/r1", "chưa có", Effect.ZERO, ("5.1",)),)
    assert [(option.id, option.case) for option in found.options] == [
        ("2026.99/1.1/a", 1),
        ("2026.99/1.1/b", 2),
    ]
    assert (found.options[1].min_for_star, found.options[1].unverified) == (3, True)


def test_a_document_is_kept_in_composed_letters() -> None:
    decomposed = "Tra\u0300"

    assert rubric_from_document(document(name=decomposed)).name == "Tr\u00e0"


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "mười"},
        {"criterion": [{"section": "9", "code": "9.1"}]},
        {"section": [{"part": "Z", "code": "9"}]},
        {"part": ["A"]},
        {"exclusion": 7},
    ],
)
def test_a_document_of_the_wrong_form_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken) as refused:
        rubric_from_document(document(**wrong))

    assert (refused.value.code, refused.value.field) == ("rubric.malformed", "document")


def test_a_document_without_a_key_is_refused_with_the_key_named() -> None:
    short = document()
    del short["decree"]

    with pytest.raises(RuleBroken) as refused:
        rubric_from_document(short)

    assert refused.value.field == "decree"
    assert refused.value.text == "Tệp tiêu chí thiếu mục “decree”."


def test_content_is_read_back_as_an_equal_rubric() -> None:
    rubric = rubric_from_document(document())

    assert rubric_from_content(content_of(rubric)) == rubric


def test_wording_changes_the_content_hash_only() -> None:
    rubric = rubric_from_document(document())
    reworded = replace(rubric, name="Tên khác")
    regime = replace(rubric, regime="2019")

    assert content_hash(rubric) == content_hash(rubric_from_document(document()))
    assert content_hash(reworded) != content_hash(rubric)
    assert structure_hash(reworded) == structure_hash(rubric)
    assert structure_hash(regime) != structure_hash(rubric)


def test_editions_are_published_once_and_retired_once() -> None:
    draft, published, retired = EditionState

    assert EDITION.decide(draft, EditionMove.PUBLISH) is published
    assert EDITION.decide(published, EditionMove.RETIRE) is retired
    with pytest.raises(RuleBroken):
        EDITION.decide(published, EditionMove.PUBLISH)
    with pytest.raises(RuleBroken):
        EDITION.decide(draft, EditionMove.RETIRE)
    assert EditionState.choices()[0] == ("draft", "Bản nháp")
