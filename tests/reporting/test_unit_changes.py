"""Figures around a merger and a transfer; expected figures written by hand.

| product | commune         | stars | decided on |
|---------|-----------------|-------|------------|
| Chè A   | Tân Cương 05503 | 4     | 2025-02-01 |
| Chè C   | Đại Phúc 05830  | 3     | 2026-03-02 |
| Mật ong | La Bằng 05700   | 5     | 2026-08-01 |

On 1 October 2026 Tân Cương and Đại Phúc became Chè Xanh 05999; on 1 November 2026 La Bằng went to
Tuyên Quang. The test asks on 20 November 2026.
"""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from ocop_portal.accounts.models import User
from promotion.models import Listing
from promotion.selectors import catalogue
from registry.domain.regime import Division
from registry.domain.unit_changes import ChangeKind, Outcome
from registry.models import Unit
from registry.services import unit_changes
from registry.services.unit_changes import Plan
from reporting.domain.periods import Period
from reporting.domain.tables import Dimension, star_table
from reporting.selectors import star_places, stars
from reporting.selectors.periods import figures_of
from reporting.selectors.star_choices import Choice
from reporting.services import star_tallies
from tests.factories import promotion as make
from tests.factories import registers, registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = make.TODAY
MERGED_ON, MOVED_ON = date(2026, 10, 1), date(2026, 11, 1)
BEFORE, BETWEEN = date(2026, 9, 30), date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _world(administrator: User) -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        here = registry.commune()
        registry.former_commune(successor=here)
        there = registry.commune("Xã Đại Phúc", "05830")
        up = registry.commune("Xã La Bằng", "05700")
        away = registry.province("Tỉnh Tuyên Quang", "08")
        for place, name, star, day in (
            (here, "Chè A", 4, date(2025, 2, 1)),
            (there, "Chè C", 3, date(2026, 3, 2)),
            (up, "Mật ong", 5, date(2026, 8, 1)),
        ):
            maker = registry.subject(name=f"HTX {name}", commune=place)
            make.listing(registry.product(maker, name=name), stars=star, issued_on=day)
        assert by_commune(TODAY, "19") == {
            "05503": (0, 1, 0),
            "05830": (0, 0, 1),
            "05700": (1, 0, 0),
        }
        unit_changes.record(
            Plan(
                kind=ChangeKind.MERGER,
                units=[here, there],
                outcomes=[Outcome("05999", "Xã Chè Xanh")],
                effective_on=MERGED_ON,
                decision_number="1700/NQ-UBTVQH15",
                reason="Sắp xếp",
            ),
            by=administrator,
            at=make.NOW,
        )
        unit_changes.record(
            Plan(
                kind=ChangeKind.TRANSFER,
                units=[up],
                outcomes=[Outcome("05700", "Xã La Bằng")],
                target=away,
                effective_on=MOVED_ON,
                decision_number="1700/NQ-UBTVQH15",
                reason="Sắp xếp",
            ),
            by=administrator,
            at=make.NOW,
        )
        yield


def by_commune(on: date, province: str) -> dict[object, tuple[int, ...]]:
    """Commune → products of 5, 4 and 3 stars."""
    choice = Choice(on=on, province=province)
    cells, _units = star_places.places(choice, provinces=catalogue.provinces())
    return {
        row.value: row.counts for row in star_table(cells, Dimension.PLACE, stars=(5, 4, 3)).rows
    }


def by_province(on: date) -> dict[object, tuple[int, ...]]:
    cells = stars.cells(Choice(on=on), provinces=catalogue.provinces())
    table = star_table(cells, Dimension.PROVINCE, stars=(5, 4, 3))
    return {row.value: row.counts for row in table.rows}


def test_figures_of_a_day_before_the_change_stay_as_they_were() -> None:
    assert by_commune(BEFORE, "19") == {"05503": (0, 1, 0), "05830": (0, 0, 1), "05700": (1, 0, 0)}
    assert by_province(BEFORE) == {"19": (1, 1, 1)}
    assert by_commune(BEFORE, "08") == {}


