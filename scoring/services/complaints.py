"""Complaints about results: lodged in time, taken, extended once, answered with an effect.

The only place that sets the state of a complaint. An answer acts through the doors that are there
for everything else: a further scoring by a council, or a correction drafted for the authority.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from cycle.services import council_moves
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term
from registry.permissions import may_close_account
from registry.selectors import regime
from scoring import permissions
from scoring.domain.chain import OutcomeKind
from scoring.domain.complaint_states import (
    COMPLAINT,
    ComplaintEffect,
    ComplaintMove,
    ComplaintState,
    due_day,
)
from scoring.models import Complaint, ComplaintPoint, Decision, Rating
from scoring.selectors.complaints import last_day_for
from scoring.selectors.ratings import recognised_by, review_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import drafts


@transaction.atomic
def lodge(
    rating: Rating, *, points: Mapping[str, str], text: str = "", by: User, at: datetime
) -> Complaint:
    """The producer complains about named criteria of a result, each with a reason.

    Refused: anybody but the subject's owner, after the window of the regime, no criterion, one
    that the rubric does not have, a criterion without a reason, a result that is not this level's
    last word or that was scored again, a second complaint while one is open.
    """
    require(permissions.may_complain(by, rating, on=legal_day(at)))
    named = _checked_points(rating, points)
    _check_result(rating)
    last = last_day_for(rating)
    if legal_day(at) > last:
        raise RuleBroken(
            "complaint.too_late",
            term("Thời hạn khiếu nại về kết quả này đã hết vào ngày %(last)s."),
            last=f"{last:%d/%m/%Y}",
        )
    complaint = Complaint(
        rating=rating,
        text=nfc(text).strip(),
        lodged_at=at,
        lodged_by=by,
        due_on=due_day(legal_day(at), regime(rating.regime).complaint),
    )
    _save_new(complaint)
    for criterion, reason in named.items():
        ComplaintPoint.objects.create(complaint=complaint, criterion=criterion, reason=reason)
    _record(complaint, "lodged", by, at, due_on=f"{complaint.due_on:%d/%m/%Y}")
    return complaint


@transaction.atomic
def take(complaint: Complaint, *, version: int | None = None, by: User, at: datetime) -> Complaint:
    """An officer of the level takes the complaint over; taken twice by the same is taken once."""
    current = _for_office(complaint, version, by, at)
    if current.owner_id == by.pk:
        return current
    current.state = COMPLAINT.decide(current.status, ComplaintMove.TAKE)
    current.owner = by
    _save(current, "state", "owner")
    _record(current, "taken", by, at)
    return current


@transaction.atomic
def hand_over(complaint: Complaint, *, to: User, by: User, at: datetime) -> Complaint:
    """A colleague of the office goes on with a complaint whose officer leaves.

    Given by who looks after the officer's account; refused to somebody who may not answer it, and
    where nobody has taken it or it is answered.
    """
    current = _locked(complaint)
    if current.state != ComplaintState.TAKEN or current.owner is None:
        raise RuleBroken("complaint.not_taken", term("Khiếu nại này không có ai đang giải quyết."))
    require(may_close_account(by, current.owner, on=legal_day(at)))
    _check_colleague(to, current, at)
    current.owner = to
    _save(current, "owner")
    _record(current, "handed_over", by, at)
    return current


def _check_colleague(person: User, complaint: Complaint, at: datetime) -> None:
    if not permissions.may_answer_complaint(person, complaint, on=legal_day(at)):
        raise RuleBroken(
            "complaint.colleague",
            term("Người này không làm ở cơ quan giải quyết khiếu nại đó."),
            field="to",
        )


@transaction.atomic
def extend(
    complaint: Complaint, *, reason: str, version: int | None = None, by: User, at: datetime
) -> Complaint:
    """A complicated matter gets the longer time of the law, once, with a reason for both sides."""
    current = _for_office(complaint, version, by, at)
    holds = {"reason": reason.strip(), "first_extension": not current.extension}
    current.state = COMPLAINT.decide(current.status, ComplaintMove.EXTEND, _facts(holds))
    current.extension = nfc(reason).strip()
    lodged, rules = legal_day(current.lodged_at), regime(current.rating.regime).complaint
    current.due_on = due_day(lodged, rules, is_complex=True)
    _save(current, "state", "extension", "due_on")
    due = f"{current.due_on:%d/%m/%Y}"
    _record(current, "extended", by, at, reason=current.extension, due_on=due)
    return current


@transaction.atomic
def answer(
    complaint: Complaint,
    *,
    effect: ComplaintEffect,
    text: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Complaint:
    """The recorded answer, and what follows from it.

    "Keep" changes nothing; "rescore" gives the dossier back to a council of the level; "correct"
    drafts a correction of the signed decision, which the authority signs like any other. Refused:
    who does not deal with it, no text, an effect that cannot be had.
    """
    current = _for_office(complaint, version, by, at)
    effect = ComplaintEffect(effect)
    holds = {"owner": current.owner_id == by.pk, "answer": text.strip()}
    current.state = COMPLAINT.decide(current.status, ComplaintMove.ANSWER, _facts(holds))
    current.answer, current.effect = nfc(text).strip(), effect
    current.answered_at = at
    if effect is ComplaintEffect.RESCORE:
        _rescore(current, by, at)
    elif effect is ComplaintEffect.CORRECT:
        current.correction = _correction(current, by, at)
    _save(current, "state", "answer", "effect", "answered_at", "correction")
    _record(current, "answered", by, at, effect=effect.label, answer=current.answer)
    return current


@transaction.atomic
def withdraw(complaint: Complaint, *, by: User, at: datetime) -> Complaint:
    """The producer takes the complaint back. Withdrawn already: no change."""
    require(permissions.may_withdraw_complaint(by, complaint, on=legal_day(at)))
    current = _locked(complaint)
    if current.status is ComplaintState.WITHDRAWN:
        return current
    current.state = COMPLAINT.decide(current.status, ComplaintMove.WITHDRAW)
    _save(current, "state")
    _record(current, "withdrawn", by, at)
    return current


def _rescore(complaint: Complaint, by: User, at: datetime) -> None:
    rating = complaint.rating
    reason = term("Khiếu nại ngày %(day)s được chấp nhận: %(answer)s") % {
        "day": f"{legal_day(complaint.lodged_at):%d/%m/%Y}",
        "answer": complaint.answer,
    }
    council_moves.rescore(rating.dossier, level=rating.at_level, reason=reason, by=by, at=at)


def _correction(complaint: Complaint, by: User, at: datetime) -> Decision:
    item = recognised_by(complaint.rating)
    if item is None:
        raise RuleBroken(
            "complaint.nothing_to_correct",
            term("Kết quả này chưa có quyết định đã ký nên không có gì để đính chính."),
            field="effect",
        )
    title = term("Đính chính Quyết định số %(number)s") % {"number": item.decision.number}
    return drafts.correct(
        item.decision,
        items=[item],
        reason=complaint.answer,
        title=title,
        decided_on=legal_day(at),
        by=by,
        at=at,
    )


def _checked_points(rating: Rating, points: Mapping[str, str]) -> dict[str, str]:
    known = rubric_of(rating.edition).by_code
    if not points:
        raise RuleBroken(
            "complaint.no_criterion",
            term("Hãy nêu ít nhất một tiêu chí và lý do."),
            field="criterion_1",
        )
    named = {code: nfc(reason).strip() for code, reason in points.items()}
    for code, reason in named.items():
        if code not in known:
            raise RuleBroken(
                "complaint.criterion",
                term("Bộ tiêu chí không có tiêu chí %(criterion)s."),
                criterion=code,
            )
        if not reason:
            raise RuleBroken(
                "complaint.no_reason",
                term("Hãy ghi lý do cho tiêu chí %(criterion)s."),
                criterion=code,
            )
    return named


def _check_result(rating: Rating) -> None:
    if rating.result is OutcomeKind.PASSED_ON or review_of(rating) is not None:
        raise RuleBroken(
            "complaint.not_final",
            term("Kết quả này đã có hội đồng khác chấm tiếp; hãy khiếu nại về kết quả mới nhất."),
        )


def _for_office(complaint: Complaint, version: int | None, by: User, at: datetime) -> Complaint:
    require(permissions.may_answer_complaint(by, complaint, on=legal_day(at)))
    current = _locked(complaint)
    if version is not None and version != current.version:
        raise Stale(
            "complaint.stale",
            term("Khiếu nại đã được người khác xử lý sau khi bạn xem. Hãy tải lại trang."),
        )
    return current


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related(
        "rating__dossier__enrolment__product__subject", "rating__unit", "rating__edition"
    )
    return rows.get(pk=complaint.pk)


def _facts(holds: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in holds.items() if value)


def _save_new(complaint: Complaint) -> None:
    try:
        with transaction.atomic():
            complaint.save(force_insert=True)
    except IntegrityError as twice:
        raise RuleBroken(
            "complaint.open", term("Đang có một khiếu nại về kết quả này chưa được trả lời.")
        ) from twice


def _save(complaint: Complaint, *fields: str) -> None:
    complaint.version += 1
    complaint.save(update_fields=[*fields, "version"])


def _record(complaint: Complaint, word: str, by: User, at: datetime, **facts: str) -> None:
    rating = complaint.rating
    journal.record(
        f"scoring.complaint.{word}",
        subject=complaint,
        actor=by,
        at=at,
        facts={
            "product": rating.dossier.enrolment.product.name,
            "rating_id": rating.pk,
            "dossier_id": rating.dossier_id,
            **facts,
        },
    )
