"""Decisions: presented to the authority, signed once, then unchangeable.

The only place that sets the state of a decision. Signing issues the certificates and hands the
stars down, which opens trade promotion; nothing of a decision is public before.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from cycle.services import council_moves, recognition
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from scoring import permissions, signals
from scoring.domain.decision_states import DECISION, DecisionMove, DecisionState
from scoring.models import Decision
from scoring.selectors.effects import Effect, effects_of, fingerprint
from scoring.selectors.measures import MeasureEffect, measure_effects
from scoring.services import certificates
from scoring.services.drafts import check_version, locked, record


@transaction.atomic
def present(decision: Decision, *, version: int | None = None, by: User, at: datetime) -> Decision:
    """Puts a draft before the authority, who is told; it is not changed while it lies there.

    Refused: no product, no number, a result that no longer gives what the draft says. Presented
    twice is presented once.
    """
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = locked(decision)
    if current.status is DecisionState.PRESENTED:
        return current
    check_version(current, version)
    effects, measures = effects_of(current), measure_effects(current)
    facts = _facts(current, [*effects, *measures])
    current.state = DECISION.decide(current.status, DecisionMove.PRESENT, facts)
    _check_results(effects)
    _check_measures(measures)
    current.presented_at, current.version = at, current.version + 1
    current.save(update_fields=["state", "presented_at", "version"])
    record(current, "presented", by, at)
    return current


@transaction.atomic
def hand_back(
    decision: Decision, *, reason: str, version: int | None = None, by: User, at: datetime
) -> Decision:
    """The authority gives a presented draft back to its office; a reason is needed."""
    require(permissions.may_sign(by, decision, on=legal_day(at)))
    current = locked(decision)
    check_version(current, version)
    facts = frozenset({"reason"}) if reason.strip() else frozenset()
    current.state = DECISION.decide(current.status, DecisionMove.HAND_BACK, facts)
    current.presented_at, current.version = None, current.version + 1
    current.save(update_fields=["state", "presented_at", "version"])
    record(current, "handed_back", by, at, reason=nfc(reason).strip())
    return current


@transaction.atomic
def sign(
    decision: Decision,
    *,
    signer_title: str = "",
    version: int | None = None,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """The authority's signature: certificates are issued or lose their force, files go up.

    `seen` is the fingerprint of the effects that were looked at. Refused: anybody without an
    authority's posting on this very unit, a draft that was not presented, no number, no product,
    a date to come or before a result, a result, a name or a certificate that has changed since.
    Signed twice by the same person is signed once.
    """
    require(permissions.may_sign(by, decision, on=legal_day(at)))
    current = locked(decision)
    if current.status is DecisionState.SIGNED and current.signer_id == by.pk:
        return current
    effects, measures = effects_of(current), measure_effects(current)
    facts = _facts(current, [*effects, *measures])
    state = DECISION.decide(current.status, DecisionMove.SIGN, facts)
    check_version(current, version)
    _check_days(current, effects, legal_day(at))
    _check_results(effects)
    _check_measures(measures)
    _check_seen(current, effects, seen)
    current.state, current.signer, current.signed_at = state, by, at
    current.signer_name, current.signer_title = str(by), nfc(signer_title).strip()
    current.version += 1
    current.save(
        update_fields=["state", "signer", "signed_at", "signer_name", "signer_title", "version"]
    )
    record(current, "signed", by, at)
    for effect in effects:
        _carry_out(current, effect, by, at)
    for each in measures:
        each.measure.decision = current
        certificates.carry_out(each.measure, by=by, at=at)
    signals.decision_signed.send(sender=Decision, decision_id=current.pk)
    return current


def _carry_out(decision: Decision, effect: Effect, by: User, at: datetime) -> None:
    """The certificate, the star for the cycle, the file's way up; each where it applies."""
    item, rating = effect.item, effect.item.rating
    item.decision = decision
    if effect.issues:
        certificates.issue(item, ends_on=effect.valid_until, by=by, at=at)
    elif effect.replaced is not None:
        certificates.annul(effect.replaced, decision=decision, by=by, at=at)
    if item.replaces is not None and item.replaces.rating_id == rating.pk:
        return
    recognition.record_rating(
        rating.dossier.enrolment,
        stars=item.stars if item.stars is not None else rating.standing_stars,
        rating_id=rating.pk,
        by=by,
        at=at,
        level=rating.at_level,
    )
    if effect.forwards_to is not None:
        council_moves.forward(rating.dossier, to_level=Level(effect.forwards_to), by=by, at=at)


def _facts(decision: Decision, effects: Sequence[object]) -> frozenset[str]:
    found = {"products": bool(effects), "number": bool(decision.number)}
    return frozenset(name for name, holds in found.items() if holds)


def _check_days(decision: Decision, effects: Sequence[Effect], on: date) -> None:
    if decision.decided_on > on:
        raise RuleBroken(
            "decision.to_come",
            term("Ngày quyết định không được sau ngày ký."),
            field="decided_on",
        )
    for effect in effects:
        rating = effect.item.rating
        if legal_day(rating.concluded_at) > decision.decided_on:
            raise Stale(
                "decision.before_result",
                term("Ngày quyết định trước ngày hội đồng kết luận về “%(product)s”."),
                product=rating.dossier.enrolment.product.name,
            )


def _check_results(effects: Sequence[Effect]) -> None:
    for effect in effects:
        if effect.changed:
            raise Stale(
                "decision.result_changed",
                term("Kết quả của “%(product)s” không còn khớp với dự thảo. Hãy xem lại dự thảo."),
                product=effect.item.rating.dossier.enrolment.product.name,
            )


def _check_measures(measures: Sequence[MeasureEffect]) -> None:
    for each in measures:
        if not each.is_possible:
            raise Stale(
                "decision.certificate_changed",
                term("Giấy chứng nhận số %(number)s đã đổi trạng thái, không khớp dự thảo."),
                number=each.measure.certificate.number,
            )


def _check_seen(decision: Decision, effects: Sequence[Effect], seen: str | None) -> None:
    if seen is not None and seen != fingerprint(decision, effects):
        raise Stale(
            "decision.unseen",
            term(
                "Tên, kết quả hoặc giấy chứng nhận đã thay đổi sau khi bạn xem. "
                "Hãy xem lại hệ quả rồi ký."
            ),
        )
