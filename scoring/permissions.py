"""Who may do what in councils, sheets, decisions and certificates; every answer has its reason."""

from datetime import date

from cycle.domain.paper_items import SELF_ASSESSMENT
from cycle.models import Dossier
from cycle.permissions import may_commit
from cycle.selectors import mending_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.regime import Level
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Unit
from registry.selectors import country, has_role, postings_of
from scoring.domain.council import Seat, quorum
from scoring.domain.session_states import ItemState, SessionState
from scoring.models import (
    AgendaItem,
    Complaint,
    Council,
    Decision,
    Package,
    Rating,
    Session,
)
from scoring.selectors.boards import board_of
from scoring.selectors.councils import seat_of, seats_of
from scoring.selectors.ratings import lower_level
from scoring.selectors.sessions import declaration_of

OFFICER_OF = {
    Level.DISTRICT: Role.DISTRICT_OFFICER,
    Level.PROVINCE: Role.PROVINCIAL_OFFICER,
    Level.CENTRAL: Role.CENTRAL_OFFICER,
}

NOT_OFFICER = term(
    "Chỉ cán bộ OCOP của cấp và đơn vị này, hoặc quản trị chương trình, mới được làm."
)
NOT_MEMBER = term("Bạn không phải thành viên đương nhiệm của hội đồng này.")
NOT_KEEPER = term("Chỉ thư ký, chủ tịch hoặc phó chủ tịch hội đồng mới được làm.")
NOT_PRESIDING = term("Chỉ người chủ trì phiên họp mới được làm.")
NOT_ASSIGNING = term("Chỉ chủ tịch hoặc phó chủ tịch hội đồng mới phân công đọc hồ sơ.")
NOT_SCORER = term("Thư ký hội đồng không chấm điểm.")
NOT_COUNTED = term("Tổ tư vấn nêu ý kiến, không chấm điểm.")
NOT_SECRETARY = term("Chỉ thư ký, người không chấm điểm, mới phát và xem số mẫu.")
NOT_ADVISER = term("Chỉ thành viên tổ tư vấn mới nêu ý kiến tư vấn.")
NOT_PENDING = term("Hồ sơ này đã kết luận nên không nhận thêm ý kiến.")
NOT_DECLARED = term("Hãy khai về xung đột lợi ích trước khi xem hồ sơ và chấm điểm.")
IN_CONFLICT = term("Bạn đã khai có xung đột lợi ích với hồ sơ này nên không chấm.")
NOT_PRESENT = term("Thư ký chưa ghi nhận bạn có mặt tại phiên họp.")
NOT_OPENED = term("Phiên họp chưa khai mạc hoặc hồ sơ này đã kết luận.")
NOT_OURS = term("Chỉ người của chủ thể mới tự đánh giá.")
NOT_WRITABLE = term("Hồ sơ đã nộp; báo cáo tự đánh giá chỉ sửa được khi hồ sơ được trả lại.")
NOT_ASKED = term("Cơ quan tiếp nhận không yêu cầu sửa báo cáo tự đánh giá nên chỉ đọc được.")
NOT_NATIONAL = term("Chỉ quản trị chương trình toàn quốc mới được đổi bộ tiêu chí.")
NOT_AUTHORITY = term("Chỉ người có thẩm quyền ký của đúng cơ quan ban hành mới được ký.")


def may_save_self_assessment(user: User, dossier: Dossier, *, on: date) -> Verdict:
    """The subject's own people, while the dossier is theirs to write in."""
    subject = dossier.enrolment.product.subject
    if not has_role(user, *SUBJECT_ROLES, subject=subject, on=on):
        return refused(NOT_OURS)
    if not is_writable(dossier):
        return refused(NOT_WRITABLE)
    is_asked = mending_of(dossier, on).is_open(SELF_ASSESSMENT.name)
    return ALLOWED if is_asked else refused(NOT_ASKED)


def is_writable(dossier: Dossier) -> bool:
    """Whether the subject may still write in the dossier."""
    return dossier.state in {"draft", "returned"}


