"""The dossier in its subject's hands: begun, written, given its evidence, taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from cycle import signals
from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.domain.steps import Step
from cycle.models import Dossier, DossierEvidence, Enrolment
from cycle.permissions import may_commit, may_write
from cycle.selectors import items_of
from cycle.services import moves
from cycle.services.history import locked_dossier, locked_enrolment, require_active, tell
from cycle.services.papers import require_open, require_reopened, write
from cycle.services.prefill import carry_over
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from registry.models import Evidence
from registry.selectors import regime as regime_of


class DossierTexts(TypedDict, total=False):
    """What may be written in a dossier; what is not named stays as it is."""

    introduction: str
    plan_results: str
    changes: str
    outlook: str


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
