"""A contest ranks by the exact mean."""

from scoring.domain.ranking import places
from scoring.domain.stars import Mean


def test_equal_means_share_a_place_and_nothing_is_rounded() -> None:
    means = [Mean(180, 2), Mean(270, 3), Mean(89_995, 1000), Mean(360, 4), Mean(10, 1)]

    assert places(means) == [1, 1, 4, 1, 5]
    assert places([]) == []
