"""Single fields of an open paper, saved while they are written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cycle.models import BusinessPlan, Dossier, Idea
from cycle.permissions import may_write
from cycle.services.history import locked_dossier, locked_idea, locked_plan, require_active
from cycle.services.papers import Paper, is_unchanged, merge, require_open
from cycle.services.plans import check_money
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.merging import Merged, Seen


@transaction.atomic
def save_fields(
    paper: Paper, values: Mapping[str, Any], *, seen: Mapping[str, Seen], by: User, at: datetime
) -> Merged:
    """Writes what only this writer changed since `seen`; answers with what others changed too.

    What stands there already is no change, so a text that arrives twice, or after the paper was
    handed in, is no fault. Refused: strangers, an ended enrolment, a paper in other hands.
    """
    require(may_write(by, paper.enrolment, on=legal_day(at)))
    current = _locked(paper)
    if is_unchanged(current, values):
        return Merged()
    require_active(current.enrolment)
    require_open(current)
    if isinstance(current, BusinessPlan):
        check_money({name: values.get(name, getattr(current, name)) for name in MONEY})
    return merge(current, values, seen=seen, by=by, at=at)


def _locked(paper: Paper) -> Paper:
    if isinstance(paper, Dossier):
        return locked_dossier(paper)
    return locked_idea(paper) if isinstance(paper, Idea) else locked_plan(paper)


MONEY = ("investment", "own_capital")
