"""Who holds which role, where, on which day."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
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
    """Areas and subjects that the person may read, in one query."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    rows = Posting.objects.filter(active(on), user=user).values_list("unit__path", "subject_id")
    return Standing(
        paths=tuple(sorted({path for path, _subject in rows if path})),
        subject_ids=tuple(sorted({subject for _path, subject in rows if subject})),
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
    if not isinstance(user, User) or not user.is_active:
        return False
    held = Posting.objects.filter(active(on), user=user, role__in=roles)
    if unit is not None:
        held = held.filter(unit__path__in=unit.ancestor_paths)
    if subject is not None:
        held = held.filter(subject=subject)
    return held.exists()


def paths_held(user: Person, *roles: Role, on: date) -> list[str]:
    """The paths of the units on which the person holds one of the roles."""
    if not isinstance(user, User) or not user.is_active:
        return []
    held = Posting.objects.filter(active(on), user=user, role__in=roles, unit__isnull=False)
    return list(held.order_by().values_list("unit__path", flat=True).distinct())


def roles_of(user: Person, on: date) -> frozenset[Role]:
    """Every role that the person holds anywhere."""
    return frozenset(Role(role) for role in postings_of(user, on).values_list("role", flat=True))


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
    if not isinstance(user, User) or not user.is_active:
        return []
    rows = Posting.objects.filter(active(on), user=user, unit__isnull=False)
    return [
        Held(Role(role), Level(level), path)
        for role, level, path in rows.values_list("role", "unit__level", "unit__path")
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
