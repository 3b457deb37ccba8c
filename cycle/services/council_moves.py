"""What a council and what follows from its result do to a dossier.

Answered for by the scoring, which knows its councils: a dossier comes onto an agenda, leaves it
with a result or without one, goes on to the next body or level, comes down or is scored anew.
"""

from datetime import datetime

from django.db import transaction

from cycle import signals
from cycle.domain import dossier as dossier_rules
from cycle.domain.dossier import DossierMove, DossierState
from cycle.models import Dossier, Enrolment
from cycle.services.history import locked_dossier, locked_enrolment, tell
from cycle.services.moves import NO_FACTS, move_dossier
from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import regime as regime_of


@transaction.atomic
def take_to_council(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """The dossier stands on the agenda of a council of its level."""
    current = locked_dossier(dossier)
    move_dossier(current, DossierMove.TAKE_TO_COUNCIL, by=by, at=at)
    signals.dossier_taken_to_council.send(
        sender=Dossier, dossier_id=current.pk, level=str(current.level)
    )
    return current


@transaction.atomic
def postpone(dossier: Dossier, *, by: User, at: datetime, note: str = "") -> Dossier:
    """The dossier leaves the agenda without a result and waits for another session."""
    current = locked_dossier(dossier)
    move_dossier(current, DossierMove.POSTPONE, by=by, at=at, note=note)
    return current


@transaction.atomic
def send_back(dossier: Dossier, *, reason: str, by: User, at: datetime) -> Dossier:
    """The council returns the dossier to its subject; a reason is needed."""
    current = locked_dossier(dossier)
    facts = frozenset({dossier_rules.REASON}) if reason.strip() else NO_FACTS
    move_dossier(current, DossierMove.SEND_BACK, by=by, at=at, facts=facts, note=reason)
    signals.dossier_returned.send(
        sender=Dossier, dossier_id=current.pk, level=str(current.level), reason=reason
    )
    return current


@transaction.atomic
def conclude(dossier: Dossier, *, by: User, at: datetime, note: str = "") -> Dossier:
    """The council has a result; what follows from it is another move."""
    current = locked_dossier(dossier)
    if current.state != DossierState.CONCLUDED:
        move_dossier(current, DossierMove.CONCLUDE, by=by, at=at, note=note)
    return current


@transaction.atomic
def pass_on(dossier: Dossier, *, after: str, by: User, at: datetime) -> Dossier:
    """The next council of the same level scores, after the one whose code is `after`."""
    current = locked_dossier(dossier)
    stage = regime_of(current.regime).stage(Level(current.level))
    facts = frozenset({dossier_rules.BODY_AFTER}) if stage.body_after(after) else NO_FACTS
    move_dossier(current, DossierMove.NEXT_BODY, by=by, at=at, facts=facts)
    return current


@transaction.atomic
def forward(
    dossier: Dossier, *, to_level: Level, by: User, at: datetime, note: str = ""
) -> Dossier:
    """The dossier goes up and waits there to be received; only to the level that scores next."""
    current = locked_dossier(dossier)
    from_level = Level(current.level)
    is_next = regime_of(current.regime).next_level(from_level) == Level(to_level)
    move_dossier(
        current,
        DossierMove.FORWARD,
        by=by,
        at=at,
        facts=frozenset({dossier_rules.LEVEL_ABOVE}) if is_next else NO_FACTS,
        level=Level(to_level),
        note=note,
    )
    signals.dossier_forwarded.send(
        sender=Dossier,
        dossier_id=current.pk,
        from_level=str(from_level),
        to_level=str(current.level),
        at=at,
    )
    return current


@transaction.atomic
def hand_down(
    dossier: Dossier, *, to_level: Level, by: User, at: datetime, note: str = ""
) -> Dossier:
    """The lower level scores once more (QĐ 26/2026, Điều 7.5: its second lawful choice)."""
    current = locked_dossier(dossier)
    regime = regime_of(current.regime)
    lower = Level(to_level)
    is_below = regime.scores_at(lower) and regime.next_level(lower) == Level(current.level)
    facts = frozenset({dossier_rules.LEVEL_BELOW}) if is_below else NO_FACTS
    move_dossier(
        current,
        DossierMove.HAND_DOWN,
        by=by,
        at=at,
        facts=facts,
        level=lower,
        note=note,
    )
    return current


@transaction.atomic
def rescore(dossier: Dossier, *, level: Level, reason: str, by: User, at: datetime) -> Dossier:
    """A complaint was found right: the council of `level` scores this dossier once more.

    A passage that had ended without recognition goes on. Refused: a dossier that has gone on to
    another level, a product that meanwhile takes part in another round, no reason.
    """
    enrolment = locked_enrolment(dossier.enrolment)
    current = locked_dossier(dossier)
    if current.level != level:
        raise RuleBroken(
            "dossier.gone_on", term("Hồ sơ đã sang cấp khác nên không chấm lại được ở cấp này.")
        )
    facts = frozenset({dossier_rules.REASON}) if reason.strip() else NO_FACTS
    move_dossier(current, DossierMove.RESCORE, by=by, at=at, facts=facts, note=reason)
    if enrolment.ended_at is not None:
        _reopen(enrolment, by=by, at=at, note=reason)
    return current


def _reopen(enrolment: Enrolment, *, by: User, at: datetime, note: str) -> None:
    others = Enrolment.objects.filter(product=enrolment.product_id, ended_at__isnull=True)
    if others.exclude(pk=enrolment.pk).exists():
        raise RuleBroken(
            "enrolment.elsewhere",
            term("Sản phẩm đang tham gia một đợt khác; kết quả được xét ở đợt đó."),
        )
    enrolment.ended_at = None
    enrolment.version += 1
    enrolment.save(update_fields=["ended_at", "version"])
    tell(
        enrolment,
        "enrolment.reopen",
        "cycle.enrolment.reopened",
        before=enrolment.step,
        after=enrolment.step,
        by=by,
        at=at,
        note=note,
    )
