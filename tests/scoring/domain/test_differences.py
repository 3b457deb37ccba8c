import tomllib
from dataclasses import replace

import pytest

from scoring.domain.differences import Difference, Kind, Thing, differences
from scoring.domain.document import rubric_from_document
from scoring.domain.document_text import document_text
from scoring.domain.rubric import Effect, Exclusion, Rubric, Rule
from tests.scoring.domain.tables import all_rubrics, criterion, part, rubric, section, small

TABLE = small()


def table(*points: int, **fields: object) -> Rubric:
    return rubric(part("A", section("1", criterion("1.1", *points, **fields))))


def test_equal_editions_do_not_differ() -> None:
    assert differences(TABLE, small()) == ()


def test_a_change_of_points_scores_and_a_change_of_words_does_not() -> None:
    former = table(0, 5, max=5)
    later = table(0, 5, max=6, requirement="mới")

    found = differences(former, later)

    assert [
        (each.thing, each.field, each.before, each.after, each.is_scoring) for each in found
    ] == [
        (Thing.PART, "max", "5", "6", True),
        (Thing.SECTION, "max", "5", "6", True),
        (Thing.CRITERION, "max", "5", "6", True),
        (Thing.CRITERION, "requirement", "", "mới", False),
    ]
    assert found[3].field_label == "Điều kiện"


def test_what_is_new_stands_in_place_and_what_is_gone_stands_last() -> None:
    found = differences(table(0, 5), table(5, 3, max=5))

    assert found == (
        Difference(Kind.ADDED, Thing.OPTION, "1.1/3", "name", "", "mức 3"),
        Difference(Kind.REMOVED, Thing.OPTION, "1.1/0", "name", "mức 0", ""),
    )
    assert [each.is_scoring for each in found] == [True, True]


def test_gates_notes_and_grounds_are_compared() -> None:
    former = table(0, 5, rules=(Rule("r", "khi", Effect.STOP),))
    later = replace(
        table(0, 5, star={5: 3}, rules=(Rule("r", "khi", Effect.ZERO, ("1.2",)),)),
        exclusions=(Exclusion("x1", "giả"),),
        note="lưu ý",
    )

    found = differences(former, later)

    assert [(each.thing, each.field) for each in found] == [
        (Thing.RUBRIC, "note"),
        (Thing.EXCLUSION, "name"),
        (Thing.OPTION, "star"),
        (Thing.RULE, "effect"),
        (Thing.RULE, "if_zero"),
    ]


def test_every_kind_of_piece_and_field_has_words() -> None:
    assert {each.label for each in Kind} == {"Thêm", "Bỏ", "Đổi"}
    assert all(each.label for each in Thing)


@pytest.mark.exhaustive
@pytest.mark.parametrize("found", all_rubrics(), ids=lambda each: f"{each.regime}/{each.number}")
def test_a_rubric_written_as_a_document_reads_back_equal(found: Rubric) -> None:
    assert rubric_from_document(tomllib.loads(document_text(found))) == found


def test_signs_that_toml_wants_escaped_come_back() -> None:
    odd = replace(table(0, 5), name='Tên "trong" \\ ngoặc\x7f\ndòng hai')

    assert rubric_from_document(tomllib.loads(document_text(odd))).name == odd.name
