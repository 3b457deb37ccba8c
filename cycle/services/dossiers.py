"""Step five up to the council: the subject writes and lodges, the offices report and receive."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from django.db import transaction

from cycle import signals
from cycle.domain.corrections import Remark, checked, told
from cycle.domain.dossier import ITEMS_NAMED, SELF_ASSESSED, DossierMove, DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.domain.steps import Step
from cycle.models import CommuneReport, Dossier, DossierEvidence, Enrolment, Lodging
from cycle.permissions import may_commit, may_receive, may_report, may_write
from cycle.selectors import (
    correctable_items,
    facts_of,
    items_of,
    window_of,
    working_calendar,
)
from cycle.services import corrections, moves
from cycle.services.confirmations import representative_of
from cycle.services.history import (
    is_repeated,
    locked_dossier,
    locked_enrolment,
    require_active,
    tell,
)
from cycle.services.papers import require_open, require_reopened, write
from cycle.services.prefill import carry_over
from cycle.services.snapshots import content_hash_of, snapshot_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from registry.models import Evidence
from registry.selectors import regime as regime_of
from registry.services import products

NO_FACTS: frozenset[str] = frozenset()
REPORT_ITEMS = ("local_material", "local_labour", "origin_of_idea", "local_identity")
NO_ASSESSMENT: Mapping[str, Any] = {}


class DossierTexts(TypedDict, total=False):
    """What may be written in a dossier; what is not named stays as it is."""

    introduction: str
    plan_results: str
    changes: str
    outlook: str


class ReportTexts(TypedDict):
    """The commune's four items (QĐ 26/2026, Mẫu 03); every one is needed."""

    local_material: str
    local_labour: str
    origin_of_idea: str
    local_identity: str


def open_for(enrolment: Enrolment, *, by: User, at: datetime) -> Dossier:
    """A draft dossier of a locked enrolment that came to its evaluation.

    An upgrade or a re-evaluation begins with what the last recognised dossier holds.
    """
    regime = regime_of(enrolment.regime)
    first = Level.COMMUNE if regime.commune_report_days else regime.first_stage.level
    dossier = Dossier.objects.create(
        enrolment=enrolment,
        kind=enrolment.kind,
        regime=enrolment.regime,
        product_set=enrolment.product_set,
        level=first,
        created_at=at,
    )
    tell(
        dossier,
        "dossier.start",
        "cycle.dossier.started",
        before="",
        after=dossier.state,
        by=by,
        at=at,
    )
    if EnrolmentKind(enrolment.kind).needs_recognition:
        carry_over(dossier, by=by, at=at)
    return dossier


@transaction.atomic
def start(enrolment: Enrolment, *, by: User, at: datetime) -> Dossier:
    """The draft of an enrolment in its evaluation; where there is one already, that one."""
    require(may_write(by, enrolment, on=legal_day(at)))
    current = locked_enrolment(enrolment)
    require_active(current)
    if current.step != Step.EVALUATION:
        raise RuleBroken(
            "dossier.too_early", term("Hồ sơ chỉ mở được ở bước đánh giá và phân hạng.")
        )
    return current.dossier or open_for(current, by=by, at=at)


@transaction.atomic
def save(
    dossier: Dossier,
    *,
    version: int,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    **texts: Unpack[DossierTexts],
) -> Dossier:
    """The dossier with these texts; refused as stale when somebody changed them since.

    `seen` says what was read field by field; without it the whole `version` counts.
    """
    current = _writable(dossier, by=by, at=at)
    write(current, dict(texts), version=version, seen=seen, by=by, at=at)
    return current


@transaction.atomic
def attach(
    dossier: Dossier,
    *,
    evidence: Evidence,
    item: str,
    by: User,
    at: datetime,
    criteria: Sequence[str] = (),
) -> DossierEvidence:
    """A paper of the subject's library proves an item. Attached already: only its criteria change.

    Refused: another subject's paper, a withdrawn one, an item that this dossier is not asked for
    or that the office did not ask to be mended.
    """
    current = _writable(dossier, by=by, at=at)
    if evidence.subject_id != current.enrolment.product.subject_id:
        raise RuleBroken("dossier.foreign_evidence", term("Minh chứng này của chủ thể khác."))
    if evidence.is_withdrawn:
        raise RuleBroken("dossier.withdrawn_evidence", term("Minh chứng này đã được rút."))
    if item not in {each.code for each in items_of(current)}:
        raise RuleBroken(
            "dossier.unknown_item", term("Hồ sơ này không có mục minh chứng đó."), field="item"
        )
    require_reopened(current, [item], on=legal_day(at))
    link, is_new = DossierEvidence.objects.update_or_create(
        dossier=current,
        evidence=evidence,
        item=item,
        defaults={"criteria": sorted(set(criteria))},
    )
    if is_new:
        facts = {"enrolment": current.enrolment_id, "evidence": evidence.pk, "item": item}
        journal.record(
            "cycle.dossier.evidence_attached", subject=current, actor=by, at=at, facts=facts
        )
    return link


@transaction.atomic
def detach(link: DossierEvidence, *, by: User, at: datetime) -> None:
    """The paper leaves the dossier and stays in the library. Gone already: no change."""
    current = _writable(link.dossier, by=by, at=at)
    require_reopened(current, [link.item], on=legal_day(at))
    gone, _by_model = DossierEvidence.objects.filter(pk=link.pk).delete()
    if gone:
        facts = {
            "enrolment": current.enrolment_id,
            "evidence": link.evidence_id,
            "item": link.item,
        }
        journal.record(
            "cycle.dossier.evidence_detached", subject=current, actor=by, at=at, facts=facts
        )


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
    heard = facts & {SELF_ASSESSED} if rubric_hash else NO_FACTS
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
    facts = frozenset({ITEMS_NAMED}) if named else NO_FACTS
    opinion = told(nfc(reason), named)
    current.due_on = due_on
    moves.move_dossier(current, DossierMove.RETURN, by=by, at=at, facts=facts, note=opinion)
    corrections.keep(current, named, by=by, at=at)
    signals.dossier_returned.send(
        sender=Dossier, dossier_id=current.pk, level=str(current.level), reason=opinion
    )
    return current


@transaction.atomic
def withdraw(dossier: Dossier, *, reason: str, by: User, at: datetime) -> Dossier:
    """The subject takes the dossier back before a council has it; it may start another."""
    require(may_commit(by, dossier.enrolment, on=legal_day(at)))
    current = locked_dossier(dossier)
    if current.state == DossierState.WITHDRAWN:
        return current
    moves.move_dossier(current, DossierMove.WITHDRAW, by=by, at=at, note=nfc(reason).strip())
    signals.dossier_withdrawn.send(sender=Dossier, dossier_id=current.pk)
    return current


def _writable(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    require(may_write(by, dossier.enrolment, on=legal_day(at)))
    current = locked_dossier(dossier)
    require_active(current.enrolment)
    require_open(current)
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


def _council_day(dossier: Dossier, on: date) -> date | None:
    """A re-evaluation has its days from the complete file on; nothing else has (26/2026 Đ.7.6)."""
    renewal = regime_of(dossier.regime).renewal
    if renewal is None or dossier.kind != EnrolmentKind.RE_EVALUATION:
        return None
    return on + timedelta(days=renewal.answer_within_days)


def _code(dossier: Dossier) -> str:
    """Province, year, number: unique because the dossier's own number is."""
    province = dossier.enrolment.commune.province
    place = province.code if province else "00"
    return f"HS-{place}-{dossier.enrolment.round.year}-{dossier.pk:05d}"
