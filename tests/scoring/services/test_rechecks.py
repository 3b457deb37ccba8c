"""Every rating is computed again from what is stored; one changed mark is noticed."""

import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scoring.models import Mark, Rating, RubricEdition
from scoring.selectors.rechecks import differences
from scoring.tasks import recheck_ratings
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2019"), [80, 81, 82])


def test_an_untouched_rating_checks_out(rating: Rating) -> None:
    said = StringIO()

    call_command("recheck_ratings", stdout=said)

    assert "1 ratings check out" in said.getvalue()


def test_one_changed_mark_is_an_error(rating: Rating, caplog: pytest.LogCaptureFixture) -> None:
    mark = Mark.objects.filter(points__gt=0).latest("id")
    Mark.objects.filter(pk=mark.pk).update(option=None, points=0)

    fields = {difference.field for difference in differences()}

    assert fields >= {"points", "parts", "counted"}
    with pytest.raises(CommandError, match=f"rating {rating.pk}: points"):
        call_command("recheck_ratings")
    with caplog.at_level(logging.ERROR):
        recheck_ratings()
    assert "does not check out" in caplog.text


def test_a_changed_word_of_the_edition_is_an_error(rating: Rating) -> None:
    edition = RubricEdition.objects.get(pk=rating.edition_id)
    edition.content["name"] += "!"
    RubricEdition.objects.filter(pk=edition.pk).update(content=edition.content)

    assert [difference.field for difference in differences()] == ["edition_hash"]


def test_a_rating_that_was_improved_by_hand_is_an_error(rating: Rating) -> None:
    Rating.objects.filter(pk=rating.pk).update(stars=5)

    (difference,) = differences()

    assert (difference.field, difference.stored, difference.computed) == ("stars", 5, 4)
