"""Gives people their roles and takes them back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.delegation import LEVELS_OF_ROLE
from registry.domain.errors import RuleBroken
from registry.domain.places import COUNTRY_PATH
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Posting, Subject, Unit
from registry.permissions import may_end_posting, may_give, may_grant_on_subject
from registry.selectors.people import active, administrators


@transaction.atomic
def grant(
    user: User,
    *,
    role: Role,
    starts_on: date,
    by: User,
    at: datetime,
    unit: Unit | None = None,
    subject: Subject | None = None,
    ends_on: date | None = None,
) -> Posting:
    """A role on a unit or on a subject, from a day on; `ends_on` is the first day without it.

    Refused: a role that does not fit the place, dates in the wrong order, a second posting to
    what the person already holds, a role that the giver's own posting does not hand on.
    """
    role = Role(role)
    check_place(role, unit, subject)
    if subject is not None:
        require(may_grant_on_subject(by, subject, on=legal_day(at)))
    elif unit is not None:
        require(may_give(by, role, unit, on=legal_day(at)))
    posting = Posting(
        user=user, role=role, unit=unit, subject=subject, starts_on=starts_on, ends_on=ends_on
    )
    _check_dates(posting)
    posting.save(force_insert=True)
    record_granted(posting, by=by, at=at)
    return posting


def record_granted(posting: Posting, *, by: User, at: datetime, **facts: object) -> None:
    """Writes down who gave the role: from here the person's page knows it."""
    journal.record(
        "registry.posting.granted",
        subject=posting,
        actor=by,
        at=at,
        facts={**_facts(posting), **facts},
    )


@transaction.atomic
def go_on(posting: Posting, *, unit: Unit, starts_on: date, by: User, at: datetime) -> Posting:
    """The same role at the unit that takes this one's place, to the same last day.

    Asked by a change of units, whose own permission counts; the person is told as of any posting.
    """
    following = Posting.objects.create(
        user=posting.user,
        role=posting.role,
        unit=unit,
        starts_on=starts_on,
        ends_on=posting.ends_on,
    )
    journal.record(
        "registry.posting.granted",
        subject=following,
        actor=by,
        at=at,
        facts={**_facts(following), "follows": posting.pk},
    )
    return following


@transaction.atomic
def end(posting: Posting, *, by: User, at: datetime, on: date | None = None) -> Posting:
    """Power ends with this day (today where none is named).

    A subject keeps at least one owner, the programme at least one administrator.
    """
    require(may_end_posting(by, posting, on=legal_day(at)))
    current = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("unit__parent__parent", "subject")
        .get(pk=posting.pk)
    )
    last = max(on or legal_day(at), current.starts_on)
    if current.ends_on is not None and current.ends_on <= last:
        return current
    _keep_an_owner(current, last)
    if current.role == Role.ADMINISTRATOR and current.unit and current.unit.path == COUNTRY_PATH:
        keep_an_administrator(current.user, on=last)
    current.ends_on = last
    current.save(update_fields=["ends_on"])
    journal.record(
        "registry.posting.ended",
        subject=current,
        actor=by,
        at=at,
        facts={**_facts(current), "ends_on": last.isoformat()},
    )
    return current


def _facts(posting: Posting) -> dict[str, Any]:
    """What the journal keeps of a posting; the name of the place is for the notice."""
    place = posting.unit.long_name if posting.unit else str(posting.subject)
    return {
        "user": posting.user_id,
        "role": str(posting.role),
        "role_label": Role(posting.role).label,
        "unit": posting.unit_id,
        "subject": posting.subject_id,
        "place": place,
    }


def check_place(role: Role, unit: Unit | None, subject: Subject | None) -> None:
    """Refuses a role that stands on nothing, on the wrong sort of thing, or at the wrong level."""
    if (unit is None) == (subject is None):
        raise RuleBroken(
            "posting.place", term("Vai trò được giao trên một đơn vị hoặc một chủ thể.")
        )
    if role.is_on_subject != (subject is not None):
        raise RuleBroken(
            "posting.role_and_place",
            term("Vai trò “%(role)s” không giao ở nơi này."),
            field="role",
            role=role.label,
        )
    if unit is not None and unit.level not in LEVELS_OF_ROLE[role]:
        raise RuleBroken(
            "posting.role_and_level",
            term("Vai trò “%(role)s” không giao ở %(level)s."),
            field="role",
            role=role.label,
            level=Level(unit.level).label.lower(),
        )


def _check_dates(posting: Posting) -> None:
    """Refuses dates in the wrong order, and what the person already holds on the first day."""
    if posting.ends_on is not None and posting.ends_on <= posting.starts_on:
        raise RuleBroken(
            "posting.dates", term("Ngày hết quyền phải sau ngày bắt đầu."), field="ends_on"
        )
    # The person's row is locked so that two grants at once do not make two postings.
    user = User.objects.select_for_update().get(pk=posting.user_id)
    held = Posting.objects.filter(
        user=user, role=posting.role, unit=posting.unit, subject=posting.subject
    )
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=posting.starts_on)).exists():
        raise RuleBroken("posting.held", term("Người này đang giữ vai trò đó."), field="email")


def _keep_an_owner(posting: Posting, on: date) -> None:
    if posting.role != Role.OWNER:
        return
    # Two owners who take each other out at once are put in line by the subject's row.
    subject = Subject.objects.select_for_update().get(postings=posting)
    others = Posting.objects.filter(active(on), role=Role.OWNER, subject=subject)
    if not others.exclude(pk=posting.pk).exists():
        raise RuleBroken("posting.last_owner", term("Chủ thể phải có ít nhất một người đứng tên."))


def keep_an_administrator(person: User, *, on: date) -> None:
    """Refuses that the last administrator of the whole programme goes."""
    # Two administrators who take each other out at once are put in line by their rows.
    left = list(administrators(on).select_for_update().order_by("pk").values_list("pk", flat=True))
    if left == [person.pk]:
        raise RuleBroken(
            "posting.last_administrator",
            term("Chương trình phải còn ít nhất một quản trị toàn quốc; hãy giao cho người khác."),
        )
