"""Product codes: one format for each regime, as data."""

import pytest

from registry.domain import product_code
from registry.domain.errors import RuleBroken
from registry.domain.product_code import CodeParts
from tests.registry.domain.tables import regime

OLD = regime("2019").code_format
NEW = regime("2026").code_format


def test_code_of_before_names_the_district() -> None:
    parts = CodeParts(province="83", district="829", commune="28780", sequence=3, year=2022)

    assert product_code.build(OLD, parts) == "83-829-28780-3-2022"
    assert product_code.read(OLD, "83-829-28780-3-2022") == parts
    assert product_code.names_district(OLD)


def test_code_of_today_goes_without_district() -> None:
    parts = CodeParts(province="19", commune="05503", sequence=12, year=2026)

    assert product_code.build(NEW, parts) == "19-05503-12-2026"
    assert product_code.read(NEW, " 19-05503-12-2026 ") == parts
    assert not product_code.names_district(NEW)


@pytest.mark.parametrize(
    "text", ["19-05503-0-2026", "19-05503-1-26", "83-829-28780-3-2022", "", "19-0550x-1-2026"]
)
def test_text_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        product_code.read(NEW, text)

    assert refusal.value.code == "product_code.form"


def test_missing_district_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        product_code.build(OLD, CodeParts(province="83", commune="28780", sequence=3, year=2022))

    assert refusal.value.code == "product_code.parts"
