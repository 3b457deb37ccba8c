"""One spelling for a decision's number, and which number comes next."""

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.decision_numbers import canonical, gaps, next_number, serial_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" 015 / qđ - ubnd ", "15/QĐ-UBND"),
        ("15/QĐ-UBND", "15/QĐ-UBND"),
        ("7a/qđ-ubnd", "7A/QĐ-UBND"),
        ("757/QĐ-BNN-VPĐP", "757/QĐ-BNN-VPĐP"),
        ("15/QĐ-UBND\n", "15/QĐ-UBND"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_number_has_one_spelling(typed: str, number: str) -> None:
    assert canonical(typed) == number


@pytest.mark.parametrize("typed", ["mười lăm", "15", "/QĐ-UBND", "0/QĐ-UBND", "15/", "15/QĐ UBND;"])
def test_what_is_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        canonical(typed)

    assert (refused.value.code, refused.value.field) == ("decision.number_form", "number")


def test_the_next_number_follows_the_highest_of_its_symbol() -> None:
    used = ["2/QĐ-UBND", "10/QĐ-UBND", "99/QĐ-BNNMT"]

    assert next_number(used, "QĐ-UBND") == "11/QĐ-UBND"
    assert next_number([], "QĐ-UBND") == "1/QĐ-UBND"
    assert gaps(["2/QĐ-UBND", "4/QĐ-UBND", "1/KH-UBND"], symbol="QĐ-UBND") == [1, 3]
    assert serial_of("dự thảo") == 0
