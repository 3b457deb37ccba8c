"""Headings of registers recognised, in one row or two."""

import pytest

from registry.domain.errors import RuleBroken
from reporting.domain.register_columns import Field, check_mapping, find_header, guess
from tests.factories.register_columns import COLUMNS, LOWER, UPPER


def test_provincial_register_of_22_columns_is_recognised_whole() -> None:
    rows = [["SỔ THEO DÕI"], UPPER, LOWER, [f"({n})" for n in range(1, 23)], ["1", "Chè"]]

    header = find_header(rows)

    assert header.first_line == 4
    assert header.headings[12] == "Công nhận lần đầu Ngày QĐ"
    assert guess(header.headings) == COLUMNS


def test_short_register_in_one_row() -> None:
    row = ["STT", "SAN PHAM", "Ngành hàng", "Loại hình", "Tên đơn vị", "Xã", "Sao", "Ngày", "Số QĐ"]

    header = find_header([["", ""], row, ["1", "Chè"]])

    assert header.first_line == 2
    assert guess(header.headings) == {
        Field.PRODUCT: 1,
        Field.GROUP: 2,
        Field.KIND: 3,
        Field.SUBJECT: 4,
        Field.COMMUNE: 5,
        Field.STARS: 6,
        Field.FIRST_DATE: 7,
        Field.FIRST_DECISION: 8,
    }


def test_sheet_without_headings_is_refused() -> None:
    with pytest.raises(RuleBroken, match=r"register\.no_header"):
        find_header([["1", "Chè", "3"], []])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({Field.SUBJECT: None}, "register.columns_missing"),
        ({Field.STARS: None, Field.FIRST_STARS: None}, "register.no_stars"),
        ({Field.NOTE: 1}, "register.column_twice"),
    ],
)
def test_mapping_that_cannot_be_read_is_refused(
    changes: dict[Field, int | None], code: str
) -> None:
    mapped = {field: at for field, at in (COLUMNS | changes).items() if at is not None}

    with pytest.raises(RuleBroken) as refused:
        check_mapping(mapped)

    assert refused.value.code == code


def test_whole_mapping_passes() -> None:
    check_mapping(COLUMNS)
