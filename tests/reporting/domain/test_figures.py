"""Tables that can be written down and read back."""

from reporting.domain.figures import FigureTable, as_values, fingerprint, tables_from, with_total

TABLE = FigureTable(
    code="subjects",
    title="Chủ thể theo loại hình",
    headings=("Loại hình", "Đầu kỳ", "Cuối kỳ"),
    rows=with_total("Cộng", [("Hợp tác xã", 2, 3), ("Hộ", None, 1)]),
    note="Trong ngày đó.",
    has_total=True,
)


def test_total_leaves_out_what_is_unknown() -> None:
    assert TABLE.total == ("Cộng", 2, 4)
    assert TABLE.body == (("Hợp tác xã", 2, 3), ("Hộ", None, 1))
    assert with_total("Cộng", []) == ()


def test_table_without_total_is_all_body() -> None:
    table = FigureTable("a", "A", ("x",), (("y",),))

    assert (table.body, table.total) == ((("y",),), ())


def test_table_when_written_down_then_read_back_the_same() -> None:
    assert tables_from(as_values([TABLE])) == [TABLE]


def test_fingerprint_knows_values_and_not_their_order() -> None:
    values = as_values([TABLE])
    turned = [dict(reversed(list(values[0].items())))]
    changed = [{**values[0], "note": "Khác"}]

    assert fingerprint(values) == fingerprint(turned)
    assert fingerprint(values) != fingerprint(changed)
