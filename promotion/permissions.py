"""Who may tell a product's story, say where it is sold, and withhold a public page."""

from datetime import date

from django.db.models import QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from promotion.models import EnquiryPart, EventEntry, MisuseReport, OfficialMark
from promotion.selectors.marks import KEEPERS, MARK_LEVELS
from registry.domain.roles import OFFICER_ROLES, SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Posting, Product, Unit
from registry.selectors import has_role, postings_of
from registry.selectors.people import active
from scoring.selectors.certificates import visible_certificates
from scoring.selectors.inspections import office_of

NOT_PRODUCER = term("Chỉ người của chủ thể mới sửa được trang công khai của sản phẩm.")
NOT_OFFICE = term("Chỉ cơ quan OCOP của tỉnh hoặc quản trị chương trình mới ẩn, hiện được trang.")
NOT_ANSWERING = term("Chỉ cơ quan OCOP được giao mới trả lời phản ánh.")
NOT_KEEPING = term("Chỉ cơ quan OCOP của tỉnh hoặc trung ương mới giữ mẫu nhãn hiệu.")
NOT_KEEPING_POINTS = term("Chỉ cơ quan OCOP của địa bàn mới giữ sổ điểm bán ở đó.")
NOT_CALLING = term("Chỉ cơ quan OCOP tổ chức sự kiện mới làm được việc này.")
NOT_TELLING = term("Chỉ chủ thể hoặc cơ quan tổ chức mới ghi kết quả.")
NOT_WRITING = term("Chỉ cơ quan OCOP của tỉnh hoặc trung ương mới đăng tin của mình.")
NOT_ASKED = term("Chỉ người của chủ thể được hỏi mới trả lời.")
OFFICE_ROLES = KEEPERS
KEEPING_ROLES = (*OFFICER_ROLES, Role.ADMINISTRATOR)


def may_promote(user: User, product: Product, *, on: date) -> Verdict:
    """The producer's own people write the story and the places to buy."""
    if has_role(user, *SUBJECT_ROLES, subject=product.subject, on=on):
        return ALLOWED
    return refused(NOT_PRODUCER)


def may_withhold(user: User, product: Product, *, on: date) -> Verdict:
    """The office of the product's province, for a page that breaks the law or good order."""
    if has_role(user, *OFFICE_ROLES, unit=product.commune, on=on):
        return ALLOWED
    return refused(NOT_OFFICE)


def may_answer_report(user: User, report: MisuseReport, *, on: date) -> Verdict:
    """The office to which a report of misuse went, or one above it."""
    if has_role(user, *OFFICE_ROLES, unit=report.unit, on=on):
        return ALLOWED
    return refused(NOT_ANSWERING)


def may_read_reports(user: User, *, on: date) -> Verdict:
    """Offices and auditors have an inbox; a commune's or a producer's people have none."""
    if has_role(user, *OFFICE_ROLES, Role.AUDITOR, on=on):
        return ALLOWED
    return refused(NOT_ANSWERING)


def may_keep_marks(user: User, unit: Unit, *, on: date) -> Verdict:
    """The office of a province, and the country's for five stars, upload the official mark."""
    if unit.level in MARK_LEVELS and has_role(user, *OFFICE_ROLES, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_KEEPING)


def may_write_news(user: User, unit: Unit, *, on: date) -> Verdict:
    """The people of that very office write in its name."""
    if any(office.pk == unit.pk for office in offices_of(user, on=on)):
        return ALLOWED
    return refused(NOT_WRITING)


def offices_of(user: User, *, on: date) -> list[Unit]:
    """The offices of a province or of the country for which the person speaks today."""
    held = postings_of(user, on).filter(role__in=OFFICE_ROLES, unit__level__in=MARK_LEVELS)
    return list({posting.unit_id: posting.unit for posting in held if posting.unit}.values())


def may_read_mark(user: User, mark: OfficialMark, *, on: date) -> Verdict:
    """The office, and producers whose certificate the mark is for."""
    if may_keep_marks(user, mark.unit, on=on):
        return ALLOWED
    held = visible_certificates(user, on).filter(stars=mark.stars)
    seen = any(office_of(each).pk == mark.unit_id for each in held)
    return ALLOWED if seen else refused(NOT_KEEPING)


def may_keep_point(user: User, commune: Unit | None, *, on: date) -> Verdict:
    """Officers of the commune or of a unit above it keep its points of sale."""
    if commune is not None and has_role(user, *KEEPING_ROLES, unit=commune, on=on):
        return ALLOWED
    return refused(NOT_KEEPING_POINTS)


def may_keep_points(user: User, *, on: date) -> Verdict:
    """Whether the person keeps points of sale anywhere."""
    return ALLOWED if has_role(user, *KEEPING_ROLES, on=on) else refused(NOT_KEEPING_POINTS)


def may_call_event(user: User, unit: Unit, *, on: date) -> Verdict:
    """The office that organises, or one above it."""
    if has_role(user, *KEEPING_ROLES, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_CALLING)


def may_call_events(user: User, *, on: date) -> Verdict:
    """Whether the person has an office that may organise."""
    return ALLOWED if has_role(user, *KEEPING_ROLES, on=on) else refused(NOT_CALLING)


def calling_units(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices for which the person may call an event."""
    held = Posting.objects.filter(active(on), user=user, role__in=KEEPING_ROLES)
    return Unit.objects.filter(pk__in=held.values("unit")).order_by("path")


def may_tell_outcome(user: User, entry: EventEntry, *, on: date) -> Verdict:
    """The producer says what the event brought, or the office writes it down."""
    if may_promote(user, entry.product, on=on) or may_call_event(user, entry.event.unit, on=on):
        return ALLOWED
    return refused(NOT_TELLING)


def may_answer_enquiry(user: User, part: EnquiryPart, *, on: date) -> Verdict:
    """The people of the producer that was asked."""
    if has_role(user, *SUBJECT_ROLES, subject=part.subject, on=on):
        return ALLOWED
    return refused(NOT_ASKED)
