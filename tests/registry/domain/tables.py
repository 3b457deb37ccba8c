"""The regimes as their files hold them, for tests of the rules alone."""

import tomllib
from functools import cache
from pathlib import Path

import registry
from registry.domain.regime import Regime
from registry.domain.regime_records import regime_from

REGIME_FILES = Path(registry.__file__).parent / "data" / "regimes"


@cache
def regime(code: str) -> Regime:
    file = REGIME_FILES / f"{code}.toml"
    return regime_from(tomllib.loads(file.read_text(encoding="utf-8")))
