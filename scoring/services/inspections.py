"""Inspections: planned for a year or ordered ad hoc, recorded on the spot, closed when settled.

The only place that sets the state of an inspection.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.services import picture_files
from scoring import permissions
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.inspections import (
    INSPECTION,
    Answer,
    InspectionKind,
    InspectionMove,
    InspectionState,
    Proposal,
    check_answers,
    check_finding,
)
from scoring.models import (
    Certificate,
    Finding,
    Inspection,
    InspectionAnswer,
    InspectionPhoto,
    InspectionPlan,
)
from scoring.selectors.inspections import checklist_of, office_of, open_findings

MOST_PHOTOS = 20


@dataclass(frozen=True)
class Seen:
    """What was seen of one line of the checklist."""

    answer: Answer
    note: str = ""


@transaction.atomic
def plan(
    unit: Unit,
    *,
    year: int,
    certificates: Sequence[Certificate],
    due_on: date,
    by: User,
    at: datetime,
) -> InspectionPlan:
    """Adds visits to the office's plan of a year; a certificate stands in it once.

    Refused: nobody's officer, no certificate, one that another office inspects, a day that is not
    in the year or has passed.
    """
    require(permissions.may_inspect(by, unit, on=legal_day(at)))
    _check_day(due_on, legal_day(at), year=year)
    if not certificates:
        raise RuleBroken(
            "inspection.empty", term("Hãy chọn ít nhất một sản phẩm."), field="certificates"
        )
    kept, _made = InspectionPlan.objects.get_or_create(
        unit=unit, year=year, defaults={"made_by": by, "made_at": at}
    )
    for certificate in certificates:
        _require_office(certificate, unit)
        _made_row, is_new = Inspection.objects.get_or_create(
            plan=kept,
            certificate=certificate,
            defaults={
                "unit": unit,
                "kind": InspectionKind.PLANNED,
                "due_on": due_on,
                "ordered_by": by,
                "ordered_at": at,
            },
        )
        if is_new:
            _record(_made_row, "ordered", by, at)
    return kept


@transaction.atomic
def order(
    certificate: Certificate, *, occasion: str, due_on: date, by: User, at: datetime
) -> Inspection:
    """An ad hoc visit, with the reason for it; the producer is not told beforehand."""
    unit = office_of(certificate)
    require(permissions.may_inspect(by, unit, on=legal_day(at)))
    _check_day(due_on, legal_day(at))
    if not occasion.strip():
        raise RuleBroken(
            "inspection.occasion", term("Hãy ghi lý do kiểm tra đột xuất."), field="occasion"
        )
    inspection = Inspection.objects.create(
        certificate=certificate,
        unit=unit,
        kind=InspectionKind.AD_HOC,
        due_on=due_on,
        occasion=nfc(occasion).strip(),
        ordered_by=by,
        ordered_at=at,
    )
    _record(inspection, "ordered", by, at)
    return inspection


@transaction.atomic
def record(
    inspection: Inspection,
    *,
    visited_on: date,
    inspectors: str,
    seen: Mapping[str, Seen],
    conclusion: str,
    by: User,
    at: datetime,
) -> Inspection:
    """What the visit saw, line by line; the producer is told.

    Refused: a line without an answer, a day to come, a visit that was recorded already.
    """
    require(permissions.may_inspect(by, inspection.unit, on=legal_day(at)))
    current = _locked(inspection)
    state = INSPECTION.decide(current.status, InspectionMove.RECORD)
    if visited_on > legal_day(at):
        raise RuleBroken(
            "inspection.to_come",
            term("Ngày kiểm tra không được ở tương lai."),
            field="visited_on",
        )
    items = checklist_of(current.certificate)
    check_answers(items, {code: each.answer for code, each in seen.items()})
    current.state, current.visited_on, current.recorded_by = state, visited_on, by
    current.inspectors, current.conclusion = nfc(inspectors).strip(), nfc(conclusion).strip()
    current.save(update_fields=["state", "visited_on", "recorded_by", "inspectors", "conclusion"])
    InspectionAnswer.objects.bulk_create(
        InspectionAnswer(
            inspection=current,
            code=item.code,
            text=item.text,
            answer=seen[item.code].answer,
            note=nfc(seen[item.code].note).strip(),
        )
        for item in items
    )
    failed = sum(seen[item.code].answer is Answer.NOT_KEPT for item in items)
    _record(current, "recorded", by, at, failed=failed)
    return current


@transaction.atomic
def find(
    inspection: Inspection,
    *,
    text: str,
    due_on: date | None = None,
    proposal: Proposal = Proposal.NONE,
    ground: RevocationGround | None = None,
    by: User,
    at: datetime,
) -> Finding:
    """Something to be mended by a day, or a proposal to the authority; the producer is told."""
    require(permissions.may_inspect(by, inspection.unit, on=legal_day(at)))
    current = _recorded(inspection)
    check_finding(
        text,
        due_on=due_on,
        visited_on=current.visited_on or legal_day(at),
        proposal=proposal,
        has_ground=ground is not None,
    )
    finding = Finding.objects.create(
        inspection=current,
        text=nfc(text).strip(),
        due_on=due_on,
        proposes=proposal,
        ground=ground if ground and proposal is not Proposal.NONE else "",
        found_at=at,
    )
    shown = f"{due_on:%d/%m/%Y}" if due_on else ""
    _record(current, "found", by, at, finding=finding.text, due=shown, proposes=str(proposal))
    return finding


@transaction.atomic
def mend(finding: Finding, *, note: str, by: User, at: datetime) -> Finding:
    """The office has seen that a finding was mended; says how. Twice: no change."""
    require(permissions.may_inspect(by, finding.inspection.unit, on=legal_day(at)))
    current = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if current.mended_on is not None:
        return current
    _recorded(finding.inspection)
    if not note.strip():
        raise RuleBroken("finding.note", term("Hãy ghi đã khắc phục thế nào."), field="note")
    current.mended_on, current.mended_note = legal_day(at), nfc(note).strip()
    current.save(update_fields=["mended_on", "mended_note"])
    _record(finding.inspection, "mended", by, at, finding=current.text)
    return current


@transaction.atomic
def close(inspection: Inspection, *, note: str = "", by: User, at: datetime) -> Inspection:
    """Ends an inspection of which everything is settled: mended, or decided about."""
    require(permissions.may_inspect(by, inspection.unit, on=legal_day(at)))
    current = _locked(inspection)
    facts = frozenset() if open_findings(current) else frozenset({"settled"})
    current.state = INSPECTION.decide(current.status, InspectionMove.CLOSE, facts)
    return _end(current, "closed", note, by, at)


@transaction.atomic
def cancel(inspection: Inspection, *, note: str, by: User, at: datetime) -> Inspection:
    """A visit that is not made after all; a reason is needed."""
    require(permissions.may_inspect(by, inspection.unit, on=legal_day(at)))
    current = _locked(inspection)
    facts = frozenset({"reason"}) if note.strip() else frozenset()
    current.state = INSPECTION.decide(current.status, InspectionMove.CANCEL, facts)
    return _end(current, "cancelled", note, by, at)


def add_photo(
    inspection: Inspection, *, file: "File[Any]", caption: str, by: User, at: datetime
) -> InspectionPhoto:
    """A photograph of the visit, known by its content and written anew."""
    require(permissions.may_inspect(by, inspection.unit, on=legal_day(at)))
    if inspection.photos.count() >= MOST_PHOTOS:
        raise RuleBroken(
            "inspection.photos",
            term("Mỗi lượt kiểm tra giữ tối đa %(most)s ảnh."),
            field="file",
            most=MOST_PHOTOS,
        )
    caption = nfc(caption).strip()
    if not caption:
        raise RuleBroken("inspection.caption", term("Hãy tả ảnh bằng lời."), field="caption")
    photo = InspectionPhoto(inspection=inspection, caption=caption, taken_by=by, added_at=at)
    made = picture_files.make(file)
    photo.file.save("anh.webp", ContentFile(made.large), save=False)
    try:
        with transaction.atomic():
            _recorded(inspection)
            photo.save(force_insert=True)
            _record(inspection, "photographed", by, at, photo=photo.pk)
    except Exception:
        photo.file.delete(save=False)
        raise
    return photo


def _end(inspection: Inspection, word: str, note: str, by: User, at: datetime) -> Inspection:
    inspection.note, inspection.closed_at = nfc(note).strip(), at
    inspection.save(update_fields=["state", "note", "closed_at"])
    _record(inspection, word, by, at, note=inspection.note)
    return inspection


def _locked(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related(
        "unit", "certificate__product__commune__parent__parent", "certificate__rating__edition"
    )
    return rows.get(pk=inspection.pk)


def _recorded(inspection: Inspection) -> Inspection:
    current = _locked(inspection)
    if current.status is not InspectionState.RECORDED:
        raise RuleBroken(
            "inspection.not_recorded",
            term("Chỉ làm được sau khi ghi kết quả kiểm tra và trước khi khép."),
        )
    return current


def _require_office(certificate: Certificate, unit: Unit) -> None:
    if office_of(certificate).pk != unit.pk:
        raise RuleBroken(
            "inspection.office",
            term("“%(product)s” do cơ quan khác kiểm tra."),
            field="certificates",
            product=certificate.product_name,
        )


def _check_day(due_on: date, on: date, *, year: int | None = None) -> None:
    if due_on < on or (year is not None and due_on.year != year):
        raise RuleBroken(
            "inspection.due",
            term("Ngày kiểm tra phải từ hôm nay trở đi và trong năm của kế hoạch."),
            field="due_on",
        )


def _record(inspection: Inspection, word: str, by: User, at: datetime, **facts: object) -> None:
    certificate = inspection.certificate
    journal.record(
        f"scoring.inspection.{word}",
        subject=inspection,
        actor=by,
        at=at,
        facts={
            "number": certificate.number,
            "product": certificate.product_name,
            "product_id": certificate.product_id,
            "level": str(Level(certificate.level)),
            **facts,
        },
    )
