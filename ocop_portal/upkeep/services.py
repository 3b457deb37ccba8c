"""Runs the invariants and keeps what they found."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as term

from ocop_portal.journal import services as journal
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope, registered
from ocop_portal.upkeep.models import CheckFinding, CheckRun

FOUND = "upkeep.run.found"
NOT_RUN = term("Không chạy được quy tắc này: %(error)s")
# One broken cause shows in many rows; the first ones tell it.
MOST_OF_A_RULE = 200
KEPT_FOR = timedelta(days=90)
NAME_LENGTH = 250

log = logging.getLogger(__name__)


def run(
    *, at: datetime, with_files: bool = False, rules: Sequence[Invariant] | None = None
) -> CheckRun:
    """Asks every rule and keeps the findings; where something is found, people are told.

    Each rule is asked by itself, so that one that cannot be asked hides no other: that is a
    finding too. Runs of more than ninety days ago are forgotten.
    """
    asked = registered() if rules is None else rules
    scope = Scope(at=at, on=timezone.localdate(at), with_files=with_files)
    kept = CheckRun.objects.create(started_at=at, with_files=with_files, rules=len(asked))
    for rule in asked:
        CheckFinding.objects.bulk_create(
            [_row(kept, rule, each) for each in _found(rule, scope)], batch_size=100
        )
    _end(kept, at)
    return kept


def _found(rule: Invariant, scope: Scope) -> Iterator[Finding]:
    try:
        yield from list(islice(rule.find(scope), MOST_OF_A_RULE))
    except Exception as error:  # whatever it is, the other rules are asked
        log.exception("the invariant %s could not be asked", rule.code)
        yield Finding(None, NOT_RUN, {"error": type(error).__name__})


def _row(kept: CheckRun, rule: Invariant, found: Finding) -> CheckFinding:
    thing = found.thing
    address = getattr(thing, "get_absolute_url", None)
    return CheckFinding(
        run=kept,
        rule=rule.code,
        subject_type=thing._meta.label_lower if thing is not None else "",
        subject_id=thing.pk if thing is not None else None,
        name=f"{thing}"[:NAME_LENGTH] if thing is not None else "",
        url=address() if address else "",
        text=found.text,
        facts=dict(found.facts),
    )


@transaction.atomic
def _end(kept: CheckRun, at: datetime) -> None:
    kept.ended_at, kept.found = timezone.now(), kept.findings.count()
    kept.save(update_fields=["ended_at", "found"])
    CheckRun.objects.filter(started_at__lt=at - KEPT_FOR).delete()
    if kept.found:
        broken = kept.findings.order_by("rule").values_list("rule", flat=True).distinct()
        facts = {"found": kept.found, "rules": ", ".join(broken)}
        journal.record(FOUND, subject=kept, actor=None, at=at, facts=facts)
