"""Everything concluded is computed again from what is stored; whatever was changed is noticed.

The changes are made by bare SQL: past every service, as somebody at the database would.
"""

import json
import logging
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from scoring.models import Mark, Rating, RubricEdition
from scoring.selectors.rechecks import differences
from scoring.tasks import recheck_ratings
from tests.factories import rubrics
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def execute(statement: str, *values: str | int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def found() -> list[tuple[str, object, object]]:
    return [(each.field, each.stored, each.computed) for each in differences()]


@pytest.fixture
def rating() -> Rating:
    """Three sheets of a district council of 2019: the mean of 81 goes up to the province."""
    return make.concluded(make.accepted_dossier(regime="2019"), [80, 81, 82])


@pytest.fixture
def recognised() -> Rating:
    """A provincial result of 2026 with its decision and certificate."""
    rating = make.concluded(make.accepted_dossier(regime="2026"), [72, 74, 76])
    make.signed(make.drafted(rating))
    return rating


def test_untouched_results_check_out(rating: Rating, recognised: Rating) -> None:
    said = StringIO()

    call_command("recheck_ratings", stdout=said)
    recheck_ratings()

    assert said.getvalue() == f"{RubricEdition.objects.count()} editions and 2 ratings check out\n"


def test_one_changed_mark_is_an_error(rating: Rating, caplog: pytest.LogCaptureFixture) -> None:
    mark = Mark.objects.filter(points__gt=0).latest("id")
    execute("UPDATE scoring_mark SET option = NULL, points = 0 WHERE id = %s", mark.pk)

    fields = {difference.field for difference in differences()}

    assert fields == {"points", "parts", "counted", "total"}
    with pytest.raises(CommandError, match=f"rating {rating.pk}: points"):
        call_command("recheck_ratings")
    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError, match=f"rating {rating.pk}"):
        recheck_ratings()
    assert caplog.text.count("does not check out") == 4


@pytest.mark.parametrize(
    ("column", "value", "stored", "computed"),
    [
        ("stars", 5, 5, 4),
        ("stars", None, None, 4),
        ("band", 5, 5, 4),
        ("points", 260, 260, 222),
        ("sheets", 2, 2, 3),
        ("standing_stars", 5, 5, 4),
        ("outcome", "forwarded", "forwarded", "recognised"),
        ("next_level", "central", "central", ""),
        ("potential_five", True, True, False),
        ("below", "stands", "stands", ""),
        ("edition_hash", "0" * 64, "0" * 64, None),
        ("held_back_by", "[]", None, None),
        ("parts", '{"A": 1}', {"A": 1}, None),
    ],
)
def test_a_rating_changed_by_hand_is_an_error(
    recognised: Rating, column: str, value: Any, stored: Any, computed: Any
) -> None:
    changed = '[["3.5", 4]]' if column == "held_back_by" else value
    execute(f"UPDATE scoring_rating SET {column} = %s", changed)  # noqa: S608 - our own words

    first = next(each for each in found() if each[0] == column)

    assert stored is None or first[1] == stored
    assert computed is None or first[2] == computed


def test_a_gate_found_otherwise_afterwards_is_an_error(recognised: Rating) -> None:
    execute("UPDATE scoring_gatefinding SET met = %s WHERE star = 3", False)

    ((field, stored, computed),) = found()

    assert field == "gates"
    assert stored != computed


def test_a_gate_rewritten_in_the_rating_is_an_error(recognised: Rating) -> None:
    gates = [[code, star, star != 3] for code, star, _met in recognised.gates]
    execute("UPDATE scoring_rating SET gates = %s", json.dumps(gates))

    fields = [field for field, _stored, _computed in found()]

    assert {"stars", "outcome", "gates"} <= set(fields)


def test_a_ground_slipped_in_afterwards_is_an_error(rating: Rating) -> None:
    execute("UPDATE scoring_rating SET grounds = %s", '["2019.1/1.1/r1"]')

    assert ("grounds", ["2019.1/1.1/r1"], []) in found()


