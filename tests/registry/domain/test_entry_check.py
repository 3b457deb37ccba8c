"""What the eligibility check finds missing."""

from dataclasses import replace
from typing import Any

import pytest

from registry.domain import entry_check
from registry.domain.entry_check import Answers
from tests.registry.domain.tables import regime

READY = Answers(
    form="cooperative",
    tourism=False,
    is_registered=True,
    is_local=True,
    adds_value=True,
    is_harmless=True,
)


@pytest.mark.parametrize("code", ["2019", "2023", "2025", "2026"])
def test_a_registered_cooperative_lacks_nothing_under_any_regime(code: str) -> None:
    assert entry_check.gaps(READY, regime(code)) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"form": "unregistered", "is_registered": False}, ["entry_check.unregistered"]),
        ({"form": "large_enterprise"}, ["entry_check.large_enterprise"]),
        ({"form": "farm"}, ["eligibility.kind_not_named"]),
        ({"is_registered": False}, ["entry_check.registration"]),
        (
            {"form": "association", "is_registered": False},
            ["eligibility.kind_not_named", "entry_check.registration"],
        ),
        ({"is_local": False}, ["entry_check.local"]),
        ({"adds_value": False}, ["entry_check.value"]),
        ({"is_harmless": False}, ["entry_check.environment"]),
    ],
)
def test_each_answer_that_falls_short_is_named_with_its_clause(
    changes: dict[str, Any], codes: list[str]
) -> None:
    found = entry_check.gaps(replace(READY, **changes), regime("2019"))

    assert [gap.code for gap in found] == codes
    assert all(gap.facts["clause"] for gap in found)


def test_association_may_register_tourism_under_the_later_decree() -> None:
    association = replace(READY, form="association")

    goods = entry_check.gaps(association, regime("2026"))
    tourism = entry_check.gaps(replace(association, tourism=True), regime("2026"))

    assert ([gap.code for gap in goods], tourism) == (["eligibility.kind_not_named"], [])


def test_who_has_no_form_is_not_asked_for_papers() -> None:
    assert not entry_check.needs_registration("unregistered")
    assert entry_check.needs_registration("cooperative")
