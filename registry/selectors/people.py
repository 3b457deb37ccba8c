"""Who holds which role, where, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.accounts.once import once
from registry.domain.delegation import Held, roles_given
from registry.domain.places import COUNTRY_PATH
from registry.domain.regime import Level
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.models import Posting, Subject, Unit

Person = User | AnonymousUser


@dataclass(frozen=True)
class Standing:
    """What a person's postings open on a day: areas by path, subjects by key."""

    paths: tuple[str, ...] = ()
    subject_ids: tuple[int, ...] = ()

    @property
    def is_nationwide(self) -> bool:
        return "/" in self.paths


def active(on: date) -> Q:
    """Postings in force on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def postings_of(user: Person, on: date) -> QuerySet[Posting]:
    """The person's postings in force, with their unit or subject."""
    if not isinstance(user, User) or not user.is_active:
        return Posting.objects.none()
    return (
        Posting.objects.filter(active(on), user=user)
        .select_related("unit__parent__parent", "subject")
        .order_by("-starts_on", "-id")
    )


def standing_of(user: Person, on: date) -> Standing:
    """Areas and subjects that the person may read."""
    rows = _in_force(user, on)
    return Standing(
        paths=tuple(sorted({each.path for each in rows if each.path})),
        subject_ids=tuple(sorted({each.subject_id for each in rows if each.subject_id})),
    )


class _InForce(NamedTuple):
    """A posting reduced to what permissions ask of it; on a unit or on a subject."""

    role: Role
    level: str | None
    path: str | None
    subject_id: int | None


def _in_force(user: Person, on: date) -> tuple[_InForce, ...]:
    """The person's postings of a day, in one query; a page that only reads asks once."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    rows = Posting.objects.filter(active(on), user=user).order_by("id")
    columns = rows.values_list("role", "unit__level", "unit__path", "subject_id")
    return once(
        ("postings", user.pk, on),
        lambda: tuple(
            _InForce(Role(role), level, path, subject) for role, level, path, subject in columns
        ),
    )


def has_role(
    user: Person,
    *roles: Role,
    on: date,
    unit: Unit | None = None,
    subject: Subject | None = None,
) -> bool:
    """Whether the person holds one of the roles on the unit (or above it), or on the subject.

    Without unit and subject: whether the person holds it anywhere.
    """
    held = [each for each in _in_force(user, on) if each.role in roles]
    if unit is not None:
        held = [each for each in held if each.path in unit.ancestor_paths]
    if subject is not None:
        held = [each for each in held if each.subject_id == subject.pk]
    return bool(held)


def paths_held(user: Person, *roles: Role, on: date) -> list[str]:
    """The paths of the units on which the person holds one of the roles."""
    held = (each.path for each in _in_force(user, on) if each.role in roles and each.path)
    return list(dict.fromkeys(held))


def roles_of(user: Person, on: date) -> frozenset[Role]:
    """Every role that the person holds anywhere."""
    return frozenset(each.role for each in _in_force(user, on))


def holders(
    *roles: Role, on: date, unit: Unit | None = None, subject: Subject | None = None
) -> QuerySet[User]:
    """Active people who hold one of the roles on the unit (or above it), or on the subject."""
    held = Posting.objects.filter(active(on), role__in=roles)
    if unit is not None:
        held = held.filter(unit__path__in=unit.ancestor_paths)
    if subject is not None:
        held = held.filter(subject=subject)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def nationwide_holders(*roles: Role, on: date) -> QuerySet[User]:
    """Active people who hold one of the roles on the whole country."""
    held = Posting.objects.filter(active(on), role__in=roles, unit__path="/")
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def producers_of(subject: Subject, on: date) -> QuerySet[User]:
    """The owners and editors of a subject."""
    return holders(*SUBJECT_ROLES, subject=subject, on=on)


def postings_on_subject(subject: Subject, on: date) -> QuerySet[Posting]:
    """Who works for a subject on a day."""
    return (
        Posting.objects.filter(active(on), subject=subject)
        .select_related("user")
        .order_by("role", "user__full_name", "id")
    )


def held_by(user: Person, on: date) -> list[Held]:
    """The person's postings on units, as the delegation judges them."""
    return [
        Held(each.role, Level(each.level), each.path)
        for each in _in_force(user, on)
        if each.level and each.path
    ]


def administrators(on: date) -> QuerySet[User]:
    """Active people who administer the whole programme, or the installation."""
    held = Posting.objects.filter(active(on), role=Role.ADMINISTRATOR, unit__path=COUNTRY_PATH)
    leads = Q(pk__in=held.values("user")) | Q(is_superuser=True)
    return User.objects.filter(leads, is_active=True).order_by("pk")


def administered_postings(user: User, on: date) -> QuerySet[Posting]:
    """Postings in force on the units over which the person gives roles."""
    rows = (
        Posting.objects.filter(active(on), unit__isnull=False)
        .select_related("user", "unit__parent__parent", "subject")
        .order_by("unit__path", "role", "user__full_name", "id")
    )
    if user.is_superuser:
        return rows
    below = Q(pk__in=[])
    for each in held_by(user, on):
        if roles_given(each.role, each.level):
            below |= Q(unit__path__startswith=each.path)
    return rows.filter(below)
