"""CSV that no spreadsheet runs."""

import pytest

from ocop_portal.csv_safe import csv_text, safe


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "＝"])
def test_text_like_a_formula_is_quoted(sign: str) -> None:
    assert safe(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("value", ["Chè", "", 12, -3, None])
def test_other_values_stay(value: object) -> None:
    assert safe(value) == value


def test_csv_text() -> None:
    assert csv_text([["Ngành", "3 sao"], ["=HYPERLINK(1)", 4]]) == (
        "\ufeffNgành,3 sao\r\n'=HYPERLINK(1),4\r\n"
    )
