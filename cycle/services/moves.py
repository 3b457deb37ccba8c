"""The only place where the step of an enrolment or the state of a paper or a dossier is set.

Each door here does the same: the row is locked and read afresh, the table decides, the change is
saved, the history gets its row, the journal its entry, and the apps above hear of it. Who may do
a thing is asked by the service that calls (`ideas`, `plans`, `dossiers`); what concerns a council
(`take_to_council` to `record_rating`) is answered for by the scoring, which knows its councils.
A state that is asked for twice in the same way is harmless; from any other state it is refused.
"""

from datetime import datetime

from django.db import transaction

from cycle import signals
from cycle.domain import dossier as dossier_rules
from cycle.domain.appraisal import IDEA, PLAN, AppraisalMove, AppraisalState
from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.journey import JOURNEY, RECOGNISED, JourneyMove
from cycle.domain.steps import Step
from cycle.models import BusinessPlan, Dossier, Enrolment, Idea
from cycle.selectors import promised_day
from cycle.services.history import locked_dossier, locked_enrolment, tell
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import regime as regime_of

NO_FACTS: frozenset[str] = frozenset()
APPRAISAL_WORDS = {
    AppraisalMove.PREPARE: "prepared",
    AppraisalMove.REOPEN: "reopened",
    AppraisalMove.SUBMIT: "submitted",
    AppraisalMove.ACCEPT: "accepted",
    AppraisalMove.RETURN: "returned",
    AppraisalMove.DECLINE: "declined",
}
DOSSIER_WORDS = {
    DossierMove.LODGE: "lodged",
    DossierMove.REPORT: "reported",
    DossierMove.RECEIVE: "accepted",
    DossierMove.RETURN: "returned",
    DossierMove.TAKE_TO_COUNCIL: "taken_to_council",
    DossierMove.POSTPONE: "postponed",
    DossierMove.SEND_BACK: "sent_back",
    DossierMove.CONCLUDE: "concluded",
    DossierMove.NEXT_BODY: "passed_on",
    DossierMove.FORWARD: "forwarded",
    DossierMove.HAND_DOWN: "handed_down",
    DossierMove.RESCORE: "rescored",
    DossierMove.RECOGNISE: "recognised",
    DossierMove.REFUSE: "not_recognised",
    DossierMove.WITHDRAW: "withdrawn",
}


# Moves after which the day of whoever has to act stays, or is set by the caller.
KEEPS_ITS_DAY = frozenset(
    {
        DossierMove.LODGE,
        DossierMove.RECEIVE,
        DossierMove.RETURN,
        DossierMove.TAKE_TO_COUNCIL,
        DossierMove.POSTPONE,
        DossierMove.CONCLUDE,
    }
)


def appraise(
    paper: Idea | BusinessPlan,
    move: AppraisalMove,
    *,
    by: User,
    at: datetime,
    facts: frozenset[str] = NO_FACTS,
    reason: str = "",
) -> None:
    """Moves a locked idea or plan by its table; for the services `ideas` and `plans`."""
    name, table = ("idea", IDEA) if isinstance(paper, Idea) else ("plan", PLAN)
    before = AppraisalState(paper.state)
    paper.state = table.decide(before, move, facts)
    paper.version += 1
    paper.due_on = None
    if move is AppraisalMove.SUBMIT:
        paper.submitted_at, paper.due_on = at, promised_day(name, legal_day(at))
    elif move not in {AppraisalMove.PREPARE, AppraisalMove.REOPEN}:
        paper.decided_at, paper.reason = at, reason
    paper.save(update_fields=["state", "version", "submitted_at", "due_on", "decided_at", "reason"])
    tell(
        paper,
        f"{name}.{move}",
        f"cycle.{name}.{APPRAISAL_WORDS[move]}",
        before=before,
        after=paper.state,
        by=by,
        at=at,
        note=reason,
    )


def advance(
    enrolment: Enrolment, move: JourneyMove, *, by: User, at: datetime, facts: frozenset[str]
) -> None:
    """Takes a locked enrolment to its next step; RuleBroken says which fact is missing."""
    before = Step(enrolment.step)
    enrolment.step = JOURNEY.decide(before, move, facts)
    enrolment.version += 1
    enrolment.save(update_fields=["step", "version"])
    tell(
        enrolment,
        f"enrolment.{move}",
        "cycle.enrolment.advanced",
        before=before,
        after=enrolment.step,
        by=by,
        at=at,
    )
    signals.step_opened.send(sender=Enrolment, enrolment_id=enrolment.pk, step=str(enrolment.step))


