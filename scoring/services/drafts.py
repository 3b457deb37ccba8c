"""Drafts of decisions: made from concluded results, changed over days, thrown away.

A correction is a draft too: it names items of a signed decision and stands in their place.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from registry.models import Unit
from scoring import permissions
from scoring.domain.decision_numbers import canonical
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.models import Decision, DecisionItem, Rating
from scoring.selectors.decisions import correctable_items
from scoring.selectors.ratings import awaiting_decision, recognised_stars, review_of


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
    stands in another decision, a number used in the year or without the form of one.
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
        number=canonical(number),
        year=decided_on.year,
        decided_on=decided_on,
        title=nfc(title).strip(),
        drafted_at=at,
        drafted_by=by,
    )
    save(decision)
    _fill(decision, ratings)
    record(decision, "drafted", by, at)
    return decision


@transaction.atomic
def correct(
    decision: Decision,
    *,
    items: Sequence[DecisionItem],
    reason: str,
    title: str,
    decided_on: date,
    number: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """A draft that corrects a signed decision for some of its products.

    A product whose result was scored again after a complaint gets what that result gives; any
    other gets its certificate anew, with the names of today. Refused: a decision that is not
    signed, an item that a correction replaces already, no item, no reason.
    """
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = locked(decision)
    if current.status is not DecisionState.SIGNED:
        raise RuleBroken(
            "decision.not_signed", term("Chỉ đính chính được quyết định đã ký; hãy sửa dự thảo.")
        )
    if not reason.strip():
        raise RuleBroken("decision.reason", term("Hãy ghi rõ lý do đính chính."), field="reason")
    correction = Decision(
        kind=DecisionKind.CORRECT,
        corrects=current,
        reason=nfc(reason).strip(),
        level=current.level,
        unit=current.unit,
        number=canonical(number),
        year=decided_on.year,
        decided_on=decided_on,
        title=nfc(title).strip(),
        drafted_at=at,
        drafted_by=by,
    )
    save(correction)
    _replace(correction, current, items)
    record(correction, "drafted", by, at)
    return correction


@transaction.atomic
def revise(
    decision: Decision,
    *,
    number: str,
    decided_on: date,
    title: str,
    ratings: Sequence[Rating] | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Changes number, date and title of a draft, and with `ratings` which products it names.

    Refused: a draft that was presented or signed, a version other than the one looked at.
    """
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = locked_draft(decision, version)
    current.number, current.title = canonical(number), nfc(title).strip()
    current.decided_on, current.year = decided_on, decided_on.year
    current.version += 1
    save(current)
    if ratings is not None and current.does is DecisionKind.RECOGNISE:
        kept = {rating.pk for rating in ratings}
        current.items.exclude(rating__in=kept).delete()
        named = set(current.items.values_list("rating", flat=True))
        if not kept or kept - named:
            _fill(current, [rating for rating in ratings if rating.pk not in named])
    record(current, "revised", by, at)
    return current


@transaction.atomic
def discard(decision: Decision, *, version: int | None = None, by: User, at: datetime) -> None:
    """Throws a draft away; its results wait for another decision. A signed one is refused."""
    require(permissions.may_change_draft(by, decision, on=legal_day(at)))
    current = locked_draft(decision, version)
    record(current, "discarded", by, at)
    current.delete()


def locked(decision: Decision) -> Decision:
    """The row as it is now, held until the transaction ends."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("unit", "corrects")
    return rows.get(pk=decision.pk)


def locked_draft(decision: Decision, version: int | None) -> Decision:
    """The locked row while it may still be changed, in the version that was looked at."""
    current = locked(decision)
    if current.status.is_final:
        raise RuleBroken(
            "decision.signed",
            term("Quyết định đã ký nên không thay đổi được nữa; hãy lập quyết định đính chính."),
        )
    if current.status is DecisionState.PRESENTED:
        raise RuleBroken(
            "decision.presented",
            term("Dự thảo đã trình ký; muốn sửa thì người ký phải trả lại trước."),
        )
    check_version(current, version)
    return current


def check_version(decision: Decision, version: int | None) -> None:
    if version is not None and version != decision.version:
        raise Stale(
            "decision.stale",
            term("Dự thảo đã được sửa sau khi bạn xem. Hãy tải lại trang rồi xem lại."),
        )


def save(decision: Decision) -> None:
    """Writes a draft; a number that another decision of the year bears is refused."""
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


def record(decision: Decision, word: str, by: User, at: datetime, **facts: str) -> None:
    """What happened to a decision, in the journal."""
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
            "kind": str(decision.kind),
            **facts,
        },
    )


def _fill(decision: Decision, ratings: Sequence[Rating]) -> None:
    if not ratings:
        raise RuleBroken("decision.empty", term("Hãy chọn ít nhất một kết quả."), field="ratings")
    waiting = awaiting_decision(decision.unit, Level(decision.level))
    allowed = {rating.pk: rating for rating in waiting}
    for rating in ratings:
        found = allowed.pop(rating.pk, None)
        stars = recognised_stars(found) if found else None
        item = DecisionItem(decision=decision, rating=rating, stars=stars)
        if stars is None or not _added(item):
            raise RuleBroken(
                "decision.not_recognisable",
                term("Kết quả của “%(product)s” không do cấp này công nhận hoặc đã có quyết định."),
                field="ratings",
                product=rating.dossier.enrolment.product.name,
            )


def _replace(correction: Decision, decision: Decision, items: Sequence[DecisionItem]) -> None:
    if not items:
        raise RuleBroken(
            "decision.empty", term("Hãy chọn ít nhất một sản phẩm cần đính chính."), field="items"
        )
    allowed = {item.pk: item for item in correctable_items(decision)}
    for item in items:
        found = allowed.pop(item.pk, None)
        if found is None or not _added(_in_place_of(found, correction)):
            raise RuleBroken(
                "decision.not_correctable",
                term("“%(product)s” không thuộc quyết định này hoặc đã có đính chính."),
                field="items",
                product=item.rating.dossier.enrolment.product.name,
            )


def _in_place_of(item: DecisionItem, correction: Decision) -> DecisionItem:
    review = review_of(item.rating)
    return DecisionItem(
        decision=correction,
        rating=review or item.rating,
        stars=recognised_stars(review) if review else item.stars,
        replaces=item,
    )


def _added(item: DecisionItem) -> bool:
    """Whether a line could be added: not where another draft took the result in a moment ago."""
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        return False
    return True
