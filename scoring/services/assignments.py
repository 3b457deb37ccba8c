"""The chair confirms who reads which dossier; every reader is told that the papers are ready."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.assignment import Reason
from scoring.models import AgendaItem, Assignment, CouncilMember, Declaration, Session
from scoring.selectors.councils import roster
from scoring.selectors.sessions import day_of, items_of


@transaction.atomic
def confirm(
    session: Session,
    *,
    readers: Mapping[int, Collection[int]],
    reasons: Mapping[tuple[int, int], Collection[Reason]],
    by: User,
    at: datetime,
) -> list[Assignment]:
    """Replaces the assignment of the items named: members by item, with the reasons shown.

    Readers who are new to a session or get other dossiers are told. Refused: anybody but chair
    and vice chairs, a session that has ended, an item of another session or one that has ended,
    somebody who does not score in this council, a member in declared conflict.
    """
    current = Session.objects.select_for_update(of=("self",)).select_related("council")
    held = current.get(pk=session.pk)
    require(permissions.may_assign(by, held, on=legal_day(at)))
    items = {item.pk: item for item in items_of(held)}
    people = {each.pk: each for each in roster(held.council, day_of(held)) if each.role.scores}
    _check(held, items, people, readers)
    before = _duties(held)
    Assignment.objects.filter(item__in=list(readers)).delete()
    made = Assignment.objects.bulk_create(
        Assignment(
            item=items[item],
            member=people[member],
            reasons=[reason.value for reason in reasons.get((item, member), ())],
            confirmed_at=at,
            confirmed_by=by,
        )
        for item in sorted(readers)
        for member in sorted(set(readers[item]))
    )
    _record(held, before, by=by, at=at)
    return made


def _check(
    session: Session,
    items: Mapping[int, AgendaItem],
    people: Mapping[int, CouncilMember],
    readers: Mapping[int, Collection[int]],
) -> None:
    if not session.status.is_running:
        raise RuleBroken("assignment.ended", term("Phiên họp đã kết thúc."))
    conflicts = set(
        Declaration.objects.filter(item__in=list(readers), has_conflict=True).values_list(
            "item", "member"
        )
    )
    for item, members in readers.items():
        if item not in items or not items[item].status.is_pending:
            raise RuleBroken(
                "assignment.foreign_item", term("Hồ sơ không còn chờ trong phiên họp này.")
            )
        for member in members:
            if member not in people:
                raise RuleBroken(
                    "assignment.not_scorer", term("Chỉ phân công đọc cho người chấm của hội đồng.")
                )
            if (item, member) in conflicts:
                raise RuleBroken(
                    "assignment.conflict",
                    term("%(member)s đã khai có xung đột lợi ích với %(product)s."),
                    member=str(people[member].user),
                    product=items[item].dossier.enrolment.product.name,
                )


def _duties(session: Session) -> dict[int, dict[int, str]]:
    """What everybody reads: products by item by member."""
    found: dict[int, dict[int, str]] = {}
    rows = Assignment.objects.filter(item__session=session).order_by("item__order", "id")
    for member, item, product in rows.values_list(
        "member", "item", "item__dossier__enrolment__product__name"
    ):
        found.setdefault(member, {})[item] = product
    return found


def _record(
    session: Session, before: Mapping[int, Mapping[int, str]], *, by: User, at: datetime
) -> None:
    after = _duties(session)
    facts = {"council": session.council.name, "session_id": session.pk}
    journal.record(
        "scoring.assignment.confirmed",
        subject=session,
        actor=by,
        at=at,
        facts={**facts, "readers": {str(key): sorted(items) for key, items in after.items()}},
    )
    for member, items in after.items():
        if items != before.get(member):
            journal.record(
                "scoring.dossiers.ready",
                subject=session,
                actor=by,
                at=at,
                facts={
                    **facts,
                    "member_id": member,
                    "count": len(items),
                    "products": ", ".join(items.values()),
                },
            )
