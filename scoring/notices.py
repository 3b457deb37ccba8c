"""Who is told what of councils, results and certificates, and what each entry is called."""

from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Posting, Unit
from registry.selectors import holders, producers_of
from registry.selectors.people import active
from scoring.domain.council import Seat
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    CouncilMember,
    Decision,
    Inspection,
    Rating,
    Session,
    Sheet,
)
from scoring.permissions import OFFICER_OF, unit_at
from scoring.selectors.councils import members_of
from scoring.selectors.ratings import lower_level

TITLES = {
    "scoring.self_assessment.saved": term("Báo cáo tự đánh giá đã lưu"),
    "scoring.rubric.loaded": term("Bộ tiêu chí đã nạp"),
    "scoring.rubric.published": term("Bộ tiêu chí đã công bố"),
    "scoring.rubric.retired": term("Bộ tiêu chí đã được thay thế"),
    "scoring.council.appointed": term("Hội đồng được thành lập"),
    "scoring.member.added": term("Thêm thành viên hội đồng"),
    "scoring.member.ended": term("Thành viên thôi tham gia hội đồng"),
    "scoring.session.called": term("Phiên họp được triệu tập"),
    "scoring.session.tomorrow": term("Nhắc phiên họp ngày mai"),
    "scoring.session.opened": term("Phiên họp khai mạc"),
    "scoring.session.closed": term("Phiên họp kết thúc"),
    "scoring.session.cancelled": term("Phiên họp bị hủy"),
    "scoring.session.attendance_marked": term("Ghi nhận có mặt"),
    "scoring.session.attendance_unmarked": term("Bỏ ghi nhận có mặt"),
    "scoring.conflict.declared": term("Khai có xung đột lợi ích"),
    "scoring.conflict.denied": term("Khai không có xung đột lợi ích"),
    "scoring.sheet.saved": term("Phiếu chấm được lưu nháp"),
    "scoring.sheet.submitted": term("Phiếu chấm đã nộp"),
    "scoring.sheet.reopened": term("Phiếu chấm được mở lại"),
    "scoring.sheet.due": term("Phiếu chấm đến hạn ngày mai"),
    "scoring.sheet.overdue": term("Phiếu chấm nộp muộn"),
    "scoring.opinion.saved": term("Ý kiến tư vấn được lưu nháp"),
    "scoring.opinion.sent": term("Ý kiến tư vấn đã gửi"),
    "scoring.supplement.asked": term("Tổ tư vấn đề nghị bổ sung"),
    "scoring.samples.numbered": term("Phát số mẫu"),
    "scoring.tasting.saved": term("Phần cảm quan được lưu nháp"),
    "scoring.tasting.closed": term("Phần cảm quan được chốt"),
    "scoring.sheets.all_in": term("Đã đủ phiếu chấm"),
    "scoring.spread.too_wide": term("Chênh lệch giữa các phiếu quá mức"),
    "scoring.ballot.opened": term("Mở lượt chấm lại"),
    "scoring.gates.found": term("Ghi nhận mức tối thiểu theo hạng sao"),
    "scoring.ground.found": term("Ghi nhận căn cứ loại hoặc dừng chấm"),
    "scoring.ground.withdrawn": term("Bỏ ghi nhận căn cứ"),
    "scoring.interests.stated": term("Thành viên kê khai quan hệ lợi ích"),
    "scoring.assignment.confirmed": term("Phân công đọc hồ sơ"),
    "scoring.dossiers.ready": term("Hồ sơ sẵn sàng để đọc"),
    "scoring.item.taken_up": term("Đưa sản phẩm ra xét"),
    "scoring.item.removed": term("Hồ sơ được rút khỏi phiên họp"),
    "scoring.item.stopped": term("Dừng chấm"),
    "scoring.item.referred": term("Ý kiến khác nhau, chuyển ra họp"),
    "scoring.item.without_result": term("Không có kết quả, hồ sơ được trả lại"),
    "scoring.rating.concluded": term("Hội đồng kết luận"),
    "scoring.choice.asked": term("Chờ cấp dưới chọn cách xử lý"),
    "scoring.choice.made": term("Cấp dưới đã chọn cách xử lý"),
    "scoring.complaint.lodged": term("Khiếu nại được gửi"),
    "scoring.complaint.handed_over": term("Khiếu nại được chuyển cho đồng nghiệp"),
    "scoring.complaint.taken": term("Khiếu nại được thụ lý"),
    "scoring.complaint.extended": term("Gia hạn giải quyết khiếu nại"),
    "scoring.complaint.answered": term("Khiếu nại được trả lời"),
    "scoring.complaint.withdrawn": term("Khiếu nại được rút"),
    "scoring.complaint.due": term("Nhắc hạn trả lời khiếu nại"),
    "scoring.remark.written": term("Soạn nhận xét về kết quả"),
    "scoring.remark.approved": term("Nhận xét của hội đồng được duyệt"),
    "scoring.package.verified": term("Gói hồ sơ chuyển cấp đã được kiểm tra"),
    "scoring.decision.drafted": term("Dự thảo quyết định được lập"),
    "scoring.decision.presented": term("Dự thảo quyết định được trình ký"),
    "scoring.decision.handed_back": term("Dự thảo quyết định bị trả lại"),
    "scoring.decision.revised": term("Dự thảo quyết định được sửa"),
    "scoring.decision.discarded": term("Dự thảo quyết định bị bỏ"),
    "scoring.decision.signed": term("Quyết định được ký"),
    "scoring.certificate.issued": term("Giấy chứng nhận được cấp"),
    "scoring.certificate.expiring": term("Giấy chứng nhận sắp hết hạn"),
    "scoring.certificate.expired": term("Giấy chứng nhận hết hạn"),
    "scoring.certificate.suspended": term("Giấy chứng nhận bị tạm dừng"),
    "scoring.certificate.restored": term("Giấy chứng nhận có hiệu lực trở lại"),
    "scoring.certificate.revoked": term("Giấy chứng nhận bị thu hồi"),
    "scoring.certificate.superseded": term("Giấy chứng nhận được thay thế"),
    "scoring.certificate.recorded": term("Giấy chứng nhận cũ được ghi từ sổ"),
    "scoring.certificate.reinstated": term("Giấy chứng nhận không còn bị thay thế"),
    "scoring.certificate.taken_back": term("Giấy chứng nhận ghi từ sổ được gỡ"),
    "scoring.decision.recorded": term("Quyết định cũ được ghi từ sổ"),
    "scoring.inspection.ordered": term("Lập lượt kiểm tra sau công nhận"),
    "scoring.inspection.recorded": term("Ghi kết quả kiểm tra sau công nhận"),
    "scoring.inspection.found": term("Phát hiện khi kiểm tra"),
    "scoring.inspection.mended": term("Đã khắc phục điều phát hiện"),
    "scoring.inspection.photographed": term("Thêm ảnh kiểm tra"),
    "scoring.inspection.overdue": term("Quá hạn khắc phục điều phát hiện"),
    "scoring.inspection.closed": term("Khép lượt kiểm tra"),
    "scoring.inspection.cancelled": term("Hủy lượt kiểm tra"),
    "scoring.key.made": term("Khóa ký đầu tiên được tạo"),
    "scoring.key.rotated": term("Khóa ký được thay"),
    "scoring.key.compromised": term("Khóa ký bị lộ được thay và thu hồi"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    _tell("scoring.member.added", _the_member, _council_url)
    for word in ("called", "tomorrow", "opened", "cancelled"):
        _tell(f"scoring.session.{word}", _session_members, _session_url)
    _tell("scoring.dossiers.ready", _named_member, _session_url)
    _tell("scoring.conflict.declared", _chair_and_secretary, _item_url)
    _tell("scoring.sheets.all_in", _free_keepers, _item_url)
    _tell("scoring.supplement.asked", _free_keepers, _item_url)
    _tell("scoring.spread.too_wide", _voters, _item_url)
    _tell("scoring.ballot.opened", _voters, _item_url)
    _tell("scoring.sheet.reopened", _sheet_member, _item_url)
    _tell("scoring.sheet.due", _named_member, _item_url)
    _tell("scoring.sheet.overdue", _named_member, _item_url)
    _tell("scoring.item.without_result", _subject_and_officers, _dossier_url)
    _tell("scoring.item.referred", _council_office, _item_url)
    _tell("scoring.item.stopped", _subject_and_officers, _dossier_url)
    _tell("scoring.rating.concluded", _rated, _rating_url)
    _tell("scoring.choice.asked", _lower_officers, _rating_url)
    for word in ("lodged", "withdrawn", "due"):
        _tell(f"scoring.complaint.{word}", _complaint_office, _complaint_url)
    for word in ("taken", "extended", "answered"):
        _tell(f"scoring.complaint.{word}", _complainants, _complaint_url)
    _tell("scoring.remark.written", _presiding, _rating_url)
    _tell("scoring.remark.approved", _rated, _rating_url)
    _tell("scoring.decision.presented", _signers, _decision_url)
    _tell("scoring.decision.handed_back", _decision_officers, _decision_url)
    _tell("scoring.decision.signed", _decision_officers, _decision_url)
    for word in ("issued", "expiring", "expired", "suspended", "restored", "revoked"):
        _tell(f"scoring.certificate.{word}", _certified, _certificate_url)
    for word in ("recorded", "found", "overdue", "closed"):
        _tell(f"scoring.inspection.{word}", _inspected, _inspection_url)


def _tell(
    kind: str, recipients: Callable[[Entry], Iterable[User]], url: Callable[[Entry], str]
) -> None:
    notices.register(Notice(kind=kind, recipients=recipients, url=url))


def _the_member(entry: Entry) -> list[User]:
    return [CouncilMember.objects.select_related("user").get(pk=entry.subject_id).user]


def _session_members(entry: Entry) -> list[User]:
    council = Session.objects.select_related("council").get(pk=entry.subject_id).council
    return members_of(council, legal_day(entry.at))


def _chair_and_secretary(entry: Entry) -> list[User]:
    seats = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY)
    return members_of(_item(entry).session.council, legal_day(entry.at), *seats)


def _free_keepers(entry: Entry) -> list[User]:
    """Chair, vice chairs and secretary who have said that they have no conflict."""
    return _free(entry, *(seat for seat in Seat if seat.keeps))


def _voters(entry: Entry) -> list[User]:
    """Those who score this product: the others are told nothing more of it."""
    return _free(entry, *(seat for seat in Seat if seat.scores))


def _free(entry: Entry, *seats: Seat) -> list[User]:
    return _free_of(_item(entry), entry, *seats)


def _free_of(item: AgendaItem, entry: Entry, *seats: Seat) -> list[User]:
    """Members in these seats (in any, where none is named) who declared no conflict."""
    declared = item.declarations.filter(has_conflict=False)
    free = set(declared.values_list("member__user", flat=True))
    people = members_of(item.session.council, legal_day(entry.at), *seats)
    return [user for user in people if user.pk in free]


def _sheet_member(entry: Entry) -> list[User]:
    return [Sheet.objects.select_related("member__user").get(pk=entry.subject_id).member.user]


def _named_member(entry: Entry) -> list[User]:
    return [CouncilMember.objects.select_related("user").get(pk=entry.facts["member_id"]).user]


def _subject_and_officers(entry: Entry) -> list[User]:
    item = _item(entry)
    subject = item.dossier.enrolment.product.subject
    council = item.session.council
    on = legal_day(entry.at)
    return [*producers_of(subject, on), *_officers(council, on)]


def _council_office(entry: Entry) -> list[User]:
    """The office that calls the meeting, and who leads the council."""
    council = _item(entry).session.council
    on = legal_day(entry.at)
    seats = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY)
    return [*_officers(council, on), *members_of(council, on, *seats)]


