"""Invites addresses to work for a subject, and lets their owners in."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Invitation, Posting, Subject
from registry.permissions import may_grant_on_subject
from registry.selectors.people import active

LASTS = timedelta(days=14)
MOST_A_DAY = 20
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
    # Two owners who invite the same address at once are put in line by the subject's row.
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
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    journal.record(
        "registry.invitation.sent",
        subject=invitation,
        actor=by,
        at=at,
        facts={
            "subject": subject.pk,
            "subject_name": subject.name,
            "role": str(role),
            "role_label": role.label,
            "inviter": by.full_name or by.email,
            "until": f"{legal_day(invitation.expires_at):%d/%m/%Y}",
        },
    )
    return invitation


def _check_new(subject: Subject, email: str, role: Role, *, by: User, at: datetime) -> None:
    held = Posting.objects.filter(
        active(legal_day(at)), subject=subject, user__email=email, role=role
    )
    if held.exists():
        raise RuleBroken(
            "invitation.held", term("Người này đã có vai trò đó ở chủ thể."), field="email"
        )
    sent = Invitation.objects.filter(invited_by=by, invited_at__gt=at - ONE_DAY).count()
    if sent >= MOST_A_DAY:
        raise RuleBroken(
            "invitation.too_many",
            term("Mỗi người mời được tối đa %(most)s lần một ngày; hãy mời tiếp vào ngày mai."),
            most=MOST_A_DAY,
        )


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime) -> Posting:
    """The owner of the address takes the role; refused to others, too late or taken back.

    Pressing twice is harmless as long as the role is held. The invitation ends with the power of
    who sent it: a former owner lets nobody in.
    """
    current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if by.email.lower() != current.email or not by.is_active:
        raise PermissionDenied(NOT_YOURS)
    today = legal_day(at)
    held = Posting.objects.filter(
        active(today), user=by, role=current.role, subject=current.subject
    ).first()
    if current.accepted_at is not None and held is not None:
        return held
    may_still_invite = may_grant_on_subject(current.invited_by, current.subject, on=legal_day(at))
    if not current.is_open(at) or not may_still_invite:
        raise RuleBroken(
            "invitation.closed",
            term("Lời mời này đã dùng, đã hết hạn hoặc đã được rút; hãy xin lời mời mới."),
        )
    current.accepted_at = at
    current.save(update_fields=["accepted_at"])
    posting = held or Posting.objects.create(
        user=by, role=current.role, subject=current.subject, starts_on=today
    )
    journal.record(
        "registry.invitation.accepted",
        subject=current,
        actor=by,
        at=at,
        facts={
            "subject": current.subject_id,
            "subject_name": current.subject.name,
            "role": current.role,
            "role_label": Role(current.role).label,
            "user": by.pk,
            "person": by.full_name or by.email,
        },
    )
    return posting


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """The link opens nothing any more; a second time changes nothing."""
    require(may_grant_on_subject(by, invitation.subject, on=legal_day(at)))
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if current.accepted_at is not None or current.withdrawn_at is not None:
        return current
    current.withdrawn_at = at
    current.save(update_fields=["withdrawn_at"])
    journal.record(
        "registry.invitation.withdrawn",
        subject=current,
        actor=by,
        at=at,
        facts={"subject": current.subject_id},
    )
    return current