def may_work_at(user: User, level: Level, unit: Unit, *, on: date) -> Verdict:
    """The OCOP officers of a level in a unit, and the programme's administrators there."""
    officer = OFFICER_OF.get(level)
    if officer and level == unit.level and has_role(user, officer, unit=unit, on=on):
        return ALLOWED
    if has_role(user, Role.ADMINISTRATOR, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_OFFICER)


def may_appoint(user: User, level: Level, unit: Unit, *, on: date) -> Verdict:
    return may_work_at(user, level, unit, on=on)


def may_change_council(user: User, council: Council, *, on: date) -> Verdict:
    return may_work_at(user, Level(council.level), council.unit, on=on)


def may_call(user: User, council: Council, *, on: date) -> Verdict:
    """The unit's officers, and in the council's own name its chair, vice chairs and secretary."""
    if may_keep_council(user, council, on=on):
        return ALLOWED
    return may_change_council(user, council, on=on)


def may_keep_council(user: User, council: Council, *, on: date) -> Verdict:
    seat = seat_of(user, council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    if not seat.role.keeps:
        return refused(NOT_KEEPER)
    return ALLOWED


def may_see_figures(user: User, council: Council, *, on: date) -> Verdict:
    """The council's chair, vice chairs and secretary, and the office of its unit."""
    if may_keep_council(user, council, on=on):
        return ALLOWED
    return may_change_council(user, council, on=on)


def may_keep(user: User, session: Session, *, on: date) -> Verdict:
    """Opening, presence, closing: the secretary, the chair, the vice chairs."""
    return may_keep_council(user, session.council, on=on)


def may_follow(user: User, session: Session, *, on: date) -> Verdict:
    """The board of a session is for everybody who holds a seat in its council."""
    return refused(NOT_MEMBER) if seat_of(user, session.council, on) is None else ALLOWED


def may_assign(user: User, session: Session, *, on: date) -> Verdict:
    """Readers are named by the chair or a vice chair."""
    seat = seat_of(user, session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    return ALLOWED if seat.role.may_preside else refused(NOT_ASSIGNING)


def may_state_interests(user: User, *, on: date) -> Verdict:
    return ALLOWED if seats_of(user, on).exists() else refused(NOT_MEMBER)


def may_declare(user: User, item: AgendaItem, *, on: date) -> Verdict:
    if seat_of(user, item.session.council, on) is None:
        return refused(NOT_MEMBER)
    return ALLOWED


def may_read(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """What a seat opens of a dossier: everything after the word that there is no conflict."""
    seat = seat_of(user, item.session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    declared = declaration_of(item, seat)
    if declared is None:
        return refused(NOT_DECLARED)
    return refused(IN_CONFLICT) if declared.has_conflict else ALLOWED


def may_score(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """A member in office, present, without conflict, while the item is being scored."""
    seat = seat_of(user, item.session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    if not seat.role.scores:
        return refused(NOT_COUNTED if seat.role.advises else NOT_SCORER)
    verdict = may_read(user, item, on=on)
    if not verdict:
        return verdict
    opened = item.session.status is SessionState.OPENED and item.status is ItemState.SCORING
    if not opened:
        return refused(NOT_OPENED)
    if not item.session.attendance.filter(member=seat).exists():
        return refused(NOT_PRESENT)
    return ALLOWED


def may_taste(user: User, session: Session, *, on: date) -> Verdict:
    """Members in office who score; what each of them tastes follows from the declarations."""
    seat = seat_of(user, session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    if not seat.role.scores:
        return refused(NOT_COUNTED if seat.role.advises else NOT_SCORER)
    return ALLOWED


def may_draw_numbers(user: User, session: Session, *, on: date) -> Verdict:
    """Only the secretary, who scores nothing, may know whose sample bears which number."""
    seat = seat_of(user, session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    return ALLOWED if seat.role is Seat.SECRETARY else refused(NOT_SECRETARY)


def may_advise(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """An adviser in office without a conflict, until the product has an end."""
    seat = seat_of(user, item.session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    if not seat.role.advises:
        return refused(NOT_ADVISER)
    verdict = may_read(user, item, on=on)
    if not verdict:
        return verdict
    is_open = item.session.status.is_running and item.status.is_pending
    return ALLOWED if is_open else refused(NOT_PENDING)


def may_preside(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """The chair, or a vice chair where the chair is absent or in conflict with the product."""
    seat = seat_of(user, item.session.council, on)
    if seat is None:
        return refused(NOT_MEMBER)
    if not seat.role.may_preside:
        return refused(NOT_PRESIDING)
    board = board_of(item)
    presiding = quorum(board.members, item.session.council.regulation).presiding
    if presiding is None or presiding.id != seat.pk:
        return refused(NOT_PRESIDING)
    return ALLOWED


def may_find(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """Findings are recorded by whoever presides, or by the secretary, without a conflict."""
    seat = seat_of(user, item.session.council, on)
    if seat is not None and seat.role is Seat.SECRETARY:
        return may_read(user, item, on=on)
    return may_preside(user, item, on=on)


def may_see_board(user: User, item: AgendaItem, *, on: date) -> Verdict:
    """Members without a conflict; the board itself hides what is not yet to be known."""
    return may_read(user, item, on=on)


def may_choose_after(user: User, rating: Rating, *, on: date) -> Verdict:
    """The officers of the level below the council that did not find its own star."""
    level = lower_level(rating)
    unit = unit_at(rating.dossier, level) if level else None
    if level is None or unit is None:
        return refused(NOT_OFFICER)
    return may_work_at(user, level, unit, on=on)


def unit_at(dossier: Dossier, level: Level) -> Unit | None:
    """The unit of a level in whose territory the dossier lies."""
    paths = dossier.enrolment.commune.ancestor_paths
    return Unit.objects.filter(path__in=paths, level=level).first()


def may_complain(user: User, rating: Rating, *, on: date) -> Verdict:
    """The owner of the product's subject: a complaint binds it as a lodging does."""
    return may_commit(user, rating.dossier.enrolment, on=on)


def may_withdraw_complaint(user: User, complaint: Complaint, *, on: date) -> Verdict:
    return may_complain(user, complaint.rating, on=on)


def may_answer_complaint(user: User, complaint: Complaint, *, on: date) -> Verdict:
    """The office of the level and unit whose council gave the result."""
    rating = complaint.rating
    return may_work_at(user, rating.at_level, rating.unit, on=on)


def may_write_remark(user: User, rating: Rating, *, on: date) -> Verdict:
    """The council's secretary, chair and vice chairs who have no conflict with the product."""
    keeps = may_keep_council(user, rating.item.session.council, on=on)
    return may_read(user, rating.item, on=on) if keeps else keeps


def may_approve_remark(user: User, rating: Rating, *, on: date) -> Verdict:
    """The presiding member of the item's session."""
    return may_preside(user, rating.item, on=on)


def may_open_package(user: User, package: Package, *, on: date) -> Verdict:
    """The offices of the level that sent it and of the level that received it, and auditors."""
    for level in (Level(package.from_level), Level(package.to_level)):
        unit = unit_at(package.dossier, level)
        if unit is not None and may_work_at(user, level, unit, on=on):
            return ALLOWED
    audits = has_role(user, Role.AUDITOR, unit=package.rating.unit, on=on)
    return ALLOWED if audits else refused(NOT_OFFICER)


def may_draft(user: User, level: Level, unit: Unit, *, on: date) -> Verdict:
    return may_work_at(user, level, unit, on=on)


def may_change_draft(user: User, decision: Decision, *, on: date) -> Verdict:
    return may_work_at(user, Level(decision.level), decision.unit, on=on)


def may_sign(user: User, decision: Decision, *, on: date) -> Verdict:
    """An authority's posting on exactly the issuing unit; one of a higher unit does not do."""
    held = postings_of(user, on).filter(role=Role.AUTHORITY, unit=decision.unit)
    return ALLOWED if held.exists() else refused(NOT_AUTHORITY)


def may_inspect(user: User, unit: Unit, *, on: date) -> Verdict:
    """The office of a province for its own area, the country's for five stars (Điều 9)."""
    return may_work_at(user, Level(unit.level), unit, on=on)


def may_change_rubrics(user: User, *, on: date) -> Verdict:
    """Rubrics hold for the whole country: only the programme's national administrators."""
    if has_role(user, Role.ADMINISTRATOR, unit=country(), on=on):
        return ALLOWED
    return refused(NOT_NATIONAL)