def _rated(entry: Entry) -> list[User]:
    """The producer, the office, and the council itself but for members in conflict."""
    rating = _rating(entry)
    subject = rating.dossier.enrolment.product.subject
    on = legal_day(entry.at)
    people = [
        *producers_of(subject, on),
        *_officers(rating.item.session.council, on),
        *_free_of(rating.item, entry),
    ]
    return list(dict.fromkeys(people))


def _lower_officers(entry: Entry) -> list[User]:
    rating = _rating(entry)
    level = lower_level(rating)
    unit = unit_at(rating.dossier, level) if level else None
    if level is None or unit is None:
        return []
    return _posted(OFFICER_OF[level], unit, entry)


def _signers(entry: Entry) -> list[User]:
    decision = Decision.objects.select_related("unit").get(pk=entry.subject_id)
    return _posted(Role.AUTHORITY, decision.unit, entry)


def _decision_officers(entry: Entry) -> list[User]:
    decision = Decision.objects.select_related("unit").get(pk=entry.subject_id)
    return _posted(OFFICER_OF[Level(decision.level)], decision.unit, entry)


def _complaint(entry: Entry) -> Complaint:
    rows = Complaint.objects.select_related(
        "rating__dossier__enrolment__product__subject", "rating__unit", "owner"
    )
    return rows.get(pk=entry.subject_id)


