"""Who may change what in the register; every answer carries its reason."""

from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.roles import OFFICER_ROLES, SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Evidence, Posting, Product, Subject, Unit
from registry.selectors import has_role
from registry.selectors.people import active

NOT_ACTIVE = term("Tài khoản này đã ngừng hoạt động.")
NOT_OURS = term("Chỉ người của chủ thể mới làm được việc này.")
NOT_OWNER = term("Chỉ người đứng tên chủ thể mới làm được việc này.")
NOT_KEEPER = term("Chỉ cán bộ OCOP cấp tỉnh và quản trị chương trình mới ghi được sổ làng nghề.")
VILLAGE_KEEPERS = (Role.PROVINCIAL_OFFICER, Role.ADMINISTRATOR)
NOT_OFFICE = term(
    "Chỉ cán bộ OCOP cấp tỉnh và quản trị chương trình của địa bàn mới nhập được sổ có sẵn."
)
REGISTER_KEEPERS = (Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)
NOT_ADMINISTRATOR = term("Chỉ quản trị chương trình của địa bàn mới giao vai trò này.")


def may_register_subject(user: User) -> Verdict:
    """Everybody with an account may register a subject and then owns it."""
    return ALLOWED if user.is_active else refused(NOT_ACTIVE)


def may_edit_subject(user: User, subject: Subject, *, on: date) -> Verdict:
    return _of_subject(user, subject, on)


def may_add_product(user: User, subject: Subject, *, on: date) -> Verdict:
    return _of_subject(user, subject, on)


def may_edit_product(user: User, product: Product, *, on: date) -> Verdict:
    return _of_subject(user, product.subject, on)


def may_give_code(user: User, product: Product, *, on: date) -> Verdict:
    """The code is given at intake: by an officer whose area holds the registering commune."""
    units = [unit for unit in (product.commune, product.former_commune) if unit is not None]
    if any(has_role(user, *OFFICER_ROLES, unit=unit, on=on) for unit in units):
        return ALLOWED
    return refused(term("Chỉ cán bộ của địa bàn mới cấp mã sản phẩm."))


def may_keep_craft_village(user: User, commune: Unit, *, on: date) -> Verdict:
    """Officers and administrators of the province keep the register of craft villages."""
    if has_role(user, *VILLAGE_KEEPERS, unit=commune, on=on):
        return ALLOWED
    return refused(NOT_KEEPER)


def may_add_craft_village(user: User, *, on: date) -> Verdict:
    """Whether the person keeps craft villages anywhere."""
    return ALLOWED if has_role(user, *VILLAGE_KEEPERS, on=on) else refused(NOT_KEEPER)


def may_enter_register(user: User, unit: Unit, *, on: date) -> Verdict:
    """What stood in an office's register before the portal is entered by that office."""
    if has_role(user, *REGISTER_KEEPERS, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_OFFICE)


def may_enter_registers(user: User, *, on: date) -> Verdict:
    """Whether the person enters a register anywhere."""
    return ALLOWED if has_role(user, *REGISTER_KEEPERS, on=on) else refused(NOT_OFFICE)


def may_upload_evidence(user: User, subject: Subject, *, on: date) -> Verdict:
    return _of_subject(user, subject, on)


def may_withdraw_evidence(user: User, evidence: Evidence, *, on: date) -> Verdict:
    return _of_subject(user, evidence.subject, on)


def may_grant_on_subject(user: User, subject: Subject, *, on: date) -> Verdict:
    """The owner decides who works for the subject."""
    return ALLOWED if has_role(user, Role.OWNER, subject=subject, on=on) else refused(NOT_OWNER)


def may_grant_on_unit(user: User, unit: Unit, *, on: date) -> Verdict:
    """A programme administrator of the unit, or the installation's first administrator."""
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_ADMINISTRATOR)


def may_end_posting(user: User, posting: Posting, *, on: date) -> Verdict:
    """Whoever may grant a posting may end it."""
    if posting.subject is not None:
        return may_grant_on_subject(user, posting.subject, on=on)
    if posting.unit is None:
        raise ValueError(f"posting {posting.pk} stands on nothing")
    return may_grant_on_unit(user, posting.unit, on=on)


def may_administer(user: User, *, on: date) -> Verdict:
    """Whether the person administers postings anywhere."""
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR, on=on):
        return ALLOWED
    return refused(NOT_ADMINISTRATOR)


def _of_subject(user: User, subject: Subject, on: date) -> Verdict:
    return ALLOWED if has_role(user, *SUBJECT_ROLES, subject=subject, on=on) else refused(NOT_OURS)


def is_administrator(user: User, on: date) -> bool:
    """Whether the person administers the whole programme on a day: the outbox is theirs."""
    return _is_nationwide(user, Role.ADMINISTRATOR, on)


def is_auditor(user: User, on: date) -> bool:
    """Whether the person watches the whole programme on a day: may read the outbox."""
    return _is_nationwide(user, Role.AUDITOR, on)


def _is_nationwide(user: User, role: Role, on: date) -> bool:
    return Posting.objects.filter(active(on), user=user, role=role, unit__path="/").exists()
