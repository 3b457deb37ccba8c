"""What may be read of the register, and by whom."""

from registry.selectors.law import default_regime, regime, regime_choices, regimes

__all__ = ["default_regime", "regime", "regime_choices", "regimes"]
