"""Certificates: issued by a signed decision, suspended, restored, revoked, superseded.

The only place that sets the state of a certificate.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import transaction

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.selectors import regime
from scoring import signals
from scoring.domain.certificate_states import (
    CERTIFICATE,
    CertificateMove,
    CertificateState,
    RevocationGround,
)
from scoring.domain.decision_states import DecisionState
from scoring.domain.measures import MOVES
from scoring.domain.short_code import new_code
from scoring.domain.validity import valid_until
from scoring.models import Certificate, CertificateRegister, Decision, DecisionItem, Measure

IN_FORCE = (CertificateState.VALID, CertificateState.SUSPENDED)
_MOVED = ("state", "state_note", "state_changed_at", "superseded_by_id")
WORDS = {
    CertificateMove.SUSPEND: "suspended",
    CertificateMove.RESTORE: "restored",
    CertificateMove.REVOKE: "revoked",
    CertificateMove.SUPERSEDE: "superseded",
}


@transaction.atomic
def issue(
    item: DecisionItem, *, ends_on: date | None = None, by: User, at: datetime
) -> Certificate:
    """The certificate of one product of a signed decision; its earlier ones are superseded.

    For the service `decisions`. The names are those of this day and never change afterwards.
    It lasts for the months of its regime, or to `ends_on` where it takes another one's place.
    Refused: a decision without signature. Issued twice is issued once.
    """
    decision = item.decision
    if item.stars is None:
        raise ValueError("an item that takes a recognition back has no certificate")
    if decision.status is not DecisionState.SIGNED:
        raise RuleBroken("certificate.unsigned", term("Quyết định chưa được ký."))
    dossier = item.rating.dossier
    product = dossier.enrolment.product
    earlier = Certificate.objects.filter(decision=decision, product=product).first()
    if earlier is not None:
        return earlier
    law = regime(dossier.regime)
    certificate = Certificate.objects.create(
        number=_next_number(decision),
        code=unused_code(),
        rating=item.rating,
        decision=decision,
        regime=dossier.regime,
        level=decision.level,
        unit=decision.unit,
        product=product,
        product_set=dossier.product_set,
        product_name=product.name,
        product_code=product.code,
        subject_name=product.subject.name,
        subject_address=_address(item),
        set_name=dossier.product_set.name,
        stars=item.stars,
        issued_on=decision.decided_on,
        valid_until=ends_on or valid_until(decision.decided_on, law.certificate_months),
        state_changed_at=at,
    )
    _record(certificate, "issued", by, at, decision=decision.number)
    signals.certificate_issued.send(
        sender=Certificate,
        certificate_id=certificate.pk,
        product_id=product.pk,
        stars=certificate.stars,
    )
    supersede_older(certificate, by=by, at=at)
    return certificate


def carry_out(measure: Measure, *, by: User, at: datetime) -> None:
    """Does what a signed decision says of a certificate; for the service `decisions`.

    Refused: a decision without signature, a certificate whose state does not allow it.
    """
    decision = measure.decision
    if decision.status is not DecisionState.SIGNED:
        raise RuleBroken("certificate.unsigned", term("Quyết định chưa được ký."))
    current = _locked(measure.certificate)
    current.ground = measure.ground
    _move(current, MOVES[decision.does], note=measure.note, by=by, at=at, decision=decision)


def annul(certificate: Certificate, *, decision: Decision, by: User, at: datetime) -> None:
    """A signed correction took the recognition back; for the service `decisions`. Twice: once."""
    current = _locked(certificate)
    if current.state == CertificateState.REVOKED:
        return
    current.ground = RevocationGround.AUTHORITY_FOUND
    note = term("Theo Quyết định đính chính số %(number)s.") % {"number": decision.number}
    _move(current, CertificateMove.REVOKE, note=note, decision=decision, by=by, at=at)


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("unit", "decision")
    return rows.get(pk=certificate.pk)


def _move(
    certificate: Certificate,
    move: CertificateMove,
    *,
    note: str,
    decision: Decision,
    by: User,
    at: datetime,
) -> Certificate:
    certificate.state = CERTIFICATE.decide(CertificateState(certificate.state), move)
    certificate.state_note, certificate.state_changed_at = note, at
    certificate.save(
        update_fields=["state", "state_note", "state_changed_at", "ground", "superseded_by"]
    )
    _record(
        certificate,
        WORDS[move],
        by,
        at,
        reason=note,
        ground=str(certificate.ground),
        decision=decision.number,
    )
    signals.certificate_changed.send(
        sender=Certificate,
        certificate_id=certificate.pk,
        product_id=certificate.product_id,
        state=str(certificate.state),
    )
    return certificate


def supersede_older(certificate: Certificate, *, by: User, at: datetime) -> None:
    """A product shows one certificate: the new one takes the place of those in force."""
    older = Certificate.objects.select_for_update(of=("self",)).filter(
        product=certificate.product,
        state__in=[state.value for state in IN_FORCE],
    )
    note = term("Được thay bằng giấy chứng nhận số %(number)s.") % {"number": certificate.number}
    for each in older.exclude(pk=certificate.pk).order_by("pk"):
        each.superseded_by = certificate
        _move(
            each, CertificateMove.SUPERSEDE, note=note, decision=certificate.decision, by=by, at=at
        )


def supersede_older_many(
    new: Sequence[Certificate],
    held: Mapping[int, Sequence[Certificate]],
    *,
    by: User,
    at: datetime,
) -> None:
    """The same for recorded ones, in their order, with all that their products hold, locked."""
    moved: list[tuple[Certificate, dict[str, Any]]] = []
    for certificate in new:
        number = {"number": certificate.number}
        note = term("Được thay bằng giấy chứng nhận số %(number)s.") % number
        for each in held[certificate.product_id]:
            if each.pk < certificate.pk and each.state in IN_FORCE:
                move = CertificateMove.SUPERSEDE
                each.state = CERTIFICATE.decide(CertificateState(each.state), move)
                each.state_note, each.state_changed_at, each.superseded_by = note, at, certificate
                facts = _told(each, reason=note, ground=str(each.ground))
                moved.append((each, {**facts, "decision": certificate.decision.number}))
    pick = attrgetter("pk", *_MOVED)
    many_rows.set_values(Certificate, _MOVED, (pick(each) for each, _facts in moved))
    journal.record_many("scoring.certificate.superseded", moved, actor=by, at=at)


def reinstate_many(older: Sequence[Certificate], *, by: User, at: datetime) -> None:
    """Stand again: what took their place had been recorded by mistake; for `past_withdrawals`.

    Who asks locked them, and announces that their products say something else.
    """
    note = term("Giấy thay thế được ghi nhầm và đã gỡ khỏi sổ.")
    told = []
    for each in older:
        each.state = CERTIFICATE.decide(CertificateState(each.state), CertificateMove.REINSTATE)
        each.state_note, each.state_changed_at, each.superseded_by = note, at, None
        facts = _told(each, reason=note, ground=str(each.ground), decision=each.decision.number)
        told.append((each, facts))
    pick = attrgetter("pk", *_MOVED)
    many_rows.set_values(Certificate, _MOVED, map(pick, older))
    journal.record_many("scoring.certificate.reinstated", told, actor=by, at=at)


def _next_number(decision: Decision) -> str:
    """The authority's running number of the year; the register row is the lock."""
    register, _made = CertificateRegister.objects.get_or_create(
        unit=decision.unit, year=decision.year
    )
    locked = CertificateRegister.objects.select_for_update().get(pk=register.pk)
    locked.last_number += 1
    locked.save(update_fields=["last_number"])
    return f"{locked.last_number:04d}/{decision.year}/GCN-OCOP"


def unused_code() -> str:
    """A random code; the unique constraint is the judge, this only spares a refused try."""
    return unused_codes(1)[0]


def unused_codes(count: int) -> list[str]:
    """So many of them, all different."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_code(secrets.randbelow) for _ in range(count - len(found))}
        taken = Certificate.objects.filter(code__in=drawn).values_list("code", flat=True)
        found |= drawn.difference(taken)
    return list(found)


def _address(item: DecisionItem) -> str:
    subject = item.rating.dossier.enrolment.product.subject
    return ", ".join(part for part in (subject.address_line, subject.commune.long_name) if part)


def _record(certificate: Certificate, word: str, by: User, at: datetime, **facts: str) -> None:
    journal.record(
        f"scoring.certificate.{word}",
        subject=certificate,
        actor=by,
        at=at,
        facts=_told(certificate, **facts),
    )


def _told(certificate: Certificate, **facts: str) -> dict[str, Any]:
    return {
        "number": certificate.number,
        "product": certificate.product_name,
        "product_id": certificate.product_id,
        "stars": certificate.stars,
        "valid_until": f"{certificate.valid_until:%d/%m/%Y}",
        **facts,
    }
