"""The append-only history, and the rows as they are now."""

from datetime import datetime
from typing import Any

from cycle.models import BusinessPlan, Dossier, Enrolment, Idea, Move
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term

ENROLMENT_PARTS = ("product__subject", "round__unit", "commune__parent__parent", "product_set")
PARTS = tuple(f"enrolment__{part}" for part in ENROLMENT_PARTS)


def locked_enrolment(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is now, locked until the transaction ends."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related(*ENROLMENT_PARTS)
    return rows.get(pk=enrolment.pk)


def locked_idea(idea: Idea) -> Idea:
    """The idea as it is now; its enrolment is locked first, always in this order."""
    locked_enrolment(idea.enrolment)
    return Idea.objects.select_for_update(of=("self",)).select_related(*PARTS).get(pk=idea.pk)


def locked_plan(plan: BusinessPlan) -> BusinessPlan:
    """The plan as it is now; its enrolment is locked first, always in this order."""
    locked_enrolment(plan.enrolment)
    rows = BusinessPlan.objects.select_for_update(of=("self",)).select_related(*PARTS)
    return rows.get(pk=plan.pk)


def locked_dossier(dossier: Dossier) -> Dossier:
    """The dossier as it is now; its enrolment is locked first, always in this order."""
    locked_enrolment(dossier.enrolment)
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("product_set", *PARTS)
    return rows.get(pk=dossier.pk)


def require_active(enrolment: Enrolment) -> None:
    """Nothing more is written in an enrolment that has ended."""
    if enrolment.ended_at is not None:
        raise RuleBroken(
            "enrolment.ended", term("Lượt tham gia này đã kết thúc, không thay đổi được nữa.")
        )


def tell(
    thing: Enrolment | Idea | BusinessPlan | Dossier,
    name: str,
    kind: str,
    *,
    before: str,
    after: str,
    by: User,
    at: datetime,
    note: str = "",
) -> None:
    """One row to the history and one entry to the journal: the same act, told once each."""
    enrolment = thing if isinstance(thing, Enrolment) else thing.enrolment
    dossier = thing if isinstance(thing, Dossier) else None
    Move.objects.create(
        enrolment=enrolment,
        dossier=dossier,
        name=name,
        from_state=before,
        to_state=after,
        by=by,
        at=at,
        note=note,
    )
    facts = {**about(enrolment), "from": str(before), "to": str(after), "reason": note}
    if dossier is not None:
        facts |= about_dossier(dossier)
    elif not isinstance(thing, Enrolment | Dossier):
        facts["due_day"] = f"{thing.due_on:%d/%m/%Y}" if thing.due_on else ""
    journal.record(kind, subject=thing, actor=by, at=at, facts=facts)


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What a notice and a statistic need to know of an enrolment."""
    return {
        "enrolment": enrolment.pk,
        "product": enrolment.product.name,
        "round": enrolment.round.name,
        "step": str(enrolment.step),
    }


def about_dossier(dossier: Dossier) -> dict[str, Any]:
    """What a notice needs to know of a dossier."""
    level = Level(dossier.level)
    return {
        "dossier": dossier.pk,
        "code": dossier.code,
        "level": level.value,
        "level_name": level.label,
        "due_on": dossier.due_on.isoformat() if dossier.due_on else "",
        "due_day": f"{dossier.due_on:%d/%m/%Y}" if dossier.due_on else "",
    }


def is_repeated(enrolment: Enrolment, name: str, *, state: str, by: User) -> bool:
    """Whether the last thing that happened is this very act of this very person.

    A second click on the same button is harmless; the act of somebody else is not mine.
    """
    last = Move.objects.filter(enrolment=enrolment).order_by("-id").first()
    if last is None or last.by_id != by.pk or last.to_state != state:
        return False
    return last.name == name