def _complaint_office(entry: Entry) -> list[User]:
    """Who deals with it, else the office of the level."""
    complaint = _complaint(entry)
    if complaint.owner is not None:
        return [complaint.owner]
    rating = complaint.rating
    return _posted(OFFICER_OF[rating.at_level], rating.unit, entry)


def _complainants(entry: Entry) -> list[User]:
    subject = _complaint(entry).rating.dossier.enrolment.product.subject
    return list(producers_of(subject, legal_day(entry.at)))


def _presiding(entry: Entry) -> list[User]:
    council = _rating(entry).item.session.council
    return members_of(council, legal_day(entry.at), Seat.CHAIR, Seat.VICE_CHAIR)


def _certified(entry: Entry) -> list[User]:
    certificate = Certificate.objects.select_related("product__subject", "unit").get(
        pk=entry.subject_id
    )
    producers = producers_of(certificate.product.subject, legal_day(entry.at))
    officers = _posted(OFFICER_OF[Level(certificate.level)], certificate.unit, entry)
    return [*producers, *officers]


def _inspected(entry: Entry) -> list[User]:
    inspection = Inspection.objects.select_related("certificate__product__subject", "unit").get(
        pk=entry.subject_id
    )
    producers = producers_of(inspection.certificate.product.subject, legal_day(entry.at))
    officers = _posted(OFFICER_OF[Level(inspection.unit.level)], inspection.unit, entry)
    return [*producers, *officers]


