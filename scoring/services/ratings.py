"""Results: concluded once from the counted sheets, then handed down to the cycle."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cycle.services import council_moves, recognition
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Below, Level
from registry.domain.text import term
from registry.selectors import regime
from scoring import permissions, signals
from scoring.domain.chain import Outcome, OutcomeKind, outcome
from scoring.domain.council import decide_mean
from scoring.domain.gates import GateFinding
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.domain.sequence import require_in_order
from scoring.domain.session_states import ItemState
from scoring.domain.snapshot import StoredSheet, snapshot
from scoring.domain.stars import Mean, band_of
from scoring.domain.written_opinions import dissent
from scoring.models import AgendaItem, LowerChoice, Rating
from scoring.selectors.boards import Board, board_of, gates_to_find
from scoring.selectors.complaints import under_review
from scoring.selectors.ratings import (
    lower_level,
    previous_rating,
    recognised_by,
    recognised_stars,
)
from scoring.services import sessions
from scoring.services.items import about, locked_item


@transaction.atomic
def conclude(item: AgendaItem, *, by: User, at: datetime) -> Rating | None:
    """The council's result on an item, or None: the last round gave no allowed spread.

    Refused: anybody but the presiding member, no quorum, nobody to preside, a present voter
    without a sheet, a spread that is too wide while a round is left, a gate of the band or below
    on which nothing was found, a ground that ends the scoring, a moment before the last sheet.
    Concluded twice is concluded once.
    """
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    if current.status is ItemState.CONCLUDED:
        return current.rating
    if current.status is not ItemState.SCORING:
        raise RuleBroken("rating.not_scoring", term("Hồ sơ này không ở lượt chấm."))
    board = board_of(current)
    require_in_order(at, since=_latest(board))
    sessions.require_tests_seen(board)
    if board.spread_too_wide and not board.round_left:
        reason = term("Hết lượt chấm lại mà các phiếu vẫn chênh nhau quá mức cho phép.")
        sessions.give_up(current, reason=reason, by=by, at=at)
        return None
    _check_written(board)
    mean = decide_mean(board.members, board.totals, current.session.council.regulation)
    _check_stops(board)
    findings = _findings(current, board, mean)
    rating = _write(current, board, findings, by, at)
    sessions.end_concluded(current, at=at)
    _announce(rating, current, by, at)
    council_moves.conclude(rating.dossier, by=by, at=at)
    _follow(rating, by, at)
    return rating


@transaction.atomic
def choose_after(
    rating: Rating, *, choice: LowerChoiceKind, note: str = "", by: User, at: datetime
) -> LowerChoice:
    """What the lower level does with a result of the higher council under its band (Điều 7.4).

    "Use" lets the lower authority decide by that result; "rescore" gives the dossier back to the
    lower level's council. Refused: a rating without such a choice, a second and different
    choice, using a result that the lower level cannot recognise.
    """
    current = Rating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    require(permissions.may_choose_after(by, current, on=legal_day(at)))
    made = LowerChoice.objects.filter(rating=current).first()
    if made is not None and made.choice == choice:
        return made
    _check_choice(current, made, choice)
    row = LowerChoice.objects.create(rating=current, choice=choice, note=note, at=at, by=by)
    journal.record(
        "scoring.choice.made",
        subject=current,
        actor=by,
        at=at,
        facts={"dossier_id": current.dossier_id, "choice": str(choice), "note": note},
    )
    lower = lower_level(current)
    if choice == LowerChoiceKind.RESCORE and lower is not None:
        council_moves.hand_down(current.dossier, to_level=lower, by=by, at=at, note=note)
    return row


def _latest(board: Board) -> datetime | None:
    """When the last counted sheet came in."""
    moments = [counted.sheet.submitted_at for counted in board.sheets]
    return max((moment for moment in moments if moment is not None), default=None)


def _check_written(board: Board) -> None:
    """Written opinions that differ are no result: the dossier is referred to a meeting."""
    session = board.item.session
    bands = regime(board.item.dossier.regime).bands
    totals = list(board.totals.values())
    if session.is_written and dissent(totals, bands, session.council.max_spread):
        raise RuleBroken(
            "written.dissent",
            term("Các ý kiến bằng văn bản khác nhau; hãy chuyển hồ sơ ra họp."),
        )


def _check_stops(board: Board) -> None:
    if any(stop.is_majority for stop in board.stops):
        raise RuleBroken(
            "rating.stopped",
            term(
                "Theo đa số phiếu có căn cứ phải dừng chấm; hãy ghi nhận căn cứ đó và dừng chấm, "
                "hoặc mở lại phiếu."
            ),
        )


def _findings(item: AgendaItem, board: Board, mean: Mean) -> list[GateFinding]:
    rows = list(item.gate_findings.order_by("star", "id"))
    found = {(row.criterion, row.star) for row in rows}
    band = band_of(mean, regime(item.dossier.regime).bands)
    absent = [
        gate
        for gate in gates_to_find(board.rubric, band)
        if (gate.criterion, gate.star) not in found
    ]
    if absent:
        raise RuleBroken(
            "rating.gates_not_found",
            term("Hội đồng chưa ghi nhận mức tối thiểu của %(count)s tiêu chí: %(codes)s."),
            count=len(absent),
            codes=", ".join(f"{gate.criterion} ({gate.star}★)" for gate in absent),
        )
    return [GateFinding(row.criterion, row.star, row.met) for row in rows]


def _write(
    item: AgendaItem, board: Board, findings: list[GateFinding], by: User, at: datetime
) -> Rating:
    law = regime(item.dossier.regime)
    council = item.session.council
    computed = snapshot(
        board.rubric,
        stored_sheets(board),
        edition_hash=item.edition.content_hash,
        findings=findings,
        grounds=board.grounds,
        bands=law.bands,
    )
    level = Level(council.level)
    follows = outcome(law, level, computed.mean, computed.award, body=council.body)
    return Rating.objects.create(
        dossier=item.dossier,
        item=item,
        reviews=under_review(item.dossier_id, level),
        regime=law.code,
        level=council.level,
        body=council.body,
        unit=council.unit,
        edition=item.edition,
        edition_hash=item.edition.content_hash,
        gates=[[found.criterion, found.star, found.met] for found in findings],
        grounds=sorted(board.grounds),
        concluded_at=at,
        concluded_by=by,
        **computed.values(),
        **_following(item, follows),
    )


def stored_sheets(board: Board) -> list[StoredSheet]:
    """The counted sheets of a board, as the arithmetic takes them."""
    return [
        StoredSheet(
            id=counted.sheet.pk,
            item=counted.sheet.item_id,
            member=counted.sheet.member_id,
            seat=counted.sheet.member.seat,
            ballot=counted.sheet.ballot,
            choices=counted.choices,
        )
        for counted in board.sheets
    ]


def _following(item: AgendaItem, follows: Outcome) -> dict[str, Any]:
    """What the chain says; where the lower result stands, it stands with its stars."""
    standing = follows.stars
    if follows.below is Below.STANDS:
        lower = previous_rating(item.dossier, Level(item.session.council.level))
        standing = lower.standing_stars if lower else None
    return {
        "outcome": follows.kind,
        "standing_stars": standing,
        "next_level": follows.next_level or "",
        "potential_five": follows.potential_five,
        "below": follows.below or "",
    }


def _follow(rating: Rating, by: User, at: datetime) -> None:
    """Hands down what needs nobody's further act; a decision or a choice does the rest.

    What reviews a recognition waits for a correction, unless it gives the same stars.
    """
    recognition = recognised_by(rating.reviews) if rating.reviews else None
    if recognition is not None:
        if recognised_stars(rating) == recognition.stars:
            _hand_down(rating, by, at)
            if rating.result is OutcomeKind.FORWARDED:
                council_moves.forward(
                    rating.dossier, to_level=Level(rating.next_level), by=by, at=at
                )
        return
    if rating.result is OutcomeKind.PASSED_ON:
        council_moves.pass_on(rating.dossier, after=rating.body, by=by, at=at)
    elif rating.result is OutcomeKind.FORWARDED and rating.standing_stars is None:
        council_moves.forward(rating.dossier, to_level=Level(rating.next_level), by=by, at=at)
    elif rating.result is OutcomeKind.NOT_RECOGNISED or rating.below == Below.STANDS:
        _hand_down(rating, by, at)


def _hand_down(rating: Rating, by: User, at: datetime) -> None:
    recognition.record_rating(
        rating.dossier.enrolment,
        stars=rating.standing_stars,
        rating_id=rating.pk,
        by=by,
        at=at,
        level=rating.at_level,
    )


def _announce(rating: Rating, item: AgendaItem, by: User, at: datetime) -> None:
    facts = {
        **about(item),
        "rating_id": rating.pk,
        "mean": rating.mean_shown,
        "stars": rating.stars,
        "outcome": str(rating.outcome),
        "level": str(rating.level),
    }
    journal.record("scoring.rating.concluded", subject=rating, actor=by, at=at, facts=facts)
    if rating.below == Below.LOWER_CHOOSES:
        journal.record("scoring.choice.asked", subject=rating, actor=by, at=at, facts=facts)
    signals.rating_concluded.send(
        sender=Rating,
        rating_id=rating.pk,
        dossier_id=rating.dossier_id,
        level=str(rating.level),
        stars=rating.stars,
        outcome=str(rating.outcome),
    )


def _check_choice(rating: Rating, made: LowerChoice | None, choice: LowerChoiceKind) -> None:
    if rating.below != Below.LOWER_CHOOSES or made is not None:
        raise RuleBroken(
            "choice.none", term("Kết quả này không còn để cấp dưới lựa chọn cách xử lý.")
        )
    lower = lower_level(rating)
    if choice != LowerChoiceKind.USE or lower is None:
        return
    if rating.stars not in regime(rating.regime).stage(lower).recognises:
        raise RuleBroken(
            "choice.not_recognisable",
            term("Kết quả của cấp trên không đạt hạng sao mà cấp này được công nhận."),
        )
