"""The papers around a decision: the decision with its list, and the proposal that presents it.

A draft may be read as PDF at any time and says that it is one; the signed decision is made once
and kept by the service `documents`.
"""

from collections.abc import Sequence
from typing import Any

from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.selectors import UnitNames, names_on, regime
from scoring.domain.authorities import authority_name, head_of, place_of
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.measures import is_measure
from scoring.models import Decision, DecisionItem
from scoring.selectors.decisions import items_of, listed
from scoring.selectors.effects import Effect, effects_of
from scoring.services.letterheads import NO_NUMBER, dated, letterhead, long_day, shown_day
from scoring.services.measure_papers import measure_paper
from scoring.services.typesetting import compiled

OFFICE = "Cơ quan tham mưu quản lý OCOP"
OFFICE_INSIDE = "cơ quan tham mưu quản lý OCOP"


def decision_paper(decision: Decision) -> bytes:
    """The decision and its list of products, more stars first; a measure names certificates."""
    if is_measure(decision.does):
        return measure_paper(decision)
    return compiled("decision", decision_data(decision))


def proposal(decision: Decision) -> bytes:
    """The office asks the authority to sign, and says what the signature does."""
    return compiled("proposal", _proposal_data(decision))


def decision_data(decision: Decision) -> dict[str, Any]:
    """Everything that stands on the decision."""
    items = listed(items_of(decision))
    presented = decision.presented_at
    proposed = f" {long_day(legal_day(presented))}" if presented else ""
    is_correction = decision.does is DecisionKind.CORRECT
    names = names_on(decision.decided_on)
    return {
        **letterhead(decision, names),
        "title": decision.title,
        "head": head_of(Level(decision.level), names.name(decision.unit)),
        "draft": decision.status is not DecisionState.SIGNED,
        "grounds": _grounds(items),
        "proposed": f"Theo đề nghị tại Tờ trình{proposed} của {OFFICE_INSIDE}.",
        "articles": _correcting(decision, items) if is_correction else _recognising(items),
        "recipients": ["Như Điều 3", "Ủy ban nhân dân nơi đăng ký sản phẩm", "Lưu: VT, hồ sơ"],
        "list_title": (
            "Danh sách sản phẩm được đính chính" if is_correction else "Danh sách sản phẩm OCOP"
        ),
        "items": [_listed(item, names) for item in items],
    }


def _listed(item: DecisionItem, names: UnitNames) -> dict[str, str]:
    enrolment = item.rating.dossier.enrolment
    return {
        "product": enrolment.product.name,
        "set": item.rating.dossier.product_set.name,
        "subject": enrolment.product.subject.name,
        "place": names.long_name(enrolment.commune),
        "stars": stars_shown(item),
    }


def stars_shown(item: DecisionItem) -> str:
    return f"{item.stars} sao" if item.stars is not None else "Không công nhận"


def _grounds(items: Sequence[DecisionItem]) -> list[str]:
    laws = dict.fromkeys(act for item in items for act in regime(item.rating.regime).grounds)
    councils = dict.fromkeys(item.rating.item.session.council.name for item in items)
    return [*laws, f"kết quả đánh giá, phân hạng sản phẩm của {', '.join(councils)}"]


def _recognising(items: Sequence[DecisionItem]) -> list[str]:
    months = max((regime(item.rating.regime).certificate_months for item in items), default=0)
    return [
        f"Công nhận {len(items)} sản phẩm đạt hạng sao OCOP theo danh sách kèm theo.",
        f"Kết quả công nhận có giá trị {months} tháng kể từ ngày quyết định. Chủ thể được sử dụng "
        "nhãn hiệu OCOP theo hạng sao và phải giữ các tiêu chí đã được công nhận trong thời gian "
        "đó.",
        _carrying_out(),
    ]


def _correcting(decision: Decision, items: Sequence[DecisionItem]) -> list[str]:
    first = decision.corrects
    named = f"Quyết định số {first.number} {long_day(first.decided_on)}" if first else ""
    return [
        f"Đính chính {named} đối với {len(items)} sản phẩm theo danh sách kèm theo. "
        f"Lý do: {decision.reason}",
        f"Các nội dung khác của {named} giữ nguyên. Giấy chứng nhận được cấp lại có giá trị đến "
        "hết thời hạn của giấy chứng nhận cũ.",
        _carrying_out(),
    ]


def _carrying_out() -> str:
    return (
        f"{OFFICE}, Ủy ban nhân dân nơi đăng ký sản phẩm và các chủ thể có tên trong danh sách "
        "chịu trách nhiệm thi hành quyết định này."
    )


def _proposal_data(decision: Decision) -> dict[str, Any]:
    effects = effects_of(decision)
    level = Level(decision.level)
    on = legal_day(decision.presented_at or decision.drafted_at)
    names = names_on(on)
    head = head_of(level, names.name(decision.unit))
    return {
        **dated(on, place_of(level, names.short_name(decision.unit))),
        "title": f"Tờ trình: {decision.title}",
        "unit": OFFICE,
        "above": authority_name(level, names.name(decision.unit)),
        "number": f"{NO_NUMBER}/TTr-OCOP",
        "about": f"Về việc ban hành quyết định: {decision.title}",
        "to": head,
        "grounds": _grounds([effect.item for effect in effects]),
        "opening": f"{OFFICE} trình {head} xem xét, ký dự thảo quyết định kèm theo, cụ thể:",
        "points": _points(decision, effects),
        "items": [
            {
                "product": effect.item.rating.dossier.enrolment.product.name,
                "subject": effect.item.rating.dossier.enrolment.product.subject.name,
                "mean": effect.item.rating.mean_shown,
                "stars": stars_shown(effect.item),
                "effect": _effect(effect),
            }
            for effect in effects
        ],
        "closing": f"Kính trình {head} xem xét, quyết định.",
        "signer_title": "Người lập tờ trình",
        "signer": str(decision.drafted_by),
        "recipients": ["Như trên", "Lưu: VT, hồ sơ"],
    }


def _points(decision: Decision, effects: Sequence[Effect]) -> list[str]:
    by_stars: dict[str, int] = {}
    for effect in effects:
        by_stars[stars_shown(effect.item)] = by_stars.get(stars_shown(effect.item), 0) + 1
    counted = "; ".join(f"{stars}: {count} sản phẩm" for stars, count in by_stars.items())
    points = [f"Số sản phẩm: {len(effects)} ({counted})."]
    up = [effect for effect in effects if effect.forwards_to is not None]
    if up:
        points.append(f"Hồ sơ chuyển lên cấp trên sau khi ký: {len(up)} (tiềm năng 5 sao).")
    if decision.reason and decision.does is DecisionKind.CORRECT:
        points.append(f"Lý do đính chính: {decision.reason}")
    return points


def _effect(effect: Effect) -> str:
    if effect.valid_until is None:
        return "thu hồi giấy chứng nhận"
    until = f"cấp giấy chứng nhận đến {shown_day(effect.valid_until)}"
    if effect.forwards_to is None:
        return until
    return f"{until}; chuyển lên {effect.forwards_to.label.lower()}"
