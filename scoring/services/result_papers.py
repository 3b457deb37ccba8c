"""The result of a product as a sheet of paper for its producer: figures, gates, remark, next star.

It tells what the page tells and no more; with fewer than three sheets totals only.
"""

from typing import Any

from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.selectors import names_on, regime
from scoring.domain.authorities import authority_name, place_of
from scoring.models import Rating
from scoring.selectors.complaints import last_day_for
from scoring.selectors.explanations import Explanation, PartLines, explanation_of
from scoring.selectors.plans import Guide, guide_of_rating
from scoring.services.letterheads import dated, shown_day
from scoring.services.typesetting import compiled

STEPS_SHOWN = 12


def result_sheet(rating: Rating) -> bytes:
    """Made when it is asked for; the same result gives the same bytes."""
    return compiled("result", _data(rating))


def _data(rating: Rating) -> dict[str, Any]:
    level, on = Level(rating.level), legal_day(rating.concluded_at)
    names = names_on(on)
    product = rating.dossier.enrolment.product
    explanation = explanation_of(rating)
    guide = guide_of_rating(rating)
    remark = getattr(rating, "remark", None)
    return {
        **dated(on, place_of(level, names.short_name(rating.unit))),
        "title": f"Kết quả đánh giá, phân hạng: {product.name}",
        "unit": rating.item.session.council.name,
        "above": authority_name(level, names.name(rating.unit)),
        "number": f"KQ-{rating.pk}",
        "about": "Đánh giá, phân hạng sản phẩm OCOP",
        "facts": _facts(rating),
        "gates": _gates(explanation),
        "parts": [_part(part) for part in explanation.parts],
        "totals_only": (
            "Có ít hơn ba phiếu được tính nên chỉ nêu tổng điểm, để không lộ phiếu của từng "
            "thành viên."
        ),
        "remark": remark.text if remark and remark.approved_at else "",
        "next_title": _next_title(guide),
        "next": _next(guide),
        "complaint": _complaint(rating, explanation),
        "recipients": [product.subject.name, "Lưu: hồ sơ đánh giá, cùng biên bản có chữ ký"],
    }


def _facts(rating: Rating) -> list[tuple[str, str]]:
    product = rating.dossier.enrolment.product
    stars = f"{rating.stars} sao" if rating.stars else "Không đạt hạng sao nào"
    standing = f"; kết quả ở cấp này: {rating.standing_stars} sao" if rating.standing_stars else ""
    potential = " (tiềm năng 5 sao)" if rating.potential_five else ""
    return [
        ("Sản phẩm", product.name),
        ("Chủ thể", product.subject.name),
        ("Bộ sản phẩm", rating.dossier.product_set.name),
        ("Mã hồ sơ", rating.dossier.code or "–"),
        ("Áp dụng", regime(rating.regime).decree),
        ("Điểm trung bình", f"{rating.mean_shown} điểm ({rating.sheets} phiếu)"),
        ("Khung điểm", f"hạng {rating.band} sao"),
        ("Hạng sao", f"{stars}{potential}"),
        ("Kết luận", f"{rating.result.label}{standing}"),
    ]


def _gates(explanation: Explanation) -> list[dict[str, Any]]:
    """A line for each star: how many were found met, and by name those that were not."""
    lines = []
    for star in sorted({gate.star for gate in explanation.gates}):
        of_star = [gate for gate in explanation.gates if gate.star == star]
        shut = [gate.criterion for gate in of_star if not gate.met]
        met = [gate.criterion.code for gate in of_star if gate.met]
        told = f"đạt {len(met)} trên {len(of_star)} mức"
        lines.append(
            {
                "star": star,
                "met": f"{told} ({', '.join(met)})." if met else f"{told}.",
                "shut": "; ".join(f"{each.code} {each.name}" for each in shut),
            }
        )
    return lines


def _part(part: PartLines) -> dict[str, Any]:
    return {
        "code": part.part.code,
        "name": part.part.name,
        "mean": part.mean,
        "max": str(part.part.max),
        "lines": [
            {
                "code": line.criterion.code,
                "name": line.criterion.name,
                "option": line.option.label if line.option else "Không đạt mức nào",
                "mean": line.mean,
                "max": str(line.criterion.max),
            }
            for line in part.lines
        ],
    }


def _next_title(guide: Guide | None) -> str:
    return f"Để lên {guide.target} sao cần ít nhất" if guide and guide.target else ""


def _next(guide: Guide | None) -> list[str]:
    if guide is None or guide.first is None:
        return []
    return [
        f"{step.criterion.code} {step.criterion.name}: "
        f"{step.change.aim.label} (+{step.gained} điểm)"
        for step in guide.first.steps[:STEPS_SHOWN]
    ]


def _complaint(rating: Rating, explanation: Explanation) -> str:
    rules = regime(rating.regime).complaint
    return (
        f"Theo {rules.law}, chủ thể được khiếu nại về kết quả của từng tiêu chí đến hết ngày "
        f"{shown_day(last_day_for(rating))}, ngay trên cổng; cơ quan trả lời trong "
        f"{rules.answer_days} ngày. Tiêu chí và mức theo {explanation.rule}."
    )
