"""The administrative units of today and before, from their files."""

from datetime import date

import pytest
from django.core.management import call_command

from registry import selectors
from registry.domain.regime import Division, Level
from registry.models import Unit, UnitName, UnitSuccession
from registry.services import product_sets, units

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize(
    ("division", "level", "number"),
    [
        (Division.TWO_TIER, Level.PROVINCE, 34),
        (Division.TWO_TIER, Level.COMMUNE, 3321),
        (Division.THREE_TIER, Level.PROVINCE, 63),
        (Division.THREE_TIER, Level.DISTRICT, 696),
        (Division.THREE_TIER, Level.COMMUNE, 10035),
    ],
)
def test_numbers_of_units(
    loaded_units: None, division: Division, level: Level, number: int
) -> None:
    assert Unit.objects.filter(division=division, level=level).count() == number


def test_every_unit_of_before_has_a_successor_and_every_unit_of_today_a_predecessor(
    loaded_units: None,
) -> None:
    leaves = Unit.objects.filter(division=Division.THREE_TIER, children__isnull=True)
    communes = Unit.objects.filter(division=Division.TWO_TIER, level=Level.COMMUNE)

    assert not leaves.filter(successions__isnull=True).exists()
    assert not communes.filter(predecessions__isnull=True).exists()
    assert UnitSuccession.objects.count() == 63 + 10602


def test_loading_again_changes_nothing(loaded_units: None) -> None:
    reports = units.load()

    assert {(row.created, row.changed) for row in reports.values()} == {(0, 0)}
    assert reports["units"].unchanged == 34 + 3321 + 63 + 696 + 10035


def test_changed_row_is_brought_back_and_counted(loaded_units: None) -> None:
    Unit.objects.filter(division=Division.TWO_TIER, code="05503").update(name="Xã Sai Tên")

    reports = units.load()

    assert reports["units"].changed == 1
    assert selectors.unit_at(Division.TWO_TIER, "05503").name == "Xã Tân Cương"


def test_renamed_units_keep_their_former_names(loaded_units: None) -> None:
    province = selectors.unit_at(Division.TWO_TIER, "75")
    former = UnitName.objects.get(unit=province)

    assert (province.name, province.kind) == ("Thành phố Đồng Nai", "Thành phố")
    assert (former.name, former.valid_from, former.valid_to) == (
        "Tỉnh Đồng Nai",
        date(2025, 7, 1),
        date(2026, 4, 29),
    )
    assert (
        Unit.objects.filter(parent=province, former_names__kind="Xã", kind="Phường").count() == 10
    )


def test_island_district_without_communes_becomes_a_special_zone(loaded_units: None) -> None:
    island = selectors.unit_at(Division.THREE_TIER, "536")

    assert [unit.long_name for unit in selectors.successors_of(island)] == [
        "Đặc khu Lý Sơn, Tỉnh Quảng Ngãi"
    ]


def test_search_without_marks_finds_by_place_former_name_and_code(loaded_units: None) -> None:
    by_place = selectors.find_units("tan cuong thai nguyen", division=Division.TWO_TIER)
    by_former = selectors.find_units("XÃ NHƠN TRẠCH", division=Division.TWO_TIER)
    by_code = selectors.find_units("05503", division=Division.TWO_TIER)

    assert [unit.code for unit in by_place] == ["05503"]
    assert by_former[0].name == "Phường Nhơn Trạch"
    # The others came out of the former district of Nhơn Trạch.
    assert [unit.name for unit in by_former[1:]] == ["Xã Đại Phước", "Xã Phước An"]
    assert [unit.code for unit in by_code] == ["05503"]


def test_units_whose_own_name_begins_with_the_text_come_first(loaded_units: None) -> None:
    found = selectors.find_units("hà nội", division=Division.TWO_TIER)

    assert found[0].name == "Thành phố Hà Nội"


def test_predecessors_are_one_to_many(loaded_units: None) -> None:
    commune = selectors.unit_at(Division.TWO_TIER, "05503")

    names = [unit.name for unit in selectors.predecessors_of(commune)]

    assert names == ["Xã Bình Sơn", "Xã Tân Cương", "Xã Thịnh Đức"]


def test_commands_say_what_they_did(loaded_units: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_units")
    call_command("load_product_sets")

    said = capsys.readouterr().out
    assert "units: 0 created, 0 changed, 14149 unchanged" in said
    assert "product sets 2019: 26 created, 0 changed, 0 unchanged" in said


def test_product_sets_of_every_regime() -> None:
    first = product_sets.load()
    second = product_sets.load()

    assert {code: report.created for code, report in first.items()} == {
        "2019": 26,
        "2023": 6,
        "2025": 6,
        "2026": 26,
    }
    assert {report.created + report.changed for report in second.values()} == {0}


def test_sets_without_a_criterion_table_are_marked() -> None:
    product_sets.load()

    unscored = selectors.product_sets("2019").filter(has_rubric=False)
    tourism = selectors.product_sets("2026").get(is_tourism=True)

    assert [row.name for row in unscored] == ["Gạo, ngũ cốc"]
    assert (tourism.number, tourism.samples_required) == (26, 0)
    assert len({row.group for row in selectors.product_sets("2026")}) == 17
    assert len({row.industry for row in selectors.product_sets("2026")}) == 6
    assert len({row.industry for row in selectors.product_sets("2019")}) == 6
