"""Invites addresses to work for a subject or an office, and lets their owners in."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import Verdict, require
from ocop_portal.journal import services as journal
from registry.domain import tax_code as tax_codes
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.domain.text import nfc, term
from registry.models import Invitation, Posting, Subject, Unit
from registry.permissions import may_give, may_grant_on_subject, may_name_representative
from registry.selectors.people import active
from registry.services import postings

LASTS = timedelta(days=14)
MOST_A_DAY = 20
MOST_OF_AN_OFFICE_A_DAY = 300
ONE_DAY = timedelta(days=1)
NOT_YOURS = term("Lời mời này gửi tới một địa chỉ thư khác; hãy đăng nhập bằng đúng địa chỉ đó.")


@transaction.atomic
def invite(subject: Subject, *, email: str, role: Role, by: User, at: datetime) -> Invitation:
    """A new invitation, mailed to its address; one that waits for the same address is withdrawn.

    Refused: a role of an office, somebody who has the role already, and more invitations by one
    person within a day than anybody needs, since each is a mail to a stranger.
    """
    require(may_grant_on_subject(by, subject, on=legal_day(at)))
    if role not in SUBJECT_ROLES:
        raise RuleBroken(
            "invitation.role", term("Chỉ mời được người làm cho chủ thể."), field="role"
        )
    return _invite(subject, email, role, by=by, at=at)


@transaction.atomic
def invite_representative(
    subject: Subject, *, email: str, checked: str, by: User, at: datetime
) -> Invitation:
    """The office asks the representative of a subject that nobody stands for to take it over.

    A register names subjects and no accounts. The office says which papers it `checked`; who
    accepts must also know the subject's tax code, where the register has it.
    """
    require(may_name_representative(by, subject, on=legal_day(at)))
    if not checked.strip():
        raise RuleBroken(
            "invitation.checked", term("Hãy ghi giấy tờ đã kiểm tra."), field="checked"
        )
    return _invite(subject, email, Role.OWNER, by=by, at=at, checked=nfc(checked).strip())


def _invite(
    subject: Subject, email: str, role: Role, *, by: User, at: datetime, checked: str = ""
) -> Invitation:
    # Two who invite the same address at once are put in line by the subject's row.
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    email = email.strip().lower()
    _check_new(subject, email, role, by=by, at=at)
    Invitation.objects.filter(
        subject=subject, email=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        subject=subject,
        email=email,
        role=role,
        checked=checked,
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    until = f"{legal_day(invitation.expires_at):%d/%m/%Y}"
    _record("invitation.sent", invitation, by, at, until=until)
    return invitation


def _check_new(subject: Subject, email: str, role: Role, *, by: User, at: datetime) -> None:
    held = Posting.objects.filter(
        active(legal_day(at)), subject=subject, user__email=email, role=role
    )
    if held.exists():
        raise RuleBroken(
            "invitation.held", term("Người này đã có vai trò đó ở chủ thể."), field="email"
        )
    _check_number(by, at, most=MOST_A_DAY)


def _check_number(by: User, at: datetime, *, most: int) -> None:
    sent = Invitation.objects.filter(invited_by=by, invited_at__gt=at - ONE_DAY).count()
    if sent >= most:
        raise RuleBroken(
            "invitation.too_many",
            term("Mỗi người mời được tối đa %(most)s lần một ngày; hãy mời tiếp vào ngày mai."),
            most=most,
        )


@transaction.atomic
def invite_to_office(
    unit: Unit,
    *,
    email: str,
    role: Role,
    by: User,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Invitation:
    """Asks the owner of an address to serve a unit; one that waits for the same is withdrawn.

    Whether the address has an account, works, or was closed changes nothing for who invites: the
    answer and the mail are the same. Refused: a role that does not fit the unit, that the
    inviter does not give, dates in the wrong order, and too many within a day.
    """
    role = Role(role)
    postings.check_place(role, unit, None)
    require(may_give(by, role, unit, on=legal_day(at)))
    if ends_on is not None and ends_on <= (starts_on or legal_day(at)):
        raise RuleBroken(
            "posting.dates", term("Ngày hết quyền phải sau ngày bắt đầu."), field="ends_on"
        )
    # Two invitations of one person at once are put in line by the person's row.
    User.objects.select_for_update().get(pk=by.pk)
    _check_number(by, at, most=MOST_OF_AN_OFFICE_A_DAY)
    email = email.strip().lower()
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    waiting.filter(unit=unit, role=role, email=email).update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        unit=unit,
        email=email,
        role=role,
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    until = f"{legal_day(invitation.expires_at):%d/%m/%Y}"
    _record("office_invitation.sent", invitation, by, at, until=until)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime, tax_code: str = "") -> Posting:
    """The owner of the address takes the role; refused to others, too late or taken back.

    Who takes over a subject from a register names its tax code, where the register has one.

    Pressing twice is harmless as long as the role is held. The invitation ends with the power of
    who sent it: a former owner lets nobody in.
    """
    current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if by.email.lower() != current.email or not by.is_active:
        raise PermissionDenied(NOT_YOURS)
    today = legal_day(at)
    held = Posting.objects.filter(
        active(today), user=by, role=current.role, subject=current.subject, unit=current.unit
    ).first()
    if current.accepted_at is not None and held is not None:
        return held
    if not current.is_open(at) or not _may_invite(current.invited_by, current, on=today):
        raise RuleBroken(
            "invitation.closed",
            term("Lời mời này đã dùng, đã hết hạn hoặc đã được rút; hãy xin lời mời mới."),
        )
    _check_claim(current, tax_code)
    current.accepted_at = at
    current.save(update_fields=["accepted_at"])
    posting = held or _posting_of(current, by, at)
    _record(f"{_word(current)}.accepted", current, by, at, user=by.pk)
    return posting


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """The link opens nothing any more; a second time changes nothing."""
    require(_may_invite(by, invitation, on=legal_day(at)))
    current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if current.accepted_at is not None or current.withdrawn_at is not None:
        return current
    current.withdrawn_at = at
    current.save(update_fields=["withdrawn_at"])
    _record(f"{_word(current)}.withdrawn", current, by, at)
    return current


def _may_invite(by: User, invitation: Invitation, *, on: date) -> Verdict:
    if invitation.subject is not None:
        allowed = may_name_representative if invitation.checked else may_grant_on_subject
        return allowed(by, invitation.subject, on=on)
    if invitation.unit is None:
        raise ValueError(f"invitation {invitation.pk} leads to nothing")
    return may_give(by, Role(invitation.role), invitation.unit, on=on)


def _check_claim(invitation: Invitation, tax_code: str) -> None:
    subject = invitation.subject
    if not invitation.checked or subject is None or not subject.tax_code:
        return
    try:
        named = tax_codes.normal(tax_code)
    except RuleBroken:
        named = ""
    if named != subject.tax_code:
        raise RuleBroken(
            "invitation.tax_code",
            term("Mã số thuế không khớp với sổ; hãy xem lại giấy đăng ký hoặc hỏi cán bộ đã mời."),
            field="tax_code",
        )


def _posting_of(invitation: Invitation, person: User, at: datetime) -> Posting:
    """The posting begins with its day, but never before it was accepted; the inviter gave it."""
    today = legal_day(at)
    posting = Posting.objects.create(
        user=person,
        role=invitation.role,
        subject=invitation.subject,
        unit=invitation.unit,
        starts_on=max(invitation.starts_on or today, today),
        ends_on=invitation.ends_on,
    )
    if invitation.unit is not None:
        postings.record_granted(posting, by=invitation.invited_by, at=at, invitation=invitation.pk)
    return posting


def _word(invitation: Invitation) -> str:
    return "invitation" if invitation.subject_id else "office_invitation"


def _record(word: str, invitation: Invitation, by: User, at: datetime, **facts: object) -> None:
    """Names and addresses of people stay out of the journal, which is never changed."""
    about = {"subject": invitation.subject_id, "subject_name": invitation.place_name}
    if invitation.subject_id is None:
        about = {"unit": invitation.unit_id, "place": invitation.place_name}
    role = {"role": invitation.role, "role_label": Role(invitation.role).label}
    journal.record(
        f"registry.{word}", subject=invitation, actor=by, at=at, facts={**about, **role, **facts}
    )