def test_figures_from_the_day_of_the_change_on_name_the_new_units() -> None:
    assert by_commune(MERGED_ON, "19") == {"05999": (0, 1, 1), "05700": (1, 0, 0)}
    assert by_commune(BETWEEN, "19") == {"05999": (0, 1, 1), "05700": (1, 0, 0)}
    assert by_commune(MOVED_ON, "19") == {"05999": (0, 1, 1)}
    assert by_commune(MOVED_ON, "08") == {"05700": (1, 0, 0)}
    assert by_province(TODAY) == {"19": (0, 1, 1), "08": (1, 0, 0)}


def test_figures_by_the_old_division_are_the_same_before_and_after() -> None:
    def former(on: date) -> dict[object, tuple[int, ...]]:
        choice = Choice(on=on, division=Division.THREE_TIER)
        cells, _units = star_places.places(choice, provinces=catalogue.provinces())
        table = star_table(cells, Dimension.PLACE, stars=(5, 4, 3))
        return {row.value: row.counts for row in table.rows}

    assert former(BEFORE) == former(TODAY) == {"19": (0, 1, 0), "": (1, 0, 1)}


def test_tallies_of_both_provinces_are_counted_anew() -> None:
    star_tallies.count_all(on=TODAY)

    assert by_province(TODAY) == {"19": (0, 1, 1), "08": (1, 0, 0)}
    assert list(star_tallies.differences(on=TODAY)) == []


def test_catalogue_finds_the_product_by_the_old_and_the_new_name(client: Client) -> None:
    page = Listing.objects.get(name="Chè A")

    for word in ("che xanh", "Tân Cương", "05999"):
        answer = client.get("/san-pham/", {"q": word}).content.decode()
        assert page.get_absolute_url() in answer, word


def test_register_that_names_a_merged_commune_is_kept_in_its_heir(
    provincial_officer: User,
) -> None:
    registry.load_sets()
    rows = registers.table(
        [
            registers.line(commune="Xã Đại Phúc"),
            registers.line(commune="Xã Đại Phuc", product="Chè khác"),
            registers.line(commune="Xã Đại Phúcc", product="Chè nữa"),
        ]
    )

    register = registers.checked(registers.workbook(rows), provincial_officer)

    faults = [(row.number, *row.faults[0][:2]) for row in register.rows.exclude(faults=[])]
    assert faults == [(7, "commune", "register.no_commune_near")]
    assert "Xã Đại Phúc" in str(register.rows.get(number=7).faults)


def test_list_and_tables_of_a_day_before_a_renaming_name_the_units_of_that_day(
    client: Client, administrator: User
) -> None:
    unit = Unit.objects.get(code="19", division=Division.TWO_TIER)
    unit_changes.record(
        Plan(
            kind=ChangeKind.STATUS,
            units=[unit],
            outcomes=[Outcome("19", "Thành phố Thái Nguyên")],
            effective_on=date(2026, 11, 15),
            decision_number="1701/NQ-UBTVQH15",
            reason="Thành lập thành phố",
        ),
        by=administrator,
        at=make.NOW,
    )

    def said(day: str) -> str:
        pages = [
            client.get(f"/thong-ke/?as_of={day}&province=19"),
            client.get(f"/thong-ke/san-pham/?as_of={day}&province=19"),
        ]
        return "".join(page.content.decode().partition("<main")[2] for page in pages)

    then, now = said("2026-09-30"), said("2026-11-20")
    assert "Xã Tân Cương, Tỉnh Thái Nguyên" in then
    assert "Xã Chè Xanh" not in then
    assert "Xã Chè Xanh, Thành phố Thái Nguyên" in now
    assert "Tân Cương" not in now
    answer = client.get("/api/v1/statistics/stars/?as_of=2026-09-30").json()
    assert [row["name"] for row in answer["province"]] == ["Tỉnh Thái Nguyên"]
    figures = figures_of(
        Period(date(2026, 9, 1), date(2026, 9, 30)), place=unit_now(unit), today=TODAY
    )
    assert figures.place_name == "Tỉnh Thái Nguyên"


def unit_now(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)
