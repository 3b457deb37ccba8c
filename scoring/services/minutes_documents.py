"""The minutes of a session as PDF, drafted from the data; in Vietnamese, as they are filed.

An extract holds one product alone: it goes with the file of that product to the next level.
"""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from registry.domain.regime import Level
from registry.selectors import UnitNames, names_on
from scoring.domain.authorities import authority_name
from scoring.domain.session_states import SessionState
from scoring.domain.stars import Mean
from scoring.models import AgendaItem, CouncilMember, Rating, Session
from scoring.selectors.minutes import BallotLines, Minutes, MinutesItem, extract_of
from scoring.services.letterheads import NO_NUMBER
from scoring.services.typesetting import compiled

DRAFT = "Dự thảo lập từ dữ liệu của phiên họp; có giá trị khi phiên họp kết thúc và được ký."


def minutes_document(session: Session, minutes: Minutes) -> bytes:
    """What the reader may see of the minutes; the same data gives the same bytes."""
    is_closed = session.status is SessionState.CLOSED
    data = {
        **_data(session, minutes),
        "kind": "Biên bản",
        "opening": f"Hội đồng xét {len(minutes.items)} sản phẩm.",
        "closing": "Biên bản được đọc lại cho những người có mặt cùng nghe và thống nhất.",
        "is_signed": True,
        "draft": not is_closed,
        "footer": "" if is_closed else DRAFT,
        "recipients": [
            "Thành viên hội đồng",
            "Cơ quan tham mưu quản lý OCOP",
            "Lưu: hồ sơ phiên họp",
        ],
    }
    with override("vi"):
        return compiled("minutes", data)


def minutes_extract(item: AgendaItem) -> bytes:
    """The minutes of one product with the names of its sheets, for the file that goes up."""
    session = item.session
    data = {
        **_data(session, extract_of(item)),
        "kind": "Trích biên bản",
        "opening": "Bản trích này chỉ nêu phần về một sản phẩm của phiên họp.",
        "closing": "Nội dung về sản phẩm này đã được kết luận; biên bản đầy đủ lưu tại hội đồng.",
        "is_signed": False,  # the minutes are; an extract points to them
        "recipients": ["Hội đồng cấp tiếp nhận hồ sơ", "Lưu: hồ sơ phiên họp"],
    }
    with override("vi"):
        return compiled("minutes", data)


def _data(session: Session, minutes: Minutes) -> dict[str, Any]:
    council = session.council
    begun = localtime(session.opened_at or session.starts_at)
    names = names_on(begun.date())
    chair, secretary = minutes.chair, minutes.secretary
    return {
        "title": f"Biên bản họp hội đồng OCOP ngày {begun:%d/%m/%Y}",
        "above": authority_name(Level(council.level), names.name(council.unit)),
        "unit": council.name,
        "number": f"{NO_NUMBER}/BB-HĐ",
        "place_and_date": "",
        "about": "Họp đánh giá, phân hạng sản phẩm OCOP",
        "decision": f"{council.decision_number} ngày {council.decided_on:%d/%m/%Y}",
        "regulation": {
            "quorum": council.quorum_percent,
            "spread": council.max_spread,
            "rounds": council.reconciliation_rounds,
        },
        "date": [begun.year, begun.month, begun.day],
        "begun": f"{begun.hour} giờ {begun:%M} phút, ngày {begun:%d/%m/%Y}",
        "ended": _ended(session),
        "place": session.place,
        "present": [_person(member) for member in minutes.present],
        "absent": [_person(member) for member in minutes.absent],
        "chair": str(chair.user) if chair else "……………………",
        "secretary": str(secretary.user) if secretary else "……………………",
        "items": [_item(row, names) for row in minutes.items],
        "note": session.note,
    }


def _ended(session: Session) -> str:
    if session.closed_at is None:
        return ""
    ended = localtime(session.closed_at)
    return f"{ended.hour} giờ {ended:%M} phút, ngày {ended:%d/%m/%Y}"


def _person(member: CouncilMember) -> list[str]:
    return [str(member.user), member.role.label, member.office]


def _item(row: MinutesItem, names: UnitNames) -> dict[str, Any]:
    product = row.item.dossier.enrolment.product
    said = {
        "order": row.item.order,
        "product": product.name,
        "is_open": row.is_open,
        "state": row.item.status.label,
    }
    if not row.is_open:
        return said
    return {
        **said,
        "subject": product.subject.name,
        "place": names.long_name(row.item.dossier.enrolment.commune),
        "set": row.item.dossier.product_set.name,
        "present": row.quorum.present,
        "voters": row.quorum.voters,
        "needed": row.quorum.needed,
        "conflicts": [str(member.user) for member in row.conflicts],
        "stand_in": str(row.stand_in.user) if row.stand_in else "",
        "sheets": [_ballot(lines) for lines in row.sheets],
        "gates": [
            {"criterion": gate.criterion, "star": gate.star, "met": gate.met, "note": gate.note}
            for gate in row.gates
        ],
        "grounds": [{"note": ground.note, "by": str(ground.by)} for ground in row.grounds],
        "rating": _rating(row.rating) if row.rating else None,
        "ended_note": row.item.ended_note,
    }


def _ballot(lines: BallotLines) -> dict[str, Any]:
    return {
        "number": lines.number,
        "kind": lines.kind.label if lines.kind else "",
        "reason": lines.opened.reason if lines.opened else "",
        "spread": lines.spread,
        "sheets": [
            {"name": str(line.member.user) if line.member else "", "total": line.total}
            for line in lines.sheets
        ],
    }


def _rating(rating: Rating) -> dict[str, Any]:
    stars = f"{rating.stars} sao" if rating.stars else "không công nhận hạng sao"
    return {
        "mean": rating.mean_shown,
        "sheets": rating.sheets,
        "stars": stars,
        "outcome": rating.result.label,
        "parts": [_part(rating, code) for code in ("A", "B", "C")],
    }


def _part(rating: Rating, code: str) -> str:
    """The mean of a part; parts are stored as sums over the sheets."""
    return Mean(int(rating.parts.get(code, 0)), rating.sheets).shown()
