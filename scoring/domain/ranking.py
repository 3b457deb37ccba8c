"""The ranking of a contest: by the exact mean, equal means share a place.

Nothing is rounded: two means are compared as fractions, so 89.995 does not share a place with 90.
"""

from collections.abc import Sequence
from fractions import Fraction

from scoring.domain.stars import Mean


def places(means: Sequence[Mean]) -> list[int]:
    """The place of each mean, 1 for the highest; after two on a place the next one is left out."""
    values = [Fraction(mean.points, mean.sheets) for mean in means]
    return [1 + sum(other > value for other in values) for value in values]
