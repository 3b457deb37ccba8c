"""What the entries of the cycle are called, and who is told of which."""

from collections.abc import Iterable

from django.urls import reverse

from cycle.domain.messages import Side
from cycle.domain.posts import OFFICER_OF
from cycle.models import Enrolment, LodgingConfirmation, SessionAttendee
from cycle.selectors import code_for, representatives_of
from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice, Recipients
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import holders, producers_of, regime

TITLES = {
    "cycle.round.opened": term("Mở đợt"),
    "cycle.round.closed": term("Đóng đợt"),
    "cycle.enrolment.opened": term("Tham gia chu trình"),
    "cycle.enrolment.advanced": term("Sang bước tiếp theo"),
    "cycle.enrolment.ended": term("Lượt tham gia kết thúc"),
    "cycle.enrolment.reopened": term("Mở lại để chấm lại sau khiếu nại"),
    "cycle.enrolment.rated": term("Cập nhật hạng sao"),
    "cycle.idea.saved": term("Lưu ý tưởng"),
    "cycle.idea.prepared": term("Cán bộ soạn hộ ý tưởng, chờ chủ thể xác nhận"),
    "cycle.idea.reopened": term("Chủ thể lấy lại ý tưởng để sửa"),
    "cycle.idea.submitted": term("Gửi ý tưởng"),
    "cycle.idea.returned": term("Ý tưởng được trả lại để sửa"),
    "cycle.idea.accepted": term("Ý tưởng được chấp nhận"),
    "cycle.idea.declined": term("Ý tưởng không được chấp nhận"),
    "cycle.plan.saved": term("Lưu phương án"),
    "cycle.plan.submitted": term("Gửi phương án"),
    "cycle.plan.returned": term("Phương án được trả lại để sửa"),
    "cycle.plan.accepted": term("Phương án được chấp nhận"),
    "cycle.plan.declined": term("Phương án không được chấp nhận"),
    "cycle.milestone.added": term("Thêm mốc thực hiện"),
    "cycle.milestone.completed": term("Hoàn thành mốc thực hiện"),
    "cycle.milestone.dropped": term("Bỏ mốc thực hiện"),
    "cycle.dossier.started": term("Mở hồ sơ đánh giá"),
    "cycle.dossier.prefilled": term("Điền sẵn hồ sơ từ lần trước"),
    "cycle.dossier.texts_proposed": term("Đề xuất chữ điền sẵn cho hồ sơ"),
    "cycle.dossier.saved": term("Lưu hồ sơ"),
    "cycle.dossier.evidence_attached": term("Gắn minh chứng vào hồ sơ"),
    "cycle.dossier.evidence_detached": term("Gỡ minh chứng khỏi hồ sơ"),
    "cycle.dossier.evidence_replaced": term("Thay minh chứng bằng bản mới"),
    "cycle.dossier.lodged": term("Nộp hồ sơ"),
    "cycle.dossier.reported": term("UBND cấp xã đã báo cáo"),
    "cycle.dossier.accepted": term("Hồ sơ được tiếp nhận"),
    "cycle.dossier.returned": term("Hồ sơ được trả lại để hoàn thiện"),
    "cycle.dossier.taken_to_council": term("Hồ sơ được đưa ra hội đồng"),
    "cycle.dossier.postponed": term("Hồ sơ được rút khỏi phiên họp"),
    "cycle.dossier.sent_back": term("Hội đồng trả lại hồ sơ"),
    "cycle.dossier.concluded": term("Hội đồng đã kết luận"),
    "cycle.dossier.forwarded": term("Hồ sơ được chuyển cấp trên"),
    "cycle.dossier.passed_on": term("Chuyển hội đồng tiếp theo cùng cấp"),
    "cycle.dossier.rescored": term("Chấm lại sau khiếu nại"),
    "cycle.dossier.handed_down": term("Hồ sơ được giao đánh giá lại"),
    "cycle.dossier.recognised": term("Hồ sơ được công nhận"),
    "cycle.dossier.not_recognised": term("Hồ sơ chưa được công nhận"),
    "cycle.dossier.withdrawn": term("Rút hồ sơ"),
    "cycle.dossier.report_due": term("Sắp tới hạn báo cáo của UBND cấp xã"),
    "cycle.dossier.report_overdue": term("Quá hạn báo cáo của UBND cấp xã"),
    "cycle.dossier.correction_due": term("Sắp tới ngày hẹn nộp lại hồ sơ đã sửa"),
    "cycle.dossier.correction_overdue": term("Quá ngày hẹn nộp lại hồ sơ đã sửa"),
    "cycle.answer.overdue": term("Quá hạn trả lời chủ thể"),
    "cycle.dossier.confirmation_asked": term("Xin người đại diện xác nhận việc nộp hồ sơ"),
    "cycle.dossier.confirmed": term("Người đại diện đã xác nhận bằng mã"),
    "cycle.sample.received": term("Nhận mẫu sản phẩm"),
    "cycle.sample.handled": term("Ghi sổ mẫu sản phẩm"),
    "cycle.message.sent": term("Gửi tin trao đổi"),
    "cycle.support.sent": term("Gửi đề nghị hỗ trợ"),
    "cycle.support.answered": term("Trả lời đề nghị hỗ trợ"),
    "cycle.support.granted": term("Đồng ý hỗ trợ"),
    "cycle.support.refused": term("Không hỗ trợ"),
    "cycle.support.completed": term("Đã hỗ trợ xong"),
    "cycle.session.opened": term("Mở lớp tuyên truyền, tập huấn"),
    "cycle.session.cancelled": term("Lớp tuyên truyền, tập huấn bị hủy"),
    "cycle.session.registered": term("Đăng ký dự lớp"),
    "cycle.session.left": term("Thôi dự lớp"),
    "cycle.session.added": term("Ghi thêm người dự lớp"),
    "cycle.session.attendance_marked": term("Điểm danh lớp"),
    "cycle.session.material_added": term("Thêm tài liệu cho lớp"),
}


