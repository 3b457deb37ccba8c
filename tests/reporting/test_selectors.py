"""Figures as of a day, by hand."""

from datetime import date

import pytest

from ocop_portal.accounts.models import User
from promotion.selectors import catalogue, headline_figures
from reporting.domain.tables import StarCell
from reporting.selectors import pipeline, stars
from reporting.selectors.star_choices import Choice
from tests.factories import cycle, registry
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def count(on: date, **choice: object) -> int:
    cells = stars.cells(Choice(on=on, **choice), provinces=catalogue.provinces())  # type: ignore[arg-type] # named by the test
    return sum(cell.count for cell in cells)


def test_cells_of_a_day() -> None:
    make.listing(stars=3)
    make.listing(stars=3)
    make.listing(stars=5)

    cells = stars.cells(Choice(on=make.TODAY), provinces=catalogue.provinces())

    assert sorted(cells, key=lambda cell: cell.stars) == [
        StarCell(3, "thuc-pham", "19", "2019", 2026, 2, "cooperative", "province", "first"),
        StarCell(5, "thuc-pham", "19", "2019", 2026, 1, "cooperative", "province", "first"),
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 1),
        (date(2026, 5, 31), 1),
        (date(2026, 6, 1), 0),
        (date(2026, 6, 30), 0),
        (date(2026, 7, 1), 1),
        (date(2029, 3, 2), 1),
        (date(2029, 3, 3), 0),
    ],
)
def test_figure_of_a_day_follows_suspension_and_expiry(on: date, expected: int) -> None:
    held = make.certificate()
    make.change(held, "suspended", on=date(2026, 6, 1))
    make.change(held, "restored", on=date(2026, 7, 1))

    assert count(on) == expected


def test_figure_of_a_past_day_stays_when_the_star_rises() -> None:
    first = make.certificate(stars=3, issued_on=date(2024, 1, 10))
    make.listing(first.product, stars=4, issued_on=date(2026, 5, 1))

    assert [count(date(2026, 4, 30), stars=star) for star in (3, 4)] == [1, 0]
    assert [count(date(2026, 5, 1), stars=star) for star in (3, 4)] == [0, 1]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, 1),
        ({"stars": 3}, 1),
        ({"stars": 4}, 0),
        ({"group": "thuc-pham"}, 1),
        ({"group": "do-uong"}, 0),
        ({"province": "19"}, 1),
        ({"province": "01"}, 0),
        ({"regime": "2019"}, 1),
        ({"regime": "2026"}, 0),
        ({"year": 2026}, 1),
        ({"year": 2025}, 0),
    ],
)
def test_filters(choice: dict[str, object], expected: int) -> None:
    make.listing()

    assert count(make.TODAY, **choice) == expected


def test_headline_figures() -> None:
    first = make.listing(stars=4)
    make.listing(registry.product(first.product.subject), stars=3)
    make.listing(stars=3)

    figures = headline_figures(on=make.TODAY)

    assert (figures.products, figures.subjects, figures.provinces) == (3, 2, 1)
    assert [(each.stars, each.products) for each in figures.by_star] == [(5, 0), (4, 1), (3, 2)]


def test_pipeline_counts_what_the_person_may_see(provincial_officer: User, stranger: User) -> None:
    cycle.enrolment(regime="2026")
    cycle.lodged_dossier(regime="2026")

    seen = pipeline.pipeline(provincial_officer, on=make.TODAY)
    unseen = pipeline.pipeline(stranger, on=make.TODAY)

    assert {each.step.value: each.going_on for each in seen.steps if each.going_on} == {
        "idea": 1,
        "evaluation": 1,
    }
    assert (seen.going_on, seen.dossiers) == (2, 1)
    assert (unseen.going_on, unseen.dossiers) == (0, 0)