def end(enrolment: Enrolment, name: str, *, by: User, at: datetime, note: str = "") -> None:
    """Ends a locked enrolment: nothing more will happen in it. Ended already: no change."""
    if enrolment.ended_at is not None:
        return
    enrolment.ended_at = at
    enrolment.version += 1
    enrolment.save(update_fields=["ended_at", "version"])
    tell(
        enrolment,
        f"enrolment.{name}",
        "cycle.enrolment.ended",
        before=enrolment.step,
        after=enrolment.step,
        by=by,
        at=at,
        note=note,
    )
    signals.enrolment_ended.send(
        sender=Enrolment, enrolment_id=enrolment.pk, product_id=enrolment.product_id
    )


def move_dossier(
    dossier: Dossier,
    move: DossierMove,
    *,
    by: User,
    at: datetime,
    facts: frozenset[str] = NO_FACTS,
    level: Level | None = None,
    note: str = "",
) -> None:
    """Moves a locked dossier by its table, to `level` where its turn goes to another one.

    The caller has set the other fields that change and hears the refusal of the table; the
    deadline ends with the move unless the move sets one or leaves the file with the same office.
    """
    before = DossierState(dossier.state)
    dossier.state = dossier_rules.table(dossier.level).decide(before, move, facts)
    dossier.level = level or dossier.level
    dossier.version += 1
    if move not in KEEPS_ITS_DAY:
        dossier.due_on = None
    if dossier.state == DossierState.RETURNED:
        dossier.reason = note
    dossier.save(update_fields=["state", "level", "version", "due_on", "reason"])
    tell(
        dossier,
        f"dossier.{move}",
        f"cycle.dossier.{DOSSIER_WORDS[move]}",
        before=before,
        after=dossier.state,
        by=by,
        at=at,
        note=note,
    )


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


@transaction.atomic
def record_rating(
    enrolment: Enrolment,
    *,
    stars: int | None,
    rating_id: int,
    by: User,
    at: datetime,
    level: Level | None = None,
) -> Enrolment:
    """Keeps the star that the scoring hands down and opens trade promotion where it is recognised.

    Stars below what the regime recognises, or none, end the enrolment without a certificate.
    `level` is the level whose result this is: where the dossier has gone on to another one
    meanwhile, only the enrolment changes. Refused: stars outside 1 to 5, no dossier, an
    enrolment before its evaluation. The same rating told twice is harmless.
    """
    if stars is not None and stars not in range(1, 6):
        raise RuleBroken("rating.stars", term("Hạng sao phải từ 1 đến 5."))
    current = locked_enrolment(enrolment)
    if current.rating_id == rating_id and current.stars == stars:
        return current
    lowest = regime_of(current.regime).lowest_recognised
    is_recognised = stars is not None and stars >= lowest
    dossier = _settle(current, level, is_recognised=is_recognised, by=by, at=at)
    before = current.stars
    current.stars, current.rating_id = stars, rating_id
    current.version += 1
    current.save(update_fields=["stars", "rating_id", "version"])
    tell(
        current,
        "enrolment.rate",
        "cycle.enrolment.rated",
        before=str(before or ""),
        after=str(stars or ""),
        by=by,
        at=at,
    )
    signals.enrolment_rated.send(
        sender=Enrolment,
        enrolment_id=current.pk,
        dossier_id=dossier.pk,
        product_id=current.product_id,
        stars=stars,
        rating_id=rating_id,
        is_recognised=is_recognised,
    )
    if current.step == Step.EVALUATION and is_recognised:
        recognised = frozenset({RECOGNISED})
        advance(current, JourneyMove.OPEN_PROMOTION, by=by, at=at, facts=recognised)
        _end_older(current, by=by, at=at)
    elif not is_recognised:
        end(current, "not_recognised", by=by, at=at)
    return current


def _settle(
    enrolment: Enrolment, level: Level | None, *, is_recognised: bool, by: User, at: datetime
) -> Dossier:
    """The dossier of a rating, moved to its result unless it has gone on to another level."""
    dossier = enrolment.dossier
    if dossier is None or enrolment.step not in {Step.EVALUATION, Step.PROMOTION}:
        raise RuleBroken(
            "rating.no_dossier", term("Sản phẩm chưa tới bước đánh giá, không ghi được hạng sao.")
        )
    current = locked_dossier(dossier)
    has_gone_on = level is not None and current.level != level
    if has_gone_on or current.state == DossierState.RECOGNISED:
        return current
    if is_recognised:
        stars = frozenset({dossier_rules.STARS})
        move_dossier(current, DossierMove.RECOGNISE, by=by, at=at, facts=stars)
    else:
        move_dossier(current, DossierMove.REFUSE, by=by, at=at)
    return current


def _end_older(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """A newly recognised passage takes the place of the product's earlier one."""
    older = Enrolment.objects.filter(
        product=enrolment.product_id, step=Step.PROMOTION, ended_at__isnull=True
    ).exclude(pk=enrolment.pk)
    for each in older.order_by("pk"):
        end(locked_enrolment(each), "supersede", by=by, at=at)
