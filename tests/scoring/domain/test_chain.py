import pytest

from registry.domain.errors import RuleBroken
from registry.domain.regime import Below, Level
from scoring.domain.chain import Outcome, OutcomeKind, outcome
from scoring.domain.gates import GateFinding
from scoring.domain.stars import Award, Mean, award
from tests.registry.domain.tables import regime

NO_STAR = None
FORWARDED, RECOGNISED = OutcomeKind.FORWARDED, OutcomeKind.RECOGNISED
NOT_RECOGNISED, RETURNED = OutcomeKind.NOT_RECOGNISED, OutcomeKind.RETURNED


def decide(code: str, level: Level, points: int, *shut: int) -> Outcome:
    law = regime(code)
    mean = Mean(points, 1)
    findings = [GateFinding("1", star, met=False) for star in shut]
    return outcome(law, level, mean, award(mean, findings, law.bands))


@pytest.mark.parametrize(
    ("level", "points", "kind", "stars"),
    [
        (Level.DISTRICT, 29, NOT_RECOGNISED, 1),
        (Level.DISTRICT, 49, NOT_RECOGNISED, 2),
        (Level.DISTRICT, 50, FORWARDED, NO_STAR),
        (Level.DISTRICT, 95, FORWARDED, NO_STAR),
        (Level.PROVINCE, 49, NOT_RECOGNISED, 2),
        (Level.PROVINCE, 50, RECOGNISED, 3),
        (Level.PROVINCE, 70, RECOGNISED, 4),
        (Level.PROVINCE, 89, RECOGNISED, 4),
        (Level.PROVINCE, 90, FORWARDED, 4),
        (Level.CENTRAL, 89, RETURNED, NO_STAR),
        (Level.CENTRAL, 90, RECOGNISED, 5),
    ],
)
def test_outcome_of_2019(level: Level, points: int, kind: OutcomeKind, stars: int | None) -> None:
    found = decide("2019", level, points)

    assert (found.kind, found.stars) == (kind, stars)


@pytest.mark.parametrize(
    ("level", "points", "shut", "kind", "stars"),
    [
        (Level.PROVINCE, 49, (3,), NOT_RECOGNISED, 2),
        (Level.PROVINCE, 60, (3,), NOT_RECOGNISED, NO_STAR),
        (Level.PROVINCE, 75, (), RECOGNISED, 4),
        (Level.PROVINCE, 75, (4,), RECOGNISED, 3),
        (Level.PROVINCE, 92, (), FORWARDED, 4),
        (Level.PROVINCE, 92, (5,), FORWARDED, 4),
        (Level.PROVINCE, 92, (4,), FORWARDED, 3),
        (Level.PROVINCE, 92, (3,), FORWARDED, NO_STAR),
        (Level.CENTRAL, 92, (), RECOGNISED, 5),
        (Level.CENTRAL, 92, (5,), RETURNED, NO_STAR),
        (Level.CENTRAL, 75, (), RETURNED, NO_STAR),
    ],
)
def test_outcome_of_2026(
    level: Level, points: int, shut: tuple[int, ...], kind: OutcomeKind, stars: int | None
) -> None:
    found = decide("2026", level, points, *shut)

    assert (found.kind, found.stars) == (kind, stars)


def test_forwarding_names_the_next_level_and_the_potential_fifth_star() -> None:
    from_district = decide("2019", Level.DISTRICT, 95)
    from_province = decide("2019", Level.PROVINCE, 95)

    assert (from_district.next_level, from_district.potential_five) == (Level.PROVINCE, False)
    assert (from_province.next_level, from_province.potential_five) == (Level.CENTRAL, True)


def test_what_follows_below_the_centre_is_law_of_the_regime() -> None:
    assert decide("2019", Level.CENTRAL, 80).below is Below.STANDS
    assert decide("2026", Level.CENTRAL, 80).below is Below.LOWER_CHOOSES


def test_a_star_that_the_level_may_not_recognise_is_not_given() -> None:
    found = outcome(regime("2026"), Level.PROVINCE, Mean(89, 1), Award(5, 5, ()))

    assert (found.kind, found.stars) == (NOT_RECOGNISED, NO_STAR)


def test_a_level_that_does_not_score_is_refused() -> None:
    with pytest.raises(RuleBroken):
        decide("2026", Level.DISTRICT, 60)


def test_kinds_have_labels() -> None:
    assert [kind.label for kind in OutcomeKind] == [
        "Chuyển hội đồng tiếp theo cùng cấp",
        "Được công nhận",
        "Chuyển lên cấp trên",
        "Không được công nhận",
        "Trả về cấp dưới",
    ]
    assert OutcomeKind.choices()[2] == ("forwarded", "Chuyển lên cấp trên")


def test_a_council_that_is_not_the_last_of_its_level_passes_on_from_its_least_mean() -> None:
    law = regime("2019")
    first = law.stage(Level.CENTRAL).bodies[0]

    passed = outcome(law, Level.CENTRAL, Mean(95, 1), Award(5, 5, ()), body=first.code)

    assert (passed.kind, passed.stars) == (OutcomeKind.PASSED_ON, None)
