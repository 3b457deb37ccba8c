"""Who may change what in the register; every answer carries its reason."""

from collections.abc import Iterable
from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.delegation import UNIT_ROLES, Held, roles_given, roles_offered
from registry.domain.places import COUNTRY_PATH
from registry.domain.roles import OFFICER_ROLES, SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Evidence, Posting, Product, Subject, Unit
from registry.selectors import has_role
from registry.selectors.people import active, held_by, paths_held, standing_of

NOT_ACTIVE = term("Tài khoản này đã ngừng hoạt động.")
NOT_OURS = term("Chỉ người của chủ thể mới làm được việc này.")
NOT_OWNER = term("Chỉ người đứng tên chủ thể mới làm được việc này.")
NOT_KEEPER = term("Chỉ cán bộ OCOP cấp tỉnh và quản trị chương trình mới ghi được sổ làng nghề.")
VILLAGE_KEEPERS = (Role.PROVINCIAL_OFFICER, Role.ADMINISTRATOR)
NOT_OFFICE = term(
    "Chỉ cán bộ OCOP cấp tỉnh và quản trị chương trình của địa bàn mới nhập được sổ có sẵn."
)
REGISTER_KEEPERS = (Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)
NOT_ITS_OFFICE = term("Chỉ cán bộ của địa bàn mới mời được người đại diện của chủ thể này.")
HAS_AN_OWNER = term("Chủ thể đã có người đứng tên; người đó tự mời thêm người.")
NOT_UNIT_KEEPER = term(
    "Chỉ quản trị chương trình của mọi đơn vị liên quan mới ghi được thay đổi đơn vị hành chính."
)
NOT_ADMINISTRATOR = term("Chỉ quản trị chương trình của địa bàn mới làm được việc này.")
NOT_DELEGATED = term(
    "Bạn không được giao vai trò này ở đây: quản trị và cán bộ chỉ giao vai trò của cấp dưới, "
    "trong địa bàn của mình."
)
NOT_OF_AN_OFFICE = term("Chỉ người đang giữ vai trò ở một đơn vị mới xem được danh sách này.")


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
    return may_enter_register_of(user, [unit], on=on)


def may_enter_register_of(user: User, units: Iterable[Unit], *, on: date) -> Verdict:
    """What is entered at once in several units: every one of them must be the office's."""
    held = paths_held(user, *REGISTER_KEEPERS, on=on)
    if all(any(path.startswith(above) for above in held) for path in {u.path for u in units}):
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


def may_name_representative(user: User, subject: Subject, *, on: date) -> Verdict:
    """The office of the subject's place, as long as nobody stands for the subject."""
    keepers = (*OFFICER_ROLES, Role.ADMINISTRATOR)
    if not has_role(user, *keepers, unit=subject.commune, on=on):
        return refused(NOT_ITS_OFFICE)
    if Posting.objects.filter(active(on), subject=subject, role=Role.OWNER).exists():
        return refused(HAS_AN_OWNER)
    return ALLOWED


def may_give(user: User, role: Role, unit: Unit, *, on: date) -> Verdict:
    """Whom the delegation lets give this role here, or the installation's first administrator."""
    if user.is_superuser or any(each.gives(role, unit.path) for each in held_by(user, on)):
        return ALLOWED
    return refused(NOT_DELEGATED)


def may_give_roles(user: User, *, on: date) -> Verdict:
    """Whether the person gives any role on a unit anywhere."""
    return ALLOWED if roles_to_give(user, on) else refused(NOT_DELEGATED)


def roles_to_give(user: User, on: date) -> list[Role]:
    """The roles on units that the person gives somewhere."""
    return list(UNIT_ROLES) if user.is_superuser else roles_offered(held_by(user, on))


def may_change_units(user: User, units: Iterable[Unit], *, on: date) -> Verdict:
    """An administrator of every unit concerned, a receiving province included."""
    rows = list(units)
    if user.is_superuser or (
        rows and all(has_role(user, Role.ADMINISTRATOR, unit=unit, on=on) for unit in rows)
    ):
        return ALLOWED
    return refused(NOT_UNIT_KEEPER)


def may_end_posting(user: User, posting: Posting, *, on: date) -> Verdict:
    """Whoever may grant a posting may end it."""
    if posting.subject is not None:
        return may_grant_on_subject(user, posting.subject, on=on)
    if posting.unit is None:
        raise ValueError(f"posting {posting.pk} stands on nothing")
    return may_give(user, Role(posting.role), posting.unit, on=on)


def may_see_people(user: User, *, on: date) -> Verdict:
    """Who serves an office sees the people of its area."""
    if user.is_superuser or standing_of(user, on).paths:
        return ALLOWED
    return refused(NOT_OF_AN_OFFICE)


def may_close_account(user: User, person: User, *, on: date) -> Verdict:
    """Closing an account takes every role away, so who closes it must give every one of them.

    Nobody closes the own account here; a producer's account, and one with a role elsewhere, is
    the business of the whole programme's administrators.
    """
    if person.pk == user.pk:
        return refused(term("Không ai tự ngừng tài khoản của chính mình."))
    if user.is_superuser or is_administrator(user, on):
        return ALLOWED
    if person.is_superuser or person.is_staff:
        return refused(NOT_DELEGATED)
    postings = Posting.objects.filter(user=person).select_related("unit")
    held = held_by(user, on)
    known = [each for each in postings if each.unit and each.unit.path.startswith(_paths(held))]
    if not known:
        return refused(NOT_DELEGATED)
    if all(_gives(held, each) for each in postings if _is_ahead(each, on)):
        return ALLOWED
    return refused(
        term(
            "Người này còn giữ vai trò mà bạn không có quyền giao,"
            " nên bạn không ngừng được tài khoản."
        )
    )


def may_unlock(user: User, person: User, *, on: date) -> Verdict:
    """A log-in is let in again by whoever may close the account."""
    return may_close_account(user, person, on=on)


def may_answer_for(user: User, person: User, on: date) -> Verdict:
    """Who may close the account answers what the person asks about the data in it."""
    return may_close_account(user, person, on=on)


def _paths(held: list[Held]) -> tuple[str, ...]:
    return tuple(each.path for each in held if roles_given(each.role, each.level))


def _gives(held: list[Held], posting: Posting) -> bool:
    unit = posting.unit
    return unit is not None and any(each.gives(Role(posting.role), unit.path) for each in held)


def _is_ahead(posting: Posting, on: date) -> bool:
    """In force, or to come."""
    return posting.ends_on is None or posting.ends_on > on


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
    return COUNTRY_PATH in paths_held(user, role, on=on)
