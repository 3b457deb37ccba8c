"""A result as plain values: the same sheets always give the same snapshot."""

from scoring.domain.gates import GateFinding
from scoring.domain.receipt import receipt_hash
from scoring.domain.rubric import Rubric
from scoring.domain.snapshot import Snapshot, StoredSheet, snapshot
from tests.scoring.domain.tables import BANDS, rubric_file

EDITION = "e" * 64


def sheet(rubric: Rubric, number: int, *, best: bool) -> StoredSheet:
    """The best or the worst options of every criterion."""
    choose = max if best else min
    choices = {
        criterion.code: choose(criterion.options, key=lambda option: option.points).id
        for criterion in rubric.criteria
    }
    return StoredSheet(number, 7, number * 10, "member", 1, choices)


def of(sheets: list[StoredSheet], findings: list[GateFinding]) -> Snapshot:
    rubric = rubric_file("2019", 1)
    return snapshot(
        rubric, sheets, edition_hash=EDITION, findings=findings, grounds=(), bands=BANDS
    )


def test_a_snapshot_names_every_counted_sheet_and_adds_up() -> None:
    rubric = rubric_file("2019", 1)
    sheets = [sheet(rubric, 1, best=True), sheet(rubric, 2, best=True)]

    values = of(sheets, []).values()

    assert (values["points"], values["sheets"], values["band"], values["stars"]) == (200, 2, 5, 5)
    assert values["parts"] == {"A": 70, "B": 50, "C": 80}
    assert [row["sheet"] for row in values["counted"]] == [1, 2]
    assert values["counted"][0]["receipt"] == receipt_hash(
        edition=EDITION, item=7, member=10, ballot=1, choices=sheets[0].choices
    )
    assert of(sheets, []).values() == values


def test_a_finding_holds_the_star_back_and_is_named() -> None:
    rubric = rubric_file("2019", 1)

    values = of([sheet(rubric, 1, best=True)], [GateFinding("1.1", 4, met=False)]).values()

    assert (values["stars"], values["held_back_by"]) == (3, [["1.1", 4]])


def test_another_choice_gives_another_receipt() -> None:
    rubric = rubric_file("2019", 1)

    best, worst = (
        of([sheet(rubric, 1, best=each)], []).counted[0]["receipt"] for each in (True, False)
    )

    assert best != worst
