"""The law as data: bands, chains, dates."""

from datetime import date

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.regime import Below, Level
from registry.domain.regime_records import regime_from
from tests.registry.domain.tables import regime

CODES = ["2019", "2023", "2025", "2026"]


@pytest.mark.parametrize("code", CODES)
def test_part_maxima_make_one_hundred(code: str) -> None:
    assert regime(code).maximum == 100


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("points", "sheets", "stars"),
    [
        (0, 1, 1),
        (2999, 100, 1),
        (30, 1, 2),
        (59, 2, 1),
        (4999, 100, 2),
        (99, 2, 2),
        (50, 1, 3),
        (699, 10, 3),
        (209, 3, 3),
        (70, 1, 4),
        (222, 3, 4),
        (8999, 100, 4),
        (90 * 19 + 89, 20, 4),
        (180, 2, 5),
        (700, 7, 5),
    ],
)
def test_band_of_a_mean_is_exact(code: str, points: int, sheets: int, stars: int) -> None:
    assert regime(code).band_of(points, sheets) == stars


@pytest.mark.parametrize(("points", "sheets"), [(10, 0), (-1, 1), (101, 1)])
def test_band_of_an_impossible_mean_is_an_error(points: int, sheets: int) -> None:
    with pytest.raises(ValueError, match=r"sheet"):
        regime("2019").band_of(points, sheets)


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("2019", [("district", ()), ("province", (3, 4)), ("central", (5,))]),
        ("2023", [("district", (3,)), ("province", (4,)), ("central", (5,))]),
        ("2025", [("province", (3, 4)), ("central", (5,))]),
        ("2026", [("province", (3, 4)), ("central", (5,))]),
    ],
)
def test_chain_of_levels(code: str, chain: list[tuple[str, tuple[int, ...]]]) -> None:
    stages = regime(code).stages

    assert [(stage.level.value, stage.recognises) for stage in stages] == chain


@pytest.mark.parametrize(
    ("code", "level", "following"),
    [
        ("2019", Level.DISTRICT, Level.PROVINCE),
        ("2019", Level.PROVINCE, Level.CENTRAL),
        ("2019", Level.CENTRAL, None),
        ("2026", Level.PROVINCE, Level.CENTRAL),
    ],
)
def test_next_level(code: str, level: Level, following: Level | None) -> None:
    assert regime(code).next_level(level) == following


def test_level_that_does_not_score_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        regime("2026").stage(Level.DISTRICT)

    assert refusal.value.code == "regime.level_does_not_score"
    assert not regime("2026").scores_at(Level.DISTRICT)


def test_thresholds_for_sending_a_file_up() -> None:
    old, new = regime("2019"), regime("2026")

    assert old.stage(Level.DISTRICT).forward_from == 50
    assert old.stage(Level.PROVINCE).forward_from == 90
    assert old.stage(Level.CENTRAL).below == Below.STANDS
    assert new.stage(Level.CENTRAL).below == Below.LOWER_CHOOSES


@pytest.mark.parametrize(
    ("stars", "level"), [(2, None), (3, Level.PROVINCE), (4, Level.PROVINCE), (5, Level.CENTRAL)]
)
def test_level_that_recognises(stars: int, level: Level | None) -> None:
    assert regime("2019").recognising_level(stars) == level


def test_who_appraises_ideas() -> None:
    levels = [regime(code).idea_level.value for code in CODES]

    assert levels == ["district", "district", "province", "province"]


def test_regime_in_force_on_a_day() -> None:
    first, last = regime("2019"), regime("2026")

    assert [first.is_in_force(day) for day in (date(2019, 8, 20), date(2023, 2, 23))] == [
        False,
        True,
    ]
    assert not first.is_in_force(date(2023, 2, 24))
    assert last.is_in_force(date(2099, 1, 1))


def test_only_two_regimes_are_scored() -> None:
    assert [code for code in CODES if regime(code).scoring] == ["2019", "2026"]


def test_windows_and_renewal_of_the_decree_in_force() -> None:
    law = regime("2026")

    assert [(w.level.value, w.request_by, w.end_by) for w in law.windows] == [
        ("province", (4, 30), (6, 30)),
        ("province", (10, 30), (12, 30)),
        ("central", (7, 30), (9, 30)),
        ("central", (1, 30), (3, 30)),
    ]
    assert law.renewal is not None
    assert (law.renewal.opens_days, law.renewal.closes_days) == (180, 120)
    assert law.commune_report_days == 15


def test_a_level_is_an_ordered_list_of_councils() -> None:
    central = regime("2019").stage(Level.CENTRAL)

    assert [(body.code, body.by_group) for body in central.bodies] == [
        ("specialised", True),
        ("", False),
    ]
    following = central.body_after("specialised")
    assert following is not None
    assert (following.code, central.body_after("")) == ("", None)
    assert [len(stage.bodies) for stage in regime("2026").stages] == [1, 1]
    with pytest.raises(RuleBroken, match=r"^regime\.no_such_body"):
        regime("2026").stage(Level.PROVINCE).body("specialised")


def test_faulty_record_names_every_fault() -> None:
    record = {
        "code": "x",
        "name": "x",
        "decree": "x",
        "effective_from": date(2030, 1, 1),
        "scoring": True,
        "division": "two_tier",
        "taxonomy": "x",
        "code_format": "{province}",
        "part_maxima": {"A": 100},
        "bands": [{"stars": 2, "at_least": 10}, {"stars": 1, "at_least": 5}],
        "stages": [
            {"level": "central", "recognises": [3]},
            {
                "level": "province",
                "recognises": [3],
                "forward_from": 50,
                "bodies": [{"code": "", "name": "x"}, {"code": "y", "name": "x"}],
            },
        ],
        "idea_level": "province",
        "subject_kinds": [],
        "subject_kinds_tourism": [],
        "subject_clause": "x",
        "certificate_months": 36,
        "reminder_days": [],
        "complaint": {"window_days": 1, "answer_days": 1, "complex_days": 1, "law": "x"},
    }

    with pytest.raises(ValueError, match="regime x") as fault:
        regime_from(record)

    assert str(fault.value).count(";") == 6
