"""How firmly a star stands: without any one sheet, and how far the mean is from another band.

Nothing here decides anything. A result is called fragile when the star would be another one
without a single one of the counted sheets; the council's findings on the gates are kept, since
they are the council's and no sheet's. Distances are kept as points over sheets, never divided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.domain.regime import Band
from scoring.domain.gates import GateFinding
from scoring.domain.stars import Mean, award, mean_of


@dataclass(frozen=True)
class WithoutOne:
    """The result if the sheet at `place` (0 for the first) had not been counted."""

    place: int
    total: int
    mean: Mean
    stars: int | None


@dataclass(frozen=True)
class Sensitivity:
    """The star, the results without each sheet, and the distances to the neighbouring bands.

    `above_lower` is how far the mean lies above the start of its band, `below_upper` how far
    under the start of the next (None in the highest). A mean at the very start has distance 0:
    one point less and it is in the band below.
    """

    stars: int | None
    without: tuple[WithoutOne, ...]
    above_lower: Mean | None
    below_upper: Mean | None

    @property
    def flipping(self) -> tuple[WithoutOne, ...]:
        """The sheets whose single removal changes the star."""
        return tuple(each for each in self.without if each.stars != self.stars)

    @property
    def is_fragile(self) -> bool:
        return bool(self.flipping)

    @property
    def nearest(self) -> Mean | None:
        """The shorter of the two distances."""
        known = [each for each in (self.above_lower, self.below_upper) if each is not None]
        return min(known, key=lambda each: each.points, default=None)


def sensitivity(
    totals: Sequence[int], findings: Sequence[GateFinding], bands: Sequence[Band]
) -> Sensitivity:
    """Of at least one counted sheet; a single sheet cannot be left out."""
    mean = mean_of(totals)
    result = award(mean, findings, bands)
    starts = {band.stars: band.at_least for band in bands}
    return Sensitivity(
        stars=result.stars,
        without=tuple(_without(totals, findings, bands)) if len(totals) > 1 else (),
        above_lower=_apart(mean, starts[result.band], above=True) if starts[result.band] else None,
        below_upper=(
            _apart(mean, starts[result.band + 1], above=False)
            if result.band + 1 in starts
            else None
        ),
    )


def _without(
    totals: Sequence[int], findings: Sequence[GateFinding], bands: Sequence[Band]
) -> list[WithoutOne]:
    found = []
    for place, total in enumerate(totals):
        rest = mean_of([*totals[:place], *totals[place + 1 :]])
        found.append(WithoutOne(place, total, rest, award(rest, findings, bands).stars))
    return found


def _apart(mean: Mean, start: int, *, above: bool) -> Mean:
    distance = mean.points - start * mean.sheets
    return Mean(distance if above else -distance, mean.sheets)
