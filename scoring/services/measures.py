"""Drafts of decisions that suspend, restore or revoke certificates.

Presented, handed back, signed and discarded like every decision (services `decisions`, `drafts`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from scoring import permissions
from scoring.domain.certificate_states import CERTIFICATE, CertificateState
from scoring.domain.decision_numbers import canonical
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import MOVES, Case, check_case, takes_force_away
from scoring.models import Certificate, Decision, Finding, Measure
from scoring.services.drafts import locked_draft, record, save


@transaction.atomic
def draft(
    kind: DecisionKind,
    *,
    certificates: Sequence[Certificate],
    case: Case,
    title: str,
    decided_on: date,
    number: str = "",
    finding: Finding | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """A draft about certificates of one authority.

    Refused: nobody's officer, no certificate, certificates of several authorities, one whose state
    does not allow the measure, no reason, and to take force away no ground or no word on whether
    the subject was heard.
    """
    kind = DecisionKind(kind)
    if not certificates:
        raise RuleBroken("measure.empty", term("Hãy chọn ít nhất một giấy chứng nhận."))
    first = certificates[0]
    require(permissions.may_draft(by, Level(first.level), first.unit, on=legal_day(at)))
    check_case(kind, case, on=legal_day(at))
    decision = Decision(
        kind=kind,
        level=first.level,
        unit=first.unit,
        number=canonical(number),
        year=decided_on.year,
        decided_on=decided_on,
        title=nfc(title).strip(),
        drafted_at=at,
        drafted_by=by,
    )
    save(decision)
    for certificate in certificates:
        if certificate.unit_id != first.unit_id:
            raise RuleBroken(
                "measure.authorities",
                term("Một quyết định chỉ về giấy chứng nhận của một cơ quan."),
            )
        CERTIFICATE.decide(CertificateState(certificate.state), MOVES[kind])
        Measure.objects.create(
            decision=decision, certificate=certificate, finding=finding, **_facts(kind, case)
        )
    record(decision, "drafted", by, at)
    return decision


@transaction.atomic
def revise(
    decision: Decision,
    *,
    case: Case,
    title: str,
    decided_on: date,
    number: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Changes what a draft says of its certificates; refused once it lies before the authority."""
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = locked_draft(decision, version)
    check_case(current.does, case, on=legal_day(at))
    current.number, current.title = canonical(number), nfc(title).strip()
    current.decided_on, current.year = decided_on, decided_on.year
    current.version += 1
    save(current)
    current.measures.update(**_facts(current.does, case))
    record(current, "revised", by, at)
    return current


def _facts(kind: DecisionKind, case: Case) -> dict[str, Any]:
    return {
        "ground": case.ground if case.ground and takes_force_away(kind) else "",
        "note": nfc(case.note).strip(),
        "concluded_on": case.concluded_on,
        "heard_on": case.heard_on,
        "hearing_note": nfc(case.hearing_note).strip(),
    }