def test_points_of_a_mark_that_are_not_its_option_s_are_an_error(rating: Rating) -> None:
    mark = Mark.objects.filter(option__isnull=False).latest("id")
    execute("UPDATE scoring_mark SET points = points + 1 WHERE id = %s", mark.pk)

    assert [field for field, _stored, _computed in found()] == ["points of the marks"]


@pytest.mark.parametrize(("column", "value"), [("total", 99), ("receipt_hash", "f" * 64)])
def test_a_sheet_changed_beside_its_marks_is_an_error(
    rating: Rating, column: str, value: Any
) -> None:
    sheet = rating.counted[0]["sheet"]
    execute(f"UPDATE scoring_sheet SET {column} = %s WHERE id = %s", value, sheet)  # noqa: S608 - our own words

    assert [(field, stored) for field, stored, _computed in found()] == [(column, value)]


def test_marks_that_were_lost_are_an_error(rating: Rating) -> None:
    execute("DELETE FROM scoring_mark WHERE sheet_id = %s", rating.counted[0]["sheet"])

    assert [field for field, _stored, _computed in found()] == [
        f"sheet {rating.counted[0]['sheet']}"
    ]


def test_an_option_of_another_set_is_an_error(rating: Rating) -> None:
    execute("UPDATE scoring_mark SET option = %s WHERE points > 0", "2026.1/1.1/a")

    assert {field for field, _stored, _computed in found()} == {
        f"sheet {row['sheet']}" for row in rating.counted
    }


def test_a_rating_that_forgot_its_sheets_is_an_error(rating: Rating) -> None:
    execute("UPDATE scoring_rating SET counted = %s", "[]")

    assert found() == [("counted sheets", [], [])]


def test_a_sheet_that_is_no_more_is_an_error(rating: Rating) -> None:
    counted = [*rating.counted, {**rating.counted[0], "sheet": 0}]
    execute("UPDATE scoring_rating SET counted = %s", json.dumps(counted))

    ((field, stored, computed),) = found()

    assert field == "counted sheets"
    assert stored == [*(computed if isinstance(computed, list) else []), 0]


@pytest.mark.parametrize("table", ["scoring_decisionitem", "scoring_certificate"])
def test_a_star_given_away_after_the_result_is_an_error(recognised: Rating, table: str) -> None:
    execute(f"UPDATE {table} SET stars = 5")  # noqa: S608 - our own words

    assert found()[0] == ("stars", 5, 4)


@pytest.mark.parametrize("scored", [True, False])
def test_a_changed_word_of_an_edition_is_an_error(scored: bool) -> None:
    """Also where nothing was scored by it yet: a published edition never changes."""
    if scored:
        make.concluded(make.accepted_dossier(regime="2019"), [80, 81, 82])
    edition = RubricEdition.objects.first() if scored else rubrics.edition("2026", 11)
    assert edition is not None
    changed = edition.content | {"note": "khác"}
    execute(
        "UPDATE scoring_rubricedition SET content = %s WHERE id = %s",
        json.dumps(changed),
        edition.pk,
    )

    assert [field for field, _stored, _computed in found()] == [
        "content_hash",
        *(["edition_hash"] if scored else []),
    ]


def test_points_raised_in_an_edition_are_an_error() -> None:
    edition = rubrics.edition("2026", 11)
    content = edition.content
    content["parts"][0]["sections"][0]["criteria"][0]["options"][0]["points"] = 3
    execute("UPDATE scoring_rubricedition SET content = %s", json.dumps(content))

    assert [field for field, _stored, _computed in found()] == ["content_hash", "structure_hash"]


@pytest.mark.parametrize("content", ["[]", "{}", '"bộ tiêu chí"', "null", '{"parts": 3}'])
def test_content_that_is_no_rubric_is_an_error_and_ends_nothing(
    rating: Rating, content: str
) -> None:
    execute("UPDATE scoring_rubricedition SET content = %s", content)

    assert [field for field, _stored, _computed in found()] == ["content", "edition"]
