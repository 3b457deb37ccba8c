"""Who may do what in the cycle; every answer carries its reason."""

from datetime import date

from cycle.domain.messages import Side
from cycle.domain.posts import CONTEST_KEEPERS, OFFICER_OF, ROUND_KEEPERS
from cycle.models import Dossier, Enrolment, InformationSession, Round, SupportRequest
from cycle.selectors import SESSION_KEEPERS
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.regime import Level
from registry.domain.roles import OFFICER_ROLES, SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Product, Unit
from registry.selectors import has_role, regime

NOT_OURS = term("Chỉ người của chủ thể mới làm được việc này.")
NOT_OWNER = term("Chỉ người đứng tên chủ thể mới làm được việc này.")
NOT_KEEPER = term("Chỉ quản trị chương trình hoặc cán bộ OCOP của địa bàn mới làm được việc này.")
NOT_PARTY = term("Chỉ người của chủ thể và cán bộ OCOP của địa bàn trao đổi được ở đây.")
NOT_HOST = term("Chỉ cán bộ OCOP và quản trị chương trình của đơn vị mới mở lớp ở đây.")
NOT_THIS_OFFICE = {
    Level.COMMUNE: term("Việc này do cán bộ của UBND xã, phường nơi đăng ký sản phẩm làm."),
    Level.DISTRICT: term("Việc này do cán bộ OCOP cấp huyện của địa bàn làm."),
    Level.PROVINCE: term("Việc này do cán bộ OCOP cấp tỉnh của địa bàn làm."),
    Level.CENTRAL: term("Việc này do cán bộ OCOP trung ương làm."),
}


def may_open_round(user: User, unit: Unit, *, on: date) -> Verdict:
    """An administrator or an OCOP officer of the place, or of one above it."""
    keepers = CONTEST_KEEPERS if unit.level == Level.DISTRICT else ROUND_KEEPERS
    if user.is_superuser or has_role(user, *keepers, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_KEEPER)


def may_open_some_round(user: User, *, on: date) -> Verdict:
    """Whether the person may open rounds anywhere."""
    keepers = {*ROUND_KEEPERS, *CONTEST_KEEPERS}
    if user.is_superuser or has_role(user, *keepers, on=on):
        return ALLOWED
    return refused(NOT_KEEPER)


def may_close_round(user: User, season: Round, *, on: date) -> Verdict:
    return may_open_round(user, season.unit, on=on)


def may_enrol(user: User, product: Product, *, on: date) -> Verdict:
    held = has_role(user, *SUBJECT_ROLES, subject=product.subject, on=on)
    return ALLOWED if held else refused(NOT_OURS)


def may_write(user: User, enrolment: Enrolment, *, on: date) -> Verdict:
    """The owner and the editors of the subject write ideas, plans, milestones and dossiers."""
    return may_enrol(user, enrolment.product, on=on)


def may_commit(user: User, enrolment: Enrolment, *, on: date) -> Verdict:
    """Lodging and withdrawing bind the subject: only its owner may."""
    if has_role(user, Role.OWNER, subject=enrolment.product.subject, on=on):
        return ALLOWED
    return refused(NOT_OWNER)


def may_appraise(user: User, enrolment: Enrolment, *, on: date) -> Verdict:
    """An officer of the level that the regime names, whose area holds the commune."""
    return _officer(user, regime(enrolment.regime).idea_level, enrolment.commune, on)


def may_assist(user: User, enrolment: Enrolment, *, on: date) -> Verdict:
    """Officers of the commune and of the appraising level write an idea for who cannot."""
    levels = (Level.COMMUNE, regime(enrolment.regime).idea_level)
    # The first refusal is the commune's: it is nearest to the producer.
    verdicts = [_officer(user, level, enrolment.commune, on) for level in levels]
    return next((each for each in verdicts if each), verdicts[0])


def may_report(user: User, dossier: Dossier, *, on: date) -> Verdict:
    """QĐ 26/2026, Điều 7.1: the commune's People's Committee reports."""
    return _officer(user, Level.COMMUNE, dossier.enrolment.commune, on)


def may_receive(user: User, dossier: Dossier, *, on: date) -> Verdict:
    """An officer of the level whose turn it is takes a dossier in or sends it back."""
    return _officer(user, Level(dossier.level), dossier.enrolment.commune, on)


def may_answer_support(user: User, asked: SupportRequest, *, on: date) -> Verdict:
    """The office that appraised the plan answers what its carrying out needs."""
    return may_appraise(user, asked.enrolment, on=on)


def may_message(user: User, enrolment: Enrolment, *, on: date) -> Verdict:
    """The producer, and every OCOP officer whose area holds the commune."""
    if may_write(user, enrolment, on=on):
        return ALLOWED
    if has_role(user, *OFFICER_ROLES, unit=enrolment.commune, on=on):
        return ALLOWED
    return refused(NOT_PARTY)


def side_of(user: User, enrolment: Enrolment, *, on: date) -> Side:
    """For whom the person writes; who works for the producer writes as the producer."""
    return Side.PRODUCER if may_write(user, enrolment, on=on) else Side.OFFICE


def may_hold_session(user: User, unit: Unit, *, on: date) -> Verdict:
    """An officer or administrator of the unit, or of one above it."""
    if user.is_superuser or has_role(user, *SESSION_KEEPERS, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_HOST)


def may_hold_some_session(user: User, *, on: date) -> Verdict:
    """Whether the person may hold a session anywhere."""
    return ALLOWED if has_role(user, *SESSION_KEEPERS, on=on) else refused(NOT_HOST)


def may_keep_session(user: User, session: InformationSession, *, on: date) -> Verdict:
    """Who may hold a session at its unit also writes down who came and cancels it."""
    return may_hold_session(user, session.unit, on=on)


def _officer(user: User, level: Level, commune: Unit, on: date) -> Verdict:
    if has_role(user, OFFICER_OF[level], unit=commune, on=on):
        return ALLOWED
    return refused(NOT_THIS_OFFICE[level])