def register() -> None:
    """Announces titles and notices to the journal; called once when the app is ready."""
    kinds.register_all(TITLES)
    for name, page in (("idea", "cycle:idea"), ("plan", "cycle:plan")):
        for word, told in (
            ("submitted", _appraisers_and_producers),
            ("returned", _producers),
            ("accepted", _producers),
            ("declined", _producers),
        ):
            _announce(f"cycle.{name}.{word}", told, page, "enrolment")
    _announce("cycle.idea.prepared", _producers, "cycle:idea", "enrolment")
    for word, told in (
        ("lodged", _office_and_producers),
        ("reported", _office_and_producers),
        ("accepted", _producers),
        ("returned", _producers),
        ("sent_back", _producers),
        ("forwarded", _office_and_producers),
        ("handed_down", _office_and_producers),
        ("withdrawn", _office_and_producers),
        ("report_due", _office),
        ("report_overdue", _office_and_those_above),
        ("correction_due", _producers),
        ("correction_overdue", _office_and_producers),
    ):
        _announce(f"cycle.dossier.{word}", told, "cycle:dossier-detail", "dossier")
    notices.register(
        Notice(
            kind="cycle.answer.overdue",
            recipients=_office_and_those_above,
            url=lambda entry: str(entry.facts["address"]),
        )
    )
    notices.register(
        Notice(
            kind="cycle.dossier.confirmation_asked",
            recipients=_representatives,
            url=lambda entry: reverse("cycle:dossier-check", args=[entry.facts["dossier"]]),
            essential=True,
            private_facts=_code,
        )
    )
    _announce("cycle.sample.received", _producers, "cycle:sample-book", "dossier")
    _announce("cycle.message.sent", _other_side, "cycle:messages", "enrolment")
    _announce("cycle.support.sent", _appraisers, "cycle:support-detail", "request")
    for word in ("answered", "granted", "refused", "completed"):
        _announce(f"cycle.support.{word}", _producers, "cycle:support-detail", "request")
    _announce("cycle.session.cancelled", _registered, "cycle:session-detail", "session")


def _announce(kind: str, told: Recipients, page: str, key: str) -> None:
    def address(entry: Entry) -> str:
        return reverse(page, args=[entry.facts[key]])

    notices.register(Notice(kind=kind, recipients=told, url=address))


def _enrolment_of(entry: Entry) -> Enrolment:
    rows = Enrolment.objects.select_related("product__subject", "commune__parent__parent")
    return rows.get(pk=entry.facts["enrolment"])


def _producers(entry: Entry) -> Iterable[User]:
    return producers_of(_enrolment_of(entry).product.subject, legal_day(entry.at))


def _representatives(entry: Entry) -> Iterable[User]:
    return representatives_of(_enrolment_of(entry), legal_day(entry.at))


def _code(entry: Entry, person: User | None) -> dict[str, str]:
    """The representative's own code, with a gap in the middle so that it is read out well."""
    asked = LodgingConfirmation.objects.get(pk=entry.facts["confirmation"])
    code = code_for(asked, person) if person else ""
    return {"confirmation_code": f"{code[:3]} {code[3:]}"}


def _officers(entry: Entry, level: Level) -> Iterable[User]:
    enrolment = _enrolment_of(entry)
    return holders(OFFICER_OF[level], unit=enrolment.commune, on=legal_day(entry.at))


def _appraisers(entry: Entry) -> Iterable[User]:
    return _officers(entry, regime(_enrolment_of(entry).regime).idea_level)


def _appraisers_and_producers(entry: Entry) -> Iterable[User]:
    return [*_appraisers(entry), *_producers(entry)]


def _office(entry: Entry) -> Iterable[User]:
    return _officers(entry, Level(entry.facts["level"]))


def _office_and_producers(entry: Entry) -> Iterable[User]:
    return [*_office(entry), *_producers(entry)]


def _office_and_those_above(entry: Entry) -> Iterable[User]:
    """What an office owes is also told to the province, which answers for its offices."""
    return [*_office(entry), *_officers(entry, Level.PROVINCE)]


def _registered(entry: Entry) -> Iterable[User]:
    """Those who registered with an account; the office calls the others."""
    rows = SessionAttendee.objects.filter(session=entry.facts["session"], user__isnull=False)
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("pk")


def _other_side(entry: Entry) -> Iterable[User]:
    """A producer's message goes to the office that answers, an office's to the producers."""
    return _office(entry) if entry.facts["side"] == Side.PRODUCER else _producers(entry)
