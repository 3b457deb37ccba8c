"""Who reads which dossier: what was confirmed, and the proposal that the chair looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from ocop_portal.accounts.models import User
from scoring.domain.assignment import Matter, Reader, Reason, propose
from scoring.domain.relations import commune_key
from scoring.domain.session_states import SessionState
from scoring.models import (
    AgendaItem,
    Assignment,
    CouncilMember,
    Declaration,
    InterestStatement,
    Session,
    Sheet,
)
from scoring.selectors.councils import roster
from scoring.selectors.relations import lines, proposed_relations
from scoring.selectors.sessions import agenda_for, day_of


@dataclass(frozen=True)
class ReaderChoice:
    """A member beside a dossier: proposed or chosen, why, or what bars the member from it."""

    member: CouncilMember
    is_chosen: bool
    reasons: tuple[Reason, ...]
    is_barred: bool


@dataclass(frozen=True)
class AssignmentRow:
    """A dossier with everybody who could read it; without `may_read` no reason is told."""

    item: AgendaItem
    may_read: bool
    choices: tuple[ReaderChoice, ...]


def readers_of(session: Session) -> dict[int, list[CouncilMember]]:
    """The confirmed readers by item."""
    found: dict[int, list[CouncilMember]] = {}
    rows = Assignment.objects.filter(item__session=session).select_related("member__user")
    for row in rows.order_by("item_id", "id"):
        found.setdefault(row.item_id, []).append(row.member)
    return found


def assignment_rows(
    session: Session, user: User, on: date, *, each: int, anew: bool = False
) -> list[AssignmentRow]:
    """The confirmed assignment, or the proposal where there is none or one is asked for anew."""
    agenda = [row for row in agenda_for(session, user, on) if row.item.status.is_pending]
    items = [row.item for row in agenda]
    people = [member for member in roster(session.council, day_of(session)) if member.role.scores]
    barred = barred_pairs(items, people)
    given = {} if anew else readers_of(session)
    matters = {item.pk: _matter(item) for item in items}
    readers = {reader.id: reader for reader in _readers(session, people)}
    duties = propose(list(matters.values()), list(readers.values()), barred=barred, each=each)
    proposed = {(duty.matter, duty.reader): duty.reasons for duty in duties}

    def choice(item: AgendaItem, member: CouncilMember, *, may_read: bool) -> ReaderChoice:
        key = (item.pk, member.pk)
        chosen = member in given.get(item.pk, []) if given else key in proposed
        return ReaderChoice(
            member=member,
            is_chosen=chosen,
            reasons=proposed.get(key, ()) if may_read else (),
            is_barred=key in barred,
        )

    return [
        AssignmentRow(
            item=row.item,
            may_read=row.may_read,
            choices=tuple(
                choice(row.item, each_member, may_read=row.may_read) for each_member in people
            ),
        )
        for row in agenda
    ]


def barred_pairs(
    items: Sequence[AgendaItem], people: Sequence[CouncilMember]
) -> frozenset[tuple[int, int]]:
    """Pairs of item and member that may not be: declared, or proposed and not yet answered."""
    words = {
        (word.item_id, word.member_id): word.has_conflict
        for word in Declaration.objects.filter(item__in=items)
    }
    declared = {key for key, has_conflict in words.items() if has_conflict}
    suspected = {(each.item.pk, each.member.pk) for each in proposed_relations(items, people)}
    return frozenset(declared | (suspected - set(words)))


def _matter(item: AgendaItem) -> Matter:
    product_set = item.dossier.product_set
    return Matter(
        id=item.pk,
        product_set=f"{product_set.regime}/{product_set.number}",
        industry=product_set.industry,
        place=commune_key(item.dossier.enrolment.commune.name),
    )


def _readers(session: Session, people: Sequence[CouncilMember]) -> list[Reader]:
    scored: dict[int, set[str]] = {}
    rows = Sheet.objects.filter(member__user__in=[each.user_id for each in people], total__gte=0)
    sets = rows.values_list(
        "member__user", "item__dossier__product_set__regime", "item__dossier__product_set__number"
    ).distinct()
    for user, regime, number in sets.order_by():
        scored.setdefault(user, set()).add(f"{regime}/{number}")
    stated = InterestStatement.objects.filter(user__in=[each.user_id for each in people])
    homes = {row.user_id: {commune_key(line) for line in lines(row.communes)} for row in stated}
    load = dict(
        Assignment.objects.filter(
            member__user__in=[each.user_id for each in people],
            item__session__state__in=(SessionState.CALLED, SessionState.OPENED),
        )
        .exclude(item__session=session)
        .order_by()
        .values_list("member__user")
        .annotate(count=Count("pk"))
    )
    return [
        Reader(
            id=member.pk,
            sets=frozenset(scored.get(member.user_id, ())),
            industries=frozenset(member.industries),
            places=frozenset(homes.get(member.user_id, ())),
            load=load.get(member.user_id, 0),
        )
        for member in people
    ]
