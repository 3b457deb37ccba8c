"""Counts beside the filters, by hand."""

from datetime import date

import pytest

from promotion.domain.catalogue import Validity
from promotion.domain.search import Cell, Question, facet, hidden, total
from scoring.domain.certificate_states import CertificateStatus

TODAY = date(2026, 11, 22)
V, E = CertificateStatus.VALID, CertificateStatus.EXPIRED
CELLS = [
    Cell(3, "thuc-pham", "19", "2019", V, 10),
    Cell(4, "thuc-pham", "19", "2019", V, 4),
    Cell(4, "do-uong", "01", "2026", V, 2),
    Cell(5, "do-uong", "01", "2026", V, 1, is_hidden=True),
    Cell(3, "thuc-pham", "01", "2019", E, 7),
]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, 16),
        ({"stars": 4}, 6),
        ({"stars": 5}, 0),
        ({"group": "do-uong", "province": "01"}, 2),
        ({"regime": "2019"}, 14),
        ({"validity": Validity.EXPIRED}, 7),
        ({"validity": Validity.ALL}, 23),
        ({"validity": Validity.EXPIRED, "as_of": date(2025, 1, 1)}, 16),
        ({"province": "79"}, 0),
    ],
)
def test_total(choices: dict[str, object], expected: int) -> None:
    assert total(CELLS, Question(today=TODAY, **choices)) == expected  # type: ignore[arg-type] # named by the table


def test_hidden_are_counted_apart() -> None:
    assert hidden(CELLS, Question(today=TODAY, stars=5)) == 1
    assert hidden(CELLS, Question(today=TODAY, stars=4)) == 0


def test_facet_obeys_every_filter_but_its_own() -> None:
    question = Question(today=TODAY, stars=4, province="19")

    assert facet(CELLS, question, "stars") == {3: 10, 4: 4}
    assert facet(CELLS, question, "province") == {"19": 4, "01": 2}
    assert facet(CELLS, question, "group") == {"thuc-pham": 4}
    assert facet(CELLS, question, "status") == {V: 4}


def test_facet_of_validity_counts_both_statuses() -> None:
    assert facet(CELLS, Question(today=TODAY), "status") == {V: 16, E: 7}
