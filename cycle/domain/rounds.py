"""The kinds of rounds: an ordinary one, and a contest that a level below the province holds.

The district's People's Committee holds a contest of its products, from which those that reach the
regime's threshold go on to the province (QĐ 490/2018; QĐ 1048/2019). Which level may hold one is
data of the regime; under a regime without contests there is none.
"""

from enum import StrEnum

from registry.domain.regime import Level, Regime
from registry.domain.text import term


class RoundKind(StrEnum):
    """What sort of round products take part in."""

    ORDINARY = "ordinary"
    CONTEST = "contest"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def levels_of(kind: RoundKind, law: Regime) -> frozenset[Level]:
    """The levels at which a round of a kind is opened under a regime; empty: nowhere."""
    if kind is RoundKind.ORDINARY:
        return frozenset({Level.PROVINCE, Level.CENTRAL})
    return frozenset({law.contest_level}) if law.contest_level else frozenset()


_LABELS = {
    RoundKind.ORDINARY: term("Đợt đánh giá, phân hạng"),
    RoundKind.CONTEST: term("Cuộc thi sản phẩm"),
}
