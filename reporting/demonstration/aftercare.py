"""The OCOP office after recognition: visits with a finding, a citizen answered, the mark.

The mark that is uploaded is a placeholder and says so: the official one is never drawn by us.
"""

from datetime import timedelta
from functools import cache

import typst
from django.core.files.base import ContentFile

from ocop_portal.accounts.models import User
from promotion.domain.reports import ReportKind
from promotion.services import labels, reports
from reporting.demonstration.calendar import Calendar
from scoring.domain.certificate_states import CertificateState
from scoring.domain.inspections import Answer, Proposal
from scoring.models import Certificate, Inspection
from scoring.selectors.inspections import checklist_of, office_of
from scoring.services import inspections
from scoring.services.inspections import Seen

FICTITIOUS = "(hư cấu)"
VISITED, FOUND, ANSWERED, PLANNED = 12, 9, 6, 30
VISITS = 4
DRAWN = """
#set page(width: 12cm, height: 8cm, margin: 6mm, fill: rgb("{ground}"))
#set text(lang: "vi", size: 15pt)
#set align(center + horizon)
#rect(width: 100%, height: 100%, stroke: (thickness: 1.5pt, dash: "dashed"), inset: 4mm)[{words}]
"""
PLACEHOLDER = (
    '#text(weight: "bold")[Ô GIỮ CHỖ – {stars} SAO] \\ Đây không phải nhãn hiệu OCOP. \\ '
    "Cổng trình diễn tự vẽ; tỉnh hãy thay bằng mẫu chính thức."
)
PHOTOGRAPH = "Ảnh minh họa (hư cấu): \\ bao bì in 5 sao, giấy chứng nhận ghi {stars} sao"


def look_after(unit_path: str, *, officer: User, calendar: Calendar) -> None:
    """Everything that the office of a province did in the last weeks."""
    held = _in_force(unit_path)
    if len(held) < 2:  # noqa: PLR2004 - one that keeps everything, one that does not
        return
    _keep_marks(held[0], officer, calendar)
    visits = _plan(held, officer, calendar)
    _visit(visits[0], officer, calendar)
    _visit(visits[1], officer, calendar, wrong="mark-stars")
    _reports(held[1], held[-1], officer, calendar)


def _in_force(path: str) -> list[Certificate]:
    rows = Certificate.objects.filter(
        state=CertificateState.VALID, product__commune__path__startswith=path, stars__lt=5
    )
    return list(rows.select_related("product__commune__parent__parent").order_by("pk")[:VISITS])


def _keep_marks(held: Certificate, officer: User, calendar: Calendar) -> None:
    for stars in (3, 4):
        words = PLACEHOLDER.format(stars=stars)
        drawn = ContentFile(_drawn(words, "#ffffff"), f"o-giu-cho-{stars}-sao.png")
        labels.keep_mark(
            office_of(held), stars=stars, file=drawn, by=officer, at=calendar.at(PLANNED)
        )


def _plan(held: list[Certificate], officer: User, calendar: Calendar) -> list[Inspection]:
    """Visits of this year, the last ones still to be made; the plan's day is before its end."""
    on = calendar.day(PLANNED)
    due_on = min(calendar.today + timedelta(days=10), on.replace(month=12, day=31))
    plan = inspections.plan(
        office_of(held[0]),
        year=on.year,
        certificates=held,
        due_on=due_on,
        by=officer,
        at=calendar.at(PLANNED),
    )
    return list(plan.inspections.order_by("pk"))


def _visit(inspection: Inspection, officer: User, calendar: Calendar, *, wrong: str = "") -> None:
    seen = {
        item.code: Seen(Answer.NOT_KEPT, "Bao bì cũ in 5 sao (hư cấu)")
        if item.code == wrong
        else Seen(Answer.KEPT)
        for item in checklist_of(inspection.certificate)
    }
    inspections.record(
        inspection,
        visited_on=calendar.day(VISITED),
        inspectors=f"{officer.full_name} và cán bộ xã {FICTITIOUS}",
        seen=seen,
        conclusion="Còn bao bì cũ in sai hạng sao." if wrong else "Giữ được các tiêu chí.",
        by=officer,
        at=calendar.at(VISITED, 15),
    )
    if not wrong:
        inspections.close(inspection, note="Không có phát hiện.", by=officer, at=calendar.at(FOUND))
        return
    words = PHOTOGRAPH.format(stars=inspection.certificate.stars)
    inspections.add_photo(
        inspection,
        file=ContentFile(_drawn(words, "#efe6cf"), "bao-bi.png"),
        caption="Bao bì cũ in 5 sao trên kệ hàng (ảnh minh họa, hư cấu)",
        by=officer,
        at=calendar.at(FOUND),
    )
    inspections.find(
        inspection,
        text="Thu hồi bao bì cũ in 5 sao và in lại đúng hạng sao (hư cấu).",
        due_on=calendar.today + timedelta(days=20),
        proposal=Proposal.NONE,
        by=officer,
        at=calendar.at(FOUND, 10),
    )


def _reports(found: Certificate, other: Certificate, officer: User, calendar: Calendar) -> None:
    """One report that was answered, one that still waits."""
    answered = reports.receive(
        kind=ReportKind.WRONG_STARS,
        text="Ở chợ trung tâm, bao bì in 5 sao nhưng mã QR cho thấy hạng thấp hơn (hư cấu).",
        certificate=found,
        place="Chợ trung tâm",
        at=calendar.at(VISITED + 3),
    )
    reports.take(answered, by=officer, at=calendar.at(VISITED + 2))
    reports.answer(
        answered,
        text="Cảm ơn bạn. Đã kiểm tra: bao bì cũ in sai, chủ thể phải thu hồi và in lại (hư cấu).",
        by=officer,
        at=calendar.at(ANSWERED),
    )
    reports.receive(
        kind=ReportKind.OTHER,
        text="Cửa hàng treo nhãn OCOP chung cho cả kệ, cả hàng chưa được công nhận (hư cấu).",
        certificate=other,
        place="Cửa hàng đặc sản bến xe",
        at=calendar.at(2, 16),
    )


@cache
def _drawn(words: str, ground: str) -> bytes:
    """A picture in words, drawn by ourselves."""
    source = DRAWN.replace("{words}", words).replace("{ground}", ground)
    picture = typst.compile(source.encode(), format="png", ppi=150)
    return bytes(picture)
