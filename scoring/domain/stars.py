"""The star: the band of the mean, held back by gates that are shut.

Bands are half-open intervals on the arithmetic mean of the counted sheets, compared exactly as
(sum, count); the law knows no rounding (QĐ 26/2026, Điều 3.3, 4.1). Up to two stars the band is
the star, a result without decision or certificate. From three on the star is the highest s for
which every gate of at most s stars is met; with a three-star gate shut there is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.domain.regime import Band
from scoring.domain.gates import GateFinding, shut

LOWEST_RECOGNISED = 3


@dataclass(frozen=True)
class Mean:
    """The arithmetic mean of sheets, never divided: the sum of their points and their number."""

    points: int
    sheets: int

    def __post_init__(self) -> None:
        if self.sheets < 1:
            raise ValueError("a mean needs at least one sheet")

    def is_at_least(self, points: int) -> bool:
        return self.points >= points * self.sheets

    def shown(self, *, decimals: int = 2) -> str:
        """For reading only: cut off, never rounded up, with the Vietnamese decimal comma."""
        whole, rest = divmod(self.points * 10**decimals // self.sheets, 10**decimals)
        fraction = f"{rest:0{decimals}d}".rstrip("0")
        return f"{whole},{fraction}" if fraction else str(whole)

    @property
    def position(self) -> str:
        """Where the mean lies on a drawn scale: as shown, with the point that drawings take."""
        return self.shown().replace(",", ".")


@dataclass(frozen=True)
class Award:
    """The star (None: not recognised), the band of the mean, and the gates in the way."""

    stars: int | None
    band: int
    held_back_by: tuple[GateFinding, ...]


def mean_of(totals: Sequence[int]) -> Mean:
    return Mean(sum(totals), len(totals))


def band_of(mean: Mean, bands: Iterable[Band]) -> int:
    """The band whose interval holds the mean."""
    return max(band.stars for band in bands if mean.is_at_least(band.at_least))


def award(mean: Mean, findings: Iterable[GateFinding], bands: Sequence[Band]) -> Award:
    """The star of a mean under the findings on the gates; a gate never raises a star."""
    band = band_of(mean, bands)
    if band < LOWEST_RECOGNISED:
        return Award(band, band, ())
    in_the_way = shut(findings, up_to=band)
    if not in_the_way:
        return Award(band, band, ())
    reached = in_the_way[0].star - 1
    return Award(reached if reached >= LOWEST_RECOGNISED else None, band, in_the_way)
