"""What is refused of a subject's figures."""

from datetime import date

import pytest

from registry.domain import capacity
from registry.domain.errors import RuleBroken

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("workers", "trained", "year"),
    [(None, None, None), (20, None, 2026), (20, 20, 2015), (0, 0, 2026), (None, None, 2026)],
)
def test_figures_in_order_pass(workers: int | None, trained: int | None, year: int | None) -> None:
    capacity.check_workers(workers, trained, year, today=TODAY)


@pytest.mark.parametrize(
    ("workers", "trained", "year", "code"),
    [
        (20, 21, 2026, "capacity.trained_workers"),
        (None, 1, 2026, "capacity.trained_workers"),
        (20, 5, None, "capacity.year_missing"),
        (20, 5, 2027, "capacity.year"),
        (20, 5, 2014, "capacity.year"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    workers: int | None, trained: int | None, year: int | None, code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        capacity.check_workers(workers, trained, year, today=TODAY)

    assert refusal.value.code == code


def test_circular_chain_is_claimed_in_words() -> None:
    capacity.check_circular("", claimed=False)
    capacity.check_circular("Bã chè ủ phân", claimed=True)

    with pytest.raises(RuleBroken, match="circular_note"):
        capacity.check_circular("", claimed=True)


def test_certificates_have_labels() -> None:
    assert dict(capacity.AreaCertificate.choices())["organic"] == "Hữu cơ"
