"""The people of an area: who has, had or gets a posting there, as far as the reader's area goes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry import duties
from registry.domain.clock import legal_day
from registry.domain.delegation import roles_given
from registry.domain.places import COUNTRY_PATH
from registry.domain.roles import Role
from registry.models import Posting
from registry.selectors.people import active, administrators, held_by, standing_of

GRANTED = "registry.posting.granted"
SHOWN = "shown_postings"  # on each person: the postings of the reader's area, the newest first


def paths_of(user: User, on: date) -> tuple[str, ...]:
    """The areas whose people the reader sees."""
    return (COUNTRY_PATH,) if user.is_superuser else standing_of(user, on).paths


def postings_within(paths: tuple[str, ...]) -> QuerySet[Posting]:
    """Postings on the units of these areas, and on the subjects that lie in them."""
    rows = Posting.objects.select_related("unit__parent__parent", "subject")
    if COUNTRY_PATH in paths:
        return rows
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(unit__path__startswith=path) | Q(subject__commune__path__startswith=path)
        within |= Q(subject__former_commune__path__startswith=path)
    return rows.filter(within)


def at_work(rows: QuerySet[User], on: date) -> QuerySet[User]:
    """Those who can come in and hold a role somewhere."""
    return rows.filter(is_active=True, pk__in=Posting.objects.filter(active(on)).values("user"))


def people_of(user: User, on: date) -> QuerySet[User]:
    """Everybody with a posting in the reader's area, now, before or to come.

    The whole programme's readers also see the accounts without any posting. `has_role_now` says
    whether one of the postings of the area is in force.
    """
    paths = paths_of(user, on)
    rows: QuerySet[User] = User.objects.none()
    if paths:
        rows = User.objects.filter(anonymised_at=None).order_by("full_name", "email")
    within = postings_within(paths).order_by("-starts_on", "-pk")
    if COUNTRY_PATH not in paths:
        rows = rows.filter(pk__in=within.order_by().values("user"))
    now: Any = within.filter(active(on), user=OuterRef("pk")).order_by().values("pk")
    shown = Prefetch("postings", queryset=within, to_attr=SHOWN)
    return rows.annotate(has_role_now=Exists(now)).prefetch_related(shown)


def obstacles_of(person: User, at: datetime) -> list[str]:
    """Why the portal cannot forget the person yet: what others need him or her for."""
    on = legal_day(at)
    found = []
    owned = Posting.objects.filter(active(on), role=Role.OWNER, subject__isnull=False)
    for posting in owned.filter(user=person).select_related("subject"):
        if not owned.filter(subject=posting.subject).exclude(user=person).exists():
            text = gettext("Là người đứng tên duy nhất của %(subject)s.")
            found.append(text % {"subject": posting.subject})
    if list(administrators(on)) == [person]:
        found.append(gettext("Là quản trị toàn quốc duy nhất của chương trình."))
    if any(each.duty.stops_others for each in duties.waiting_on(person, at)):
        found.append(gettext("Hội đồng hoặc phiên họp đang cần người này."))
    return found


def answered_for(user: User, on: date) -> QuerySet[User]:
    """Whose requests about personal data the person answers: those of the area of delegation."""
    if not user.is_superuser and not any(roles_given(e.role, e.level) for e in held_by(user, on)):
        return User.objects.none()
    return User.objects.filter(pk__in=people_of(user, on).values("pk"))


def granted_by(postings: Iterable[Posting]) -> dict[int, str]:
    """Who gave each posting, by its number, as the journal tells: its giver, or who invited."""
    keys = [posting.pk for posting in postings]
    entries = Entry.objects.filter(
        subject_type=Posting._meta.label_lower, subject_id__in=keys, kind=GRANTED
    ).select_related("actor")
    return {entry.subject_id: str(entry.actor or "") for entry in entries}
