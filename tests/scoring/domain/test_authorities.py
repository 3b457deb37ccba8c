"""Who stands at the head of a decision."""

import pytest

from registry.domain.regime import Level
from scoring.domain.authorities import authority_name, head_of, place_of, symbol_of


@pytest.mark.parametrize(
    ("level", "unit", "name"),
    [
        (Level.DISTRICT, "Huyện Đại Từ", "Ủy ban nhân dân huyện Đại Từ"),
        (Level.PROVINCE, "Tỉnh Thái Nguyên", "Ủy ban nhân dân tỉnh Thái Nguyên"),
        (Level.CENTRAL, "Việt Nam", "Bộ Nông nghiệp và Môi trường"),
    ],
)
def test_a_decision_is_its_authority_s_own(level: Level, unit: str, name: str) -> None:
    assert authority_name(level, unit) == name


def test_a_number_says_who_issued_the_decision() -> None:
    assert symbol_of(Level.CENTRAL) == "QĐ-BNNMT"
    assert symbol_of(Level.PROVINCE) == symbol_of(Level.DISTRICT) == "QĐ-UBND"


@pytest.mark.parametrize(
    ("level", "unit", "head", "place"),
    [
        (Level.PROVINCE, "Tỉnh Thái Nguyên", "Chủ tịch Ủy ban nhân dân tỉnh Thái Nguyên", None),
        (Level.PROVINCE, "", "Chủ tịch", None),
        (Level.CENTRAL, "Việt Nam", "Bộ trưởng Bộ Nông nghiệp và Môi trường", "Hà Nội"),
        (Level.CENTRAL, "", "Bộ trưởng", "Hà Nội"),
    ],
)
def test_who_signs_and_where(level: Level, unit: str, head: str, place: str | None) -> None:
    assert (head_of(level, unit), place_of(level, unit)) == (head, place or unit)
