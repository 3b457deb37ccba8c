"""What a test expects of a service that says no."""

import re

import pytest

from registry.domain.errors import RuleBroken


def refusal(code: str) -> "pytest.RaisesExc[RuleBroken]":
    """The rule of exactly this code refuses."""
    return pytest.raises(RuleBroken, match=f"^{re.escape(code)}: ")
