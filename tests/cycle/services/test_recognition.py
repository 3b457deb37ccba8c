"""What the star of a rating does to the enrolment and its dossier."""

import pytest

from cycle.models import Dossier
from cycle.services import council_moves, intake, recognition
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.cycle.services.conftest import News
from tests.factories import cycle, registry
from tests.factories.cycle import NOW
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_a_province_recognises_and_sends_up_and_the_centre_decides() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    row = dossier.enrolment
    officer = cycle.officer_for(row, Level.PROVINCE)
    dossier = council_moves.conclude(dossier, by=officer, at=NOW)

    four = recognition.record_rating(row, stars=4, rating_id=1, by=officer, at=NOW)
    sent = council_moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)
    central = registry.officer(Role.CENTRAL_OFFICER, registry.country())
    taken = council_moves.take_to_council(
        intake.receive(sent, by=central, at=NOW), by=central, at=NOW
    )
    five = recognition.record_rating(row, stars=5, rating_id=2, by=central, at=NOW)

    assert (four.step, four.stars) == ("promotion", 4)
    assert taken.level == "central"
    assert (five.step, five.stars, five.rating_id) == ("promotion", 5, 2)
    assert Dossier.objects.get(pk=dossier.pk).state == "recognised"


def test_a_decision_that_is_signed_after_the_dossier_went_up_leaves_the_dossier_there() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    council_moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)

    row = recognition.record_rating(
        dossier.enrolment, stars=4, rating_id=1, level=Level.PROVINCE, by=officer, at=NOW
    )

    assert (row.step, row.stars) == ("promotion", 4)
    assert Dossier.objects.get(pk=dossier.pk).state == "forwarded"


@pytest.mark.parametrize("stars", [None, 1, 2])
def test_a_star_that_nobody_recognises_ends_the_enrolment(stars: int | None, heard: News) -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    row = recognition.record_rating(dossier.enrolment, stars=stars, rating_id=7, by=officer, at=NOW)

    assert (row.step, row.stars, row.ended_at) == ("evaluation", stars, NOW)
    assert Dossier.objects.get(pk=dossier.pk).state == "not_recognised"
    assert heard[-1][0] == "enrolment_rated"
    assert heard[-1][1]["is_recognised"] is False


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_a_recognised_star_opens_trade_promotion(stars: int | None, heard: News) -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    row = recognition.record_rating(dossier.enrolment, stars=stars, rating_id=7, by=officer, at=NOW)
    again = recognition.record_rating(row, stars=stars, rating_id=7, by=officer, at=NOW)

    assert (again.step, again.stars) == ("promotion", stars)
    assert [name for name, _facts in heard].count("enrolment_rated") == 1
    assert heard[-1][1]["step"] == "promotion"


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_outside_one_to_five_are_refused(stars: int | None) -> None:
    dossier = cycle.dossier_in_council()

    with refusal("rating.stars"):
        recognition.record_rating(
            dossier.enrolment, stars=stars, rating_id=1, by=registry.person(), at=NOW
        )


def test_no_rating_before_the_evaluation() -> None:
    row = cycle.enrolment()

    with refusal("rating.no_dossier"):
        recognition.record_rating(row, stars=4, rating_id=1, by=registry.person(), at=NOW)
