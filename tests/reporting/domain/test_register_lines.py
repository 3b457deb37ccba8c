"""A line of a register as a whole, against a portal that knows one commune and one set."""

from datetime import date

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from reporting.domain.register_columns import Field
from reporting.domain.register_lines import (
    Authority,
    Cells,
    Past,
    Place,
    carried,
    is_blank,
    read_line,
)

TODAY = date(2026, 11, 20)
BY_PROVINCE = Authority(Level.PROVINCE, 19)
FIRST: dict[Field, str] = {
    Field.PRODUCT: "Chè nõn tôm",
    Field.GROUP: "Thực phẩm",
    Field.KIND: "HTX",
    Field.SUBJECT: "HTX chè Trại Cài",
    Field.COMMUNE: "Xã Tân Cương",
    Field.STARS: "3",
    Field.FIRST_DATE: "12/11/2024",
    Field.FIRST_DECISION: "4894/QĐ-UBND",
}
LATER = {
    Field.FIRST_STARS: "3",
    Field.STARS: "4",
    Field.LATER_STARS: "4",
    Field.LATER_DATE: "2026-05-06",
    Field.LATER_DECISION: "77/QĐ-UBND",
}


class Portal:
    """Knows what these lines name, whatever else it is asked."""

    def place(self, commune: str, district: str) -> Place:  # noqa: ARG002 - as asked
        if commune != "Xã Tân Cương":
            raise RuleBroken("register.no_commune", "")
        return Place(5503)

    def product_set(self, words: str, decided_on: date) -> int:  # noqa: ARG002 - as asked
        return 1

    def authority(self, *_asked: object) -> Authority:
        return BY_PROVINCE


def faults(**changes: str) -> list[tuple[str, str]]:
    cells = FIRST | {Field(name): text for name, text in changes.items()}
    line, found = read_line(cells, Portal(), today=TODAY)
    assert (line is None) == bool(found)
    return [(each.field.value, each.refusal.code.removeprefix("register.")) for each in found]


def test_line_with_one_recognition() -> None:
    line, found = read_line(FIRST | {Field.EXPIRES: "12/11/2027"}, Portal(), today=TODAY)

    assert found == []
    assert line is not None
    assert line.recognitions == (
        Past(3, date(2024, 11, 12), "4894/QĐ-UBND", BY_PROVINCE, 1, date(2027, 11, 12)),
    )
    assert line.key == ("htx che trai cai", 5503, "che-non-tom")


def test_line_with_a_later_recognition_whose_end_is_the_line_s() -> None:
    line, _faults = read_line(FIRST | LATER | {Field.EXPIRES: "1/6/2029"}, Portal(), today=TODAY)

    assert line is not None
    assert [(each.stars, each.ends_on) for each in line.recognitions] == [
        (3, None),
        (4, date(2029, 6, 1)),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stars": "6"}, [("stars", "stars_range"), ("first_stars", "stars")]),
        ({"product": "=1+1"}, [("product", "formula")]),
        ({"commune": "Xã Lạ"}, [("commune", "no_commune")]),
        ({"first_date": "31/02/2024"}, [("first_date", "date")]),
        ({"first_date": "21/11/2026"}, [("first_date", "to_come")]),
        ({"first_year": "2023"}, [("first_year", "year_differs")]),
        ({"expires": "12/11/2024"}, [("expires", "ends_first")]),
        ({"first_stars": "4"}, [("stars", "current_star")]),
        ({"tax_code": "0123456780"}, [("tax_code", "tax_code.check_digit")]),
        ({"phone": "x" * 21}, [("phone", "too_long")]),
        (
            {"subject": "", "kind": "Khác", "first_decision": ""},
            [("subject", "empty"), ("kind", "kind"), ("first_decision", "decision")],
        ),
    ],
)
def test_every_fault_is_named_by_its_column(
    changes: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert faults(**changes) == expected


def test_recognitions_in_the_wrong_order_or_with_another_current_star() -> None:
    later = {field.value: text for field, text in LATER.items()}

    assert faults(**later | {"later_date": "1/1/2024"}) == [("later_date", "order")]
    assert faults(**later | {"stars": "5"}) == [("stars", "current_star")]
    assert faults(**later | {"later_decision": ""}) == [("later_decision", "decision")]


def test_subject_reaches_down_over_its_products() -> None:
    below: Cells = {Field.PRODUCT: "Chè đinh", Field.STARS: "4", Field.SUBJECT: " "}

    whole = carried(below, FIRST)

    assert (whole[Field.SUBJECT], whole[Field.KIND]) == ("HTX chè Trại Cài", "HTX")
    assert Field.GROUP not in whole
    assert carried({Field.PRODUCT: "Chè", Field.KIND: "THT"}, FIRST) == {
        Field.PRODUCT: "Chè",
        Field.KIND: "THT",
    }
    assert carried({Field.NOTE: "Cộng"}, FIRST) == {Field.NOTE: "Cộng"}
    assert carried(below, None) == below


def test_total_and_empty_row_are_no_lines() -> None:
    assert is_blank({Field.STARS: "581", Field.PRODUCT: " "})
    assert not is_blank(FIRST)
