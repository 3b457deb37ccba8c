"""A council: who votes, when it may decide, and when its members are too far apart.

The decrees leave this to each council's regulation; the figures are data (QĐ 26/2026, Điều 7.3;
local regulations, among them Tây Ninh's: 75 % with the chair, re-scoring beyond 10 points).
Voters are the members in office less those in declared conflict with the product; the secretary
and the advisory team (tổ tư vấn) do not score. The chair presides, or a vice chair where the
chair is absent or in conflict. Every present voter's sheet must be in. A spread beyond the
limit gives no result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.stars import Mean, mean_of


class Seat(StrEnum):
    """A member's place in the council."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        return _SEAT_LABELS[self]

    @property
    def scores(self) -> bool:
        return self not in {Seat.SECRETARY, Seat.ADVISER}

    @property
    def advises(self) -> bool:
        return self is Seat.ADVISER

    @property
    def keeps(self) -> bool:
        """Opens, marks presence and closes, in the council's name."""
        return self in {Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY}

    @property
    def may_preside(self) -> bool:
        return self in {Seat.CHAIR, Seat.VICE_CHAIR}

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(seat.value, seat.label) for seat in cls]


@dataclass(frozen=True)
class Regulation:
    """The figures of a council's working regulation."""

    quorum_percent: int = 75
    max_spread: int = 10
    minimum_members: int = 0
    reconciliation_rounds: int = 2
    rounds_around_tests: bool = False


@dataclass(frozen=True)
class Member:
    """A member at one product: seat, presence, declared conflict of interest."""

    id: int
    seat: Seat
    present: bool
    in_conflict: bool = False

    @property
    def is_voter(self) -> bool:
        return self.seat.scores and not self.in_conflict


@dataclass(frozen=True)
class Quorum:
    """Whether the council may decide on a product, with the figures behind it."""

    voters: int
    present: int
    needed: int
    presiding: Member | None

    @property
    def is_met(self) -> bool:
        return self.voters > 0 and self.present >= self.needed and self.presiding is not None


def quorum(members: Iterable[Member], regulation: Regulation) -> Quorum:
    """Present voters against the share of all voters, rounded up to whole people."""
    voters = [member for member in members if member.is_voter]
    present = [member for member in voters if member.present]
    share = -(-len(voters) * regulation.quorum_percent // 100)
    return Quorum(
        voters=len(voters),
        present=len(present),
        needed=max(share, regulation.minimum_members),
        presiding=_presiding(present),
    )


def spread(totals: Sequence[int]) -> int:
    """The distance between the highest and the lowest sheet."""
    return max(totals) - min(totals)


def decide_mean(
    members: Sequence[Member], totals: Mapping[int, int], regulation: Regulation
) -> Mean:
    """The mean of the present voters' sheets (`totals` by member id).

    Refused without a quorum, without somebody to preside, while a present voter's sheet is
    missing, and when the sheets lie further apart than the regulation allows; exactly at the
    limit they are accepted. A sheet of somebody who is absent or in conflict is not counted.
    """
    _require_quorum(quorum(members, regulation))
    present = [member for member in members if member.is_voter and member.present]
    waiting = [member for member in present if member.id not in totals]
    if waiting:
        raise RuleBroken(
            "council.sheets_missing",
            term("Còn %(count)s thành viên có mặt chưa nộp phiếu."),
            count=len(waiting),
        )
    counted = [totals[member.id] for member in present]
    if spread(counted) > regulation.max_spread:
        raise RuleBroken(
            "council.spread_too_wide",
            term("Các phiếu chênh nhau %(spread)s điểm, quá mức %(limit)s điểm cho phép."),
            spread=spread(counted),
            limit=regulation.max_spread,
        )
    return mean_of(counted)


def _presiding(present: Iterable[Member]) -> Member | None:
    able = [member for member in present if member.seat.may_preside]
    return min(able, key=lambda member: member.seat is not Seat.CHAIR, default=None)


def _require_quorum(found: Quorum) -> None:
    if found.presiding is None:
        raise RuleBroken(
            "council.nobody_presides",
            term("Chủ tịch và phó chủ tịch hội đồng đều vắng hoặc có xung đột lợi ích."),
        )
    if not found.is_met:
        raise RuleBroken(
            "council.no_quorum",
            term("Mới có %(present)s trên %(voters)s người chấm có mặt, cần ít nhất %(needed)s."),
            present=found.present,
            voters=found.voters,
            needed=found.needed,
        )


_SEAT_LABELS = {
    Seat.CHAIR: term("Chủ tịch hội đồng"),
    Seat.VICE_CHAIR: term("Phó chủ tịch hội đồng"),
    Seat.MEMBER: term("Thành viên"),
    Seat.SECRETARY: term("Thư ký"),
    Seat.ADVISER: term("Tổ tư vấn"),
}
