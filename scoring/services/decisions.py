"""Decisions: drafted from concluded results, signed once by the authority, then unchangeable.

Signing issues the certificates and hands the stars down, which opens trade promotion.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from cycle.services import moves
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.text import term
from registry.models import Unit
from scoring import permissions, signals
from scoring.domain.chain import OutcomeKind
from scoring.domain.decision_states import DECISION, DecisionMove, DecisionState
from scoring.models import Decision, DecisionItem, Rating
from scoring.selectors.decisions import items_of
from scoring.selectors.ratings import awaiting_decision, deciding_level, recognised_stars
from scoring.services import certificates


@transaction.atomic
def draft(
    *,
    level: Level,
    unit: Unit,
    ratings: Sequence[Rating],
    title: str,
    decided_on: date,
    number: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """A draft that names several products with the stars that this level recognises.

    Refused: nobody's officer, no product, a result that this level does not recognise or that
    stands in another decision, a number used in the year, a date before a result.
    """
    level = Level(level)
    require(permissions.may_draft(by, level, unit, on=legal_day(at)))
    if level != unit.level:
        raise RuleBroken(
            "decision.place", term("Cấp không khớp với cơ quan ban hành."), field="unit"
        )
    decision = Decision(
        level=level,
        unit=unit,
        number=number.strip(),
        year=decided_on.year,
        decided_on=decided_on,
        title=title,
        drafted_at=at,
        drafted_by=by,
    )
    _save(decision)
    _fill(decision, ratings)
    _record(decision, "drafted", by, at)
    return decision


@transaction.atomic
def revise(
    decision: Decision,
    *,
    number: str,
    decided_on: date,
    title: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Changes number, date and title of a draft; a signed decision is refused."""
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = _locked_draft(decision, version)
    current.number, current.title = number.strip(), title
    current.decided_on, current.year = decided_on, decided_on.year
    current.version += 1
    _save(current)
    _record(current, "revised", by, at)
    return current


@transaction.atomic
def discard(decision: Decision, *, by: User, at: datetime) -> None:
    """Throws a draft away; its results wait for another decision. A signed one is refused."""
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = _locked_draft(decision, None)
    _record(current, "discarded", by, at)
    current.delete()


@transaction.atomic
def sign(
    decision: Decision,
    *,
    signer_title: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """The authority's signature: certificates are issued, stars handed down, files go up.

    Refused: anybody without an authority's posting on this very unit, no number or a number
    used in the year, no product, a date to come or before a result, a result that is no longer
    what the draft says, a version other than the one that was looked at. Signed twice by the
    same person is signed once.
    """
    require(permissions.may_sign(by, decision, on=legal_day(at)))
    current = _locked(decision)
    if current.status is DecisionState.SIGNED and current.signer_id == by.pk:
        return current
    items = list(items_of(current))
    facts = {name for name, holds in (("products", items), ("number", current.number)) if holds}
    state = DECISION.decide(current.status, DecisionMove.SIGN, frozenset(facts))
    _check_version(current, version)
    _check_results(current, items, legal_day(at))
    current.state, current.signer, current.signed_at = state, by, at
    current.signer_name, current.signer_title = str(by), signer_title.strip()
    current.version += 1
    current.save(
        update_fields=["state", "signer", "signed_at", "signer_name", "signer_title", "version"]
    )
    _record(current, "signed", by, at)
    for item in items:
        item.decision = current
        certificates.issue(item, by=by, at=at)
        _hand_down(item, by, at)
    signals.decision_signed.send(sender=Decision, decision_id=current.pk)
    return current


def _hand_down(item: DecisionItem, by: User, at: datetime) -> None:
    """The star goes to the cycle; a file that has to go up goes up after its recognition."""
    rating = item.rating
    moves.record_rating(
        rating.dossier.enrolment,
        stars=item.stars,
        rating_id=rating.pk,
        by=by,
        at=at,
        level=rating.at_level,
    )
    if rating.result is OutcomeKind.FORWARDED and rating.level == item.decision.level:
        moves.forward(rating.dossier, to_level=Level(rating.next_level), by=by, at=at)


def _fill(decision: Decision, ratings: Sequence[Rating]) -> None:
    if not ratings:
        raise RuleBroken("decision.empty", term("Hãy chọn ít nhất một kết quả."), field="ratings")
    waiting = awaiting_decision(decision.unit, Level(decision.level))
    allowed = {rating.pk: rating for rating in waiting}
    for rating in ratings:
        found = allowed.pop(rating.pk, None)
        stars = recognised_stars(found) if found else None
        if found is None or stars is None:
            raise RuleBroken(
                "decision.not_recognisable",
                term("Kết quả của “%(product)s” không do cấp này công nhận hoặc đã có quyết định."),
                field="ratings",
                product=rating.dossier.enrolment.product.name,
            )
        DecisionItem.objects.create(decision=decision, rating=found, stars=stars)


def _check_results(decision: Decision, items: Sequence[DecisionItem], on: date) -> None:
    if decision.decided_on > on:
        raise RuleBroken(
            "decision.to_come",
            term("Ngày quyết định không được sau ngày ký."),
            field="decided_on",
        )
    for item in items:
        rating = item.rating
        same = deciding_level(rating) == decision.level and recognised_stars(rating) == item.stars
        if not same or legal_day(rating.concluded_at) > decision.decided_on:
            raise Stale(
                "decision.result_changed",
                term("Kết quả của “%(product)s” không còn khớp với dự thảo. Hãy xem lại dự thảo."),
                product=rating.dossier.enrolment.product.name,
            )


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=decision.pk)


def _locked_draft(decision: Decision, version: int | None) -> Decision:
    current = _locked(decision)
    if current.status is not DecisionState.DRAFT:
        raise RuleBroken("decision.signed", term("Quyết định đã ký nên không thay đổi được nữa."))
    _check_version(current, version)
    return current


def _check_version(decision: Decision, version: int | None) -> None:
    if version is not None and version != decision.version:
        raise Stale(
            "decision.stale",
            term("Dự thảo đã được sửa sau khi bạn xem. Hãy tải lại trang rồi xem lại."),
        )


def _save(decision: Decision) -> None:
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as twice:
        raise RuleBroken(
            "decision.number_used",
            term("Số quyết định %(number)s đã được dùng trong năm %(year)s."),
            field="number",
            number=decision.number,
            year=decision.year,
        ) from twice


def _record(decision: Decision, word: str, by: User, at: datetime) -> None:
    journal.record(
        f"scoring.decision.{word}",
        subject=decision,
        actor=by,
        at=at,
        facts={
            "decision": decision.number,
            "title": decision.title,
            "decided_on": f"{decision.decided_on:%d/%m/%Y}",
            "unit": decision.unit.name,
        },
    )
