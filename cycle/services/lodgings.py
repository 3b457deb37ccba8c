"""Handing a dossier in: checked, frozen in a snapshot, given its code and a day of answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cycle import signals
from cycle.domain.dossier import SELF_ASSESSED, DossierMove, DossierState
from cycle.models import Dossier, Lodging
from cycle.permissions import may_write
from cycle.selectors import facts_of, window_of, working_calendar
from cycle.services import moves
from cycle.services.confirmations import representative_of
from cycle.services.history import is_repeated, locked_dossier, require_active
from cycle.services.snapshots import content_hash_of, snapshot_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import regime as regime_of

NO_ASSESSMENT: Mapping[str, Any] = {}


@transaction.atomic
def lodge(
    dossier: Dossier,
    *,
    facts: frozenset[str],
    rubric_hash: str,
    by: User,
    at: datetime,
    assessment: Mapping[str, Any] = NO_ASSESSMENT,
    valid_until: date | None = None,
    version: int | None = None,
) -> Dossier:
    """Hands the dossier in: a frozen snapshot, a code, a day by which it is answered.

    `facts` holds `self_assessment_complete` where the scoring says so, on the rubric of
    `rubric_hash`; texts, evidence and the round's window are looked at here. `valid_until` is
    the last day of the recognition, where one is known. Refused: anything missing, strangers, an
    editor without the representative's code for just this content, a re-evaluation outside the
    days that its regime sets; a dossier that changed since the `version` that was read, where one
    is named. The same lodging again is harmless.
    """
    require(may_write(by, dossier.enrolment, on=legal_day(at)))
    current = locked_dossier(dossier)
    require_active(current.enrolment)
    went_to = DossierState.AT_COMMUNE if current.level == Level.COMMUNE else DossierState.LODGED
    if is_repeated(current.enrolment, "dossier.lodge", state=went_to, by=by):
        return current
    if version is not None and version != current.version:
        raise Stale("dossier.stale", term("Hồ sơ đã thay đổi sau khi bạn đọc. Hãy đọc lại."))
    _check_window(current, valid_until, on=legal_day(at))
    content = content_hash_of(current, rubric_hash=rubric_hash, assessment=assessment)
    representative = representative_of(current, content, by=by, at=at)
    heard = facts & {SELF_ASSESSED} if rubric_hash else moves.NO_FACTS
    known = facts_of(current, legal_day(at)) | heard
    # Code and day are part of what the move tells; a refusal below undoes them.
    current.due_on = _due_on(current, legal_day(at))
    current.code = current.code or _code(current)
    moves.move_dossier(current, DossierMove.LODGE, by=by, at=at, facts=known)
    current.lodged_at, current.rubric_hash, current.reason = at, rubric_hash, ""
    current.save(update_fields=["code", "lodged_at", "rubric_hash", "reason"])
    number = current.lodgings.count() + 1
    Lodging.objects.create(
        dossier=current,
        number=number,
        at=at,
        by=by,
        confirmed_by=representative,
        rubric_hash=rubric_hash,
        snapshot=snapshot_of(current, rubric_hash=rubric_hash, assessment=assessment, at=at),
    )
    signals.dossier_lodged.send(
        sender=Dossier, dossier_id=current.pk, number=number, level=str(current.level)
    )
    return current


def _check_window(dossier: Dossier, valid_until: date | None, *, on: date) -> None:
    """QĐ 26/2026, Điều 7.6; what was sent back may come again after the window."""
    window = window_of(dossier, valid_until)
    if window is None or dossier.lodged_at is not None or window.is_open(on):
        return
    raise RuleBroken(
        "dossier.filing_window",
        term("Hồ sơ phân hạng lại chỉ nộp được từ ngày %(opens)s đến hết ngày %(closes)s."),
        opens=f"{window.opens_on:%d/%m/%Y}",
        closes=f"{window.closes_on:%d/%m/%Y}",
    )


def _due_on(dossier: Dossier, on: date) -> date | None:
    """The commune has its working days; for the intake itself no decree sets a limit."""
    days = regime_of(dossier.regime).commune_report_days
    if dossier.level != Level.COMMUNE or days is None:
        return None
    return working_calendar().add_working_days(on, days)


def _code(dossier: Dossier) -> str:
    """Province, year, number: unique because the dossier's own number is."""
    province = dossier.enrolment.commune.province
    place = province.code if province else "00"
    return f"HS-{place}-{dossier.enrolment.round.year}-{dossier.pk:05d}"
