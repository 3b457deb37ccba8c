"""Products side by side: who stands in the table, which rows, what agrees."""

import pytest

from promotion.domain.comparison import USUAL, Choice, Field, Row, choose, compare, fields_of


@pytest.mark.parametrize(
    ("asked", "choice"),
    [
        ([], Choice(())),
        (["che", " che ", ""], Choice(("che",))),
        (["b", "a"], Choice(("b", "a"))),
        (["a", "b", "c", "d", "e", "a", "f"], Choice(("a", "b", "c", "d"), ("e", "f"))),
        (["a", "<script>", "a/b", "chè", "x" * 121], Choice(("a",), (), 4)),
    ],
)
def test_choice_when_read_then_four_stand_and_the_rest_is_named(
    asked: list[str], choice: Choice
) -> None:
    assert choose(asked) == choice


@pytest.mark.parametrize(
    ("number", "is_enough", "has_room"),
    [(0, False, True), (1, False, True), (2, True, True), (3, True, True), (4, True, False)],
)
def test_choice_when_counted_then_two_to_four_are_a_comparison(
    number: int, *, is_enough: bool, has_room: bool
) -> None:
    choice = choose("abcd"[:number])

    assert (choice.is_enough, choice.has_room) == (is_enough, has_room)


@pytest.mark.parametrize(
    ("asked", "fields", "unknown"),
    [
        ([], USUAL, 0),
        (["price", "stars", "price"], (Field.STARS, Field.PRICE), 0),
        (["price", "password"], (Field.PRICE,), 1),
        (["password"], USUAL, 1),
    ],
)
def test_fields_when_chosen_then_in_the_table_s_order(
    asked: list[str], fields: tuple[Field, ...], unknown: int
) -> None:
    assert fields_of(asked) == (fields, unknown)


def test_usual_fields_are_those_the_programme_s_own_site_offers() -> None:
    assert [field.value for field in USUAL] == [
        "picture", "code", "stars", "price", "status", "availability", "capacity", "net_weight",
    ]  # fmt: skip
    assert all(field.label for field in Field)


@pytest.mark.parametrize(
    ("values", "is_equal"),
    [
        (("Quanh năm", "quanh năm "), True),
        (("Quanh na\u0306m", "Quanh năm"), True),
        (("Quanh năm", "Quanh nam"), False),
        (("", ""), True),
        (("", "500 g"), False),
        (("500 g", None, "500 g"), True),
        (("500 g", None), False),
        ((None, None), False),
        (("500 g",), False),
    ],
)
def test_row_when_two_public_products_agree_then_it_is_equal(
    values: tuple[str | None, ...], *, is_equal: bool
) -> None:
    assert Row(Field.NET_WEIGHT, values).is_equal is is_equal


def test_table_when_only_differences_are_wanted_then_the_hidden_rows_are_named() -> None:
    products = [{Field.PRICE: "1", Field.CODE: "x"}, None, {Field.PRICE: "2", Field.CODE: "x"}]
    fields = (Field.CODE, Field.PRICE, Field.GTIN)

    whole = compare(products, fields, only_differences=False)
    short = compare(products, fields, only_differences=True)

    assert [row.values for row in whole.rows] == [
        ("x", None, "x"),
        ("1", None, "2"),
        ("", None, ""),
    ]
    assert whole.hidden == ()
    assert [row.field for row in short.rows] == [Field.PRICE]
    assert short.hidden == (Field.CODE, Field.GTIN)
