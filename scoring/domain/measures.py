"""What an authority may decide about a certificate: suspend it, restore it, revoke it.

Quyết định 26/2026/QĐ-TTg, Điều 8: a recognition is withdrawn on one of six grounds, after the OCOP
office has verified it, within fifteen days of the conclusion. The subject is heard first; where it
was not, the decision says why. Suspending and restoring are the milder measures of an inspection
(Điều 9).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.certificate_states import CertificateMove, RevocationGround
from scoring.domain.decision_states import DecisionKind


@dataclass(frozen=True)
class Case:
    """Why an authority acts: since which conclusion, on which ground, what the subject said.

    `note` stands in the decision; without `heard_on` the hearing's note says why nobody was heard.
    """

    note: str
    concluded_on: date
    ground: RevocationGround | None = None
    heard_on: date | None = None
    hearing_note: str = ""


MOVES = {
    DecisionKind.SUSPEND: CertificateMove.SUSPEND,
    DecisionKind.RESTORE: CertificateMove.RESTORE,
    DecisionKind.REVOKE: CertificateMove.REVOKE,
}


def is_measure(kind: DecisionKind) -> bool:
    """Whether a decision of this kind is about certificates that exist."""
    return kind in MOVES


def takes_force_away(kind: DecisionKind) -> bool:
    """Whether a ground is needed, and the subject's word."""
    return kind in {DecisionKind.SUSPEND, DecisionKind.REVOKE}


def check_case(kind: DecisionKind, case: Case, *, on: date) -> None:
    """Refuses a case without its facts: the reason, the ground, the hearing, the conclusion."""
    if not case.note.strip():
        raise RuleBroken("measure.note", term("Hãy ghi rõ lý do."), field="note")
    if case.concluded_on > on:
        raise RuleBroken(
            "measure.to_come", term("Ngày kết luận không được ở tương lai."), field="concluded_on"
        )
    if not takes_force_away(kind):
        return
    if case.ground is None:
        raise RuleBroken("measure.ground", term("Hãy chọn căn cứ."), field="ground")
    if not case.hearing_note.strip():
        raise RuleBroken(
            "measure.hearing",
            term("Hãy ghi ý kiến của chủ thể, hoặc vì sao chưa nghe được chủ thể."),
            field="hearing_note",
        )


def last_day(concluded_on: date, within_days: int | None) -> date | None:
    """Until when the decision is due; None where the decree sets no day."""
    return None if within_days is None else concluded_on + timedelta(days=within_days)