def _officers(council: Council, on: date) -> Iterable[User]:
    return holders(OFFICER_OF[Level(council.level)], unit=council.unit, on=on)


def _posted(role: Role, unit: Unit, entry: Entry) -> list[User]:
    """Holders of a role on exactly this unit."""
    held = Posting.objects.filter(active(legal_day(entry.at)), role=role, unit=unit)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _item(entry: Entry) -> AgendaItem:
    rows = AgendaItem.objects.select_related(
        "session__council__unit", "dossier__enrolment__product__subject"
    )
    return rows.get(pk=entry.facts["item_id"])


def _rating(entry: Entry) -> Rating:
    rows = Rating.objects.select_related(
        "item__session__council__unit", "dossier__enrolment__product__subject"
    )
    return rows.get(pk=entry.subject_id)


def _council_url(entry: Entry) -> str:
    return reverse("scoring:council-detail", args=[entry.facts["council_id"]])


def _session_url(entry: Entry) -> str:
    return reverse("scoring:session-detail", args=[entry.facts["session_id"]])


def _item_url(entry: Entry) -> str:
    return reverse("scoring:item-detail", args=[entry.facts["item_id"]])


def _dossier_url(entry: Entry) -> str:
    return reverse("cycle:dossier-detail", args=[entry.facts["dossier_id"]])


def _rating_url(entry: Entry) -> str:
    return reverse("scoring:rating-detail", args=[entry.subject_id])


def _complaint_url(entry: Entry) -> str:
    return reverse("scoring:complaint-detail", args=[entry.subject_id])


def _decision_url(entry: Entry) -> str:
    return reverse("scoring:decision-detail", args=[entry.subject_id])


def _certificate_url(entry: Entry) -> str:
    return reverse("scoring:certificate-detail", args=[entry.subject_id])


def _inspection_url(entry: Entry) -> str:
    return reverse("scoring:inspection-detail", args=[entry.subject_id])
