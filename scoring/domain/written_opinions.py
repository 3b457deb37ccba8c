"""Re-evaluation by written opinions: who is asked for one, until when, and what is dissent.

QĐ 26/2026, Điều 7.6: a council gives its opinions on a re-evaluation in writing and meets only
where they differ or the matter is complicated; forty-five days from the complete file.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from registry.domain.regime import Band, Regime
from scoring.domain.stars import Mean, band_of


def are_asked(law: Regime, kind: str) -> bool:
    """Whether a dossier of this kind is decided by written opinions under a regime."""
    return law.renewal is not None and kind == "re_evaluation"


def last_day(law: Regime, accepted_on: date) -> date:
    """The last day for opinions on a file that was complete on `accepted_on`."""
    if law.renewal is None:
        raise ValueError(f"{law.code}: no written opinions")
    return accepted_on + timedelta(days=law.renewal.answer_within_days)


def dissent(totals: Sequence[int], bands: Sequence[Band], max_spread: int) -> bool:
    """Opinions differ: sheets further apart than the regulation allows, or of different bands."""
    if not totals:
        return False
    found = {band_of(Mean(total, 1), bands) for total in totals}
    return len(found) > 1 or max(totals) - min(totals) > max_spread
