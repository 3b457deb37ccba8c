"""The files of needs name only what there is."""

from pathlib import Path

import pytest

from cycle.selectors import checklist
from scoring.selectors.evidence_flags import needs_of
from scoring.services.rubric_files import RUBRIC_FILES, read


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_every_need_names_an_item_of_the_checklist_and_a_criterion_of_some_set(regime: str) -> None:
    files = sorted((Path(RUBRIC_FILES) / regime).glob("*.toml"))
    criteria = [criterion for file in files for criterion in read(file).criteria]

    assert needs_of(regime)
    for need in needs_of(regime):
        assert checklist(regime).item(need.item) is not None
        assert any(
            need.concerns(criterion, option.points)
            for criterion in criteria
            for option in criterion.options
        ), need


def test_nothing_is_known_of_a_regime_without_a_file() -> None:
    assert needs_of("2023") == ()
    assert needs_of("../2026") == ()
