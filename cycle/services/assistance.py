"""An officer writes an idea for a producer who cannot; it counts when the producer confirms it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

from django.db import transaction

from cycle.domain.appraisal import WRITTEN, AppraisalMove, AppraisalState
from cycle.models import Idea
from cycle.permissions import may_assist, may_write
from cycle.services import moves
from cycle.services.history import is_repeated, locked_idea, require_active
from cycle.services.ideas import NO_FACTS, IdeaTexts, missing
from cycle.services.papers import require_open, write
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day


@transaction.atomic
def prepare(
    idea: Idea,
    *,
    version: int,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    **texts: Unpack[IdeaTexts],
) -> Idea:
    """The idea with these texts, laid before the producer; the required texts must be there.

    Refused as stale when somebody changed it since `version`, and while it is in other hands.
    """
    require(may_assist(by, idea.enrolment, on=legal_day(at)))
    current = locked_idea(idea)
    require_active(current.enrolment)
    if is_repeated(current.enrolment, "idea.prepare", state=AppraisalState.PREPARED, by=by):
        return current
    require_open(current)
    write(current, dict(texts), version=version, seen=seen, by=by, at=at)
    current.assisted_by = by
    current.save(update_fields=["assisted_by"])
    facts = frozenset({WRITTEN}) if not missing(current) else NO_FACTS
    moves.appraise(current, AppraisalMove.PREPARE, by=by, at=at, facts=facts)
    return current


@transaction.atomic
def reopen(idea: Idea, *, by: User, at: datetime) -> Idea:
    """The producer takes what was written for it back to its own draft, to change it."""
    require(may_write(by, idea.enrolment, on=legal_day(at)))
    current = locked_idea(idea)
    require_active(current.enrolment)
    if is_repeated(current.enrolment, "idea.reopen", state=AppraisalState.DRAFT, by=by):
        return current
    moves.appraise(current, AppraisalMove.REOPEN, by=by, at=at)
    return current
