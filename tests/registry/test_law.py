"""The regimes as the portal reads them from their files."""

import pytest

from registry import selectors
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from tests.registry.domain.tables import REGIME_FILES


def test_regimes_are_read_oldest_first() -> None:
    codes = [regime.code for regime in selectors.regimes()]

    assert codes == ["2019", "2023", "2025", "2026"]
    assert codes == sorted(file.stem for file in REGIME_FILES.glob("*.toml"))


def test_default_of_a_new_installation_is_the_first_decree_on_three_tiers() -> None:
    default = selectors.default_regime()

    assert default.code == "2019"
    assert default.division == Division.THREE_TIER
    assert default.part_maxima == {"A": 35, "B": 25, "C": 40}


def test_unknown_regime_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        selectors.regime("1999")

    assert refusal.value.text == "Không có bộ quy định mang mã “1999”."
