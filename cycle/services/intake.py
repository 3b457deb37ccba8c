"""What the offices do with a dossier: the commune reports, the level receives or returns it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from cycle import signals
from cycle.domain.corrections import Remark, checked, told
from cycle.domain.dossier import ITEMS_NAMED, DossierMove, DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models import CommuneReport, Dossier
from cycle.permissions import may_receive, may_report
from cycle.selectors import correctable_items, facts_of
from cycle.services import corrections, moves
from cycle.services.history import is_repeated, locked_dossier
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.selectors import regime as regime_of
from registry.services import products

REPORT_ITEMS = ("local_material", "local_labour", "origin_of_idea", "local_identity")


class ReportTexts(TypedDict):
    """The commune's four items (QĐ 26/2026, Mẫu 03); every one is needed."""

    local_material: str
    local_labour: str
    origin_of_idea: str
    local_identity: str


@transaction.atomic
def report_by_commune(
    dossier: Dossier, *, by: User, at: datetime, **texts: Unpack[ReportTexts]
) -> Dossier:
    """The commune's four findings; the dossier goes to the first level that scores.

    Refused: an empty item, a regime without a report, a dossier that is elsewhere.
    """
    require(may_report(by, dossier, on=legal_day(at)))
    current = locked_dossier(dossier)
    if is_repeated(
        current.enrolment, "dossier.report_by_commune", state=DossierState.LODGED, by=by
    ):
        return current
    findings = {name: nfc(str(texts.get(name, ""))).strip() for name in REPORT_ITEMS}
    for name, text in findings.items():
        if not text:
            raise RuleBroken("report.empty", term("Hãy ghi nhận xét cho mục này."), field=name)
    first = regime_of(current.regime).first_stage.level
    moves.move_dossier(current, DossierMove.REPORT, by=by, at=at, level=first)
    CommuneReport.objects.update_or_create(
        dossier=current, defaults={**findings, "reported_at": at, "reported_by": by}
    )
    return current


@transaction.atomic
def receive(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """The level whose turn it is finds the dossier complete; the product gets its code.

    Refused: a mandatory item without a file that is still good, another level's officer.
    """
    current = locked_dossier(dossier)
    # Asked of the row as it is now: the level whose turn it is may have changed.
    require(may_receive(by, current, on=legal_day(at)))
    if is_repeated(current.enrolment, "dossier.receive", state=DossierState.ACCEPTED, by=by):
        return current
    is_first = regime_of(current.regime).first_stage.level == current.level
    current.due_on = _council_day(current, legal_day(at))
    moves.move_dossier(
        current, DossierMove.RECEIVE, by=by, at=at, facts=facts_of(current, legal_day(at))
    )
    if is_first:
        products.give_code(
            current.enrolment.product,
            regime=current.regime,
            commune=current.enrolment.commune,
            year=current.enrolment.round.year,
            by=by,
            at=at,
        )
    signals.dossier_received.send(
        sender=Dossier, dossier_id=current.pk, level=str(current.level), by_id=by.pk, at=at
    )
    return current


@transaction.atomic
def return_for_changes(
    dossier: Dossier,
    *,
    remarks: Mapping[str, Remark],
    by: User,
    at: datetime,
    reason: str = "",
    due_on: date | None = None,
) -> Dossier:
    """Back to the subject with what is to be mended, item by item; at least one is named.

    Only those items reopen. It is lodged again at the same level. `due_on` is the last day that
    the office sets for it, as no decree does; later it is late, and taken all the same.
    """
    if due_on is not None and due_on < legal_day(at):
        raise RuleBroken(
            "correction.due_past", term("Hạn sửa không thể ở trong quá khứ."), field="due_on"
        )
    current = locked_dossier(dossier)
    # Asked of the row as it is now: the level whose turn it is may have changed.
    require(may_receive(by, current, on=legal_day(at)))
    if is_repeated(
        current.enrolment, "dossier.return_for_changes", state=DossierState.RETURNED, by=by
    ):
        return current
    named = checked(remarks, correctable_items(current))
    facts = frozenset({ITEMS_NAMED}) if named else moves.NO_FACTS
    opinion = told(nfc(reason), named)
    current.due_on = due_on
    moves.move_dossier(current, DossierMove.RETURN, by=by, at=at, facts=facts, note=opinion)
    corrections.keep(current, named, by=by, at=at)
    signals.dossier_returned.send(
        sender=Dossier, dossier_id=current.pk, level=str(current.level), reason=opinion
    )
    return current


def _council_day(dossier: Dossier, on: date) -> date | None:
    """A re-evaluation has its days from the complete file on; nothing else has (26/2026 Đ.7.6)."""
    renewal = regime_of(dossier.regime).renewal
    if renewal is None or dossier.kind != EnrolmentKind.RE_EVALUATION:
        return None
    return on + timedelta(days=renewal.answer_within_days)
