"""The regimes, read once from their files: the law as data."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from registry.domain.errors import RuleBroken
from registry.domain.regime import Regime
from registry.domain.regime_records import regime_from
from registry.domain.text import term

REGIME_FILES = Path(__file__).parent.parent / "data" / "regimes"


@cache
def _regimes_by_code() -> dict[str, Regime]:
    found = {}
    for file in sorted(REGIME_FILES.glob("*.toml")):
        regime = regime_from(tomllib.loads(file.read_text(encoding="utf-8")))
        if regime.code != file.stem:
            raise ValueError(f"{file.name} holds regime {regime.code}")
        found[regime.code] = regime
    if sum(regime.is_default for regime in found.values()) != 1:
        raise ValueError("exactly one regime must be the default of a new installation")
    return found


@cache
def regimes() -> tuple[Regime, ...]:
    """Every known regime, the oldest first."""
    return tuple(sorted(_regimes_by_code().values(), key=lambda regime: regime.effective_from))


def regime(code: str) -> Regime:
    """The regime of a code; an unknown code is refused."""
    try:
        return _regimes_by_code()[code]
    except KeyError:
        raise RuleBroken(
            "regime.unknown", term("Không có bộ quy định mang mã “%(regime)s”."), regime=code
        ) from None


def regime_in_force(on: date) -> Regime:
    """The newest regime that had begun by a day; of days before the first, the first."""
    begun = [found for found in regimes() if found.effective_from <= on]
    return begun[-1] if begun else regimes()[0]


def default_regime() -> Regime:
    """The regime that a new installation works under."""
    return next(found for found in regimes() if found.is_default)


def regime_choices() -> list[tuple[str, str]]:
    """For form fields and model fields."""
    return [(found.code, found.name) for found in regimes()]
