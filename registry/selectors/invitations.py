"""Invitations by their link, and those of a subject that are still open."""

from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.delegation import roles_given
from registry.models import Invitation, Subject
from registry.selectors.people import held_by

SHOWN_AFTER_ITS_END = timedelta(days=14)
_signer = signing.Signer(salt="registry.invitation")


def token_of(invitation: Invitation) -> str:
    """The secret part of the link; it says which row and cannot be made without the key."""
    return _signer.sign(str(invitation.pk))


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it; None for a link that nobody made."""
    try:
        key = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = Invitation.objects.select_related(
        "subject__commune__parent__parent", "unit__parent__parent", "invited_by"
    )
    return rows.filter(pk=key).first()


def invitation_to(user: User, pk: int) -> Invitation | None:
    """The invitation of a person whose account is older than it, whatever became of it.

    A younger account comes in by the mailed link alone: nobody may open an account in the name of
    an invited address and find the invitation there.
    """
    rows = Invitation.objects.filter(email=user.email.lower(), invited_at__gte=user.created_at)
    return rows.filter(pk=pk).first()


def open_invitations(subject: Subject, at: datetime) -> QuerySet[Invitation]:
    """Those that wait for an answer."""
    return Invitation.objects.filter(
        subject=subject, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).order_by("-invited_at", "-id")


def office_invitations(user: User, at: datetime) -> QuerySet[Invitation]:
    """Those to the units over which the person gives roles, still without an answer.

    One whose time is over stays in the list for as long again, so that it can be sent anew.
    """
    rows = Invitation.objects.filter(
        unit__isnull=False,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=at - SHOWN_AFTER_ITS_END,
    ).select_related("unit__parent__parent", "invited_by")
    if user.is_superuser:
        return rows.order_by("-invited_at", "-id")
    mine = Q(pk__in=[])
    for each in held_by(user, legal_day(at)):
        given = roles_given(each.role, each.level)
        mine |= Q(unit__path__startswith=each.path, role__in=given)
    return rows.filter(mine).order_by("-invited_at", "-id")
