"""The decision that suspends, restores or revokes certificates, on paper."""

from typing import Any

from registry.domain.regime import Level
from registry.selectors import names_on, regime
from scoring.domain.authorities import head_of
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.models import Decision
from scoring.selectors.measures import measures_of
from scoring.services.letterheads import letterhead, long_day
from scoring.services.typesetting import compiled

# What follows for the subject; printed, and Vietnamese in every language.
CONSEQUENCES = {
    DecisionKind.SUSPEND: "Chủ thể không sử dụng hạng sao và nhãn hiệu OCOP trong thời gian đó.",
    DecisionKind.RESTORE: "Chủ thể được dùng lại hạng sao và nhãn hiệu OCOP đến hết hạn của giấy.",
    DecisionKind.REVOKE: "Chủ thể không còn được dùng hạng sao và nhãn hiệu OCOP kể từ ngày ký.",
}


def measure_paper(decision: Decision) -> bytes:
    """The decision with its certificates; a draft says that it is one."""
    return compiled("measure", _measure_data(decision))


def _measure_data(decision: Decision) -> dict[str, Any]:
    measures = list(measures_of(decision))
    first = measures[0]
    names = names_on(decision.decided_on)
    return {
        **letterhead(decision, names),
        "title": decision.title,
        "draft": decision.status is not DecisionState.SIGNED,
        "head": head_of(Level(decision.level), names.name(decision.unit)),
        "verb": decision.does.label,
        "grounds": [
            *regime(first.certificate.regime).grounds,
            f"kết luận kiểm tra, xác minh {long_day(first.concluded_on)}",
        ],
        "legal_ground": RevocationGround(first.ground).label if first.ground else "",
        "note": first.note,
        "consequence": CONSEQUENCES[decision.does],
        "items": [
            {
                "number": measure.certificate.number,
                "product": measure.certificate.product_name,
                "subject": measure.certificate.subject_name,
                "stars": measure.certificate.stars,
            }
            for measure in measures
        ],
    }
