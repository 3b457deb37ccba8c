"""Keeps the material areas of a subject."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.capacity import AreaCertificate
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import MaterialArea, Subject, Unit
from registry.permissions import may_edit_subject
from registry.services import communes
from registry.services.subjects import refuse_stale


class AreaFields(TypedDict):
    """What is asked of an area."""

    name: str
    commune: Unit
    area_m2: int
    code: NotRequired[str]
    certificate: NotRequired[AreaCertificate | None]
    valid_until: NotRequired[date | None]


@transaction.atomic
def add(subject: Subject, *, by: User, at: datetime, **fields: Unpack[AreaFields]) -> MaterialArea:
    """A new area; refused: no size, a commune that is none of today's, a code listed already."""
    require(may_edit_subject(by, subject, on=legal_day(at)))
    # Two people of one subject do not enter the same code at once.
    area = MaterialArea(subject=Subject.objects.select_for_update().get(pk=subject.pk))
    _fill(area, fields, at)
    area.save(force_insert=True)
    journal.record(
        "registry.material_area.added",
        subject=area,
        actor=by,
        at=at,
        facts={"subject": subject.pk, "area_m2": fields["area_m2"]},
    )
    return area


@transaction.atomic
def update(
    area: MaterialArea, *, version: int, by: User, at: datetime, **fields: Unpack[AreaFields]
) -> MaterialArea:
    """The area with these details; refused as stale when somebody changed or removed it."""
    require(may_edit_subject(by, area.subject, on=legal_day(at)))
    current = MaterialArea.objects.select_for_update().get(pk=area.pk)
    refuse_stale(current.version, version)
    _fill(current, fields, at)
    current.version += 1
    current.save()
    journal.record(
        "registry.material_area.updated",
        subject=current,
        actor=by,
        at=at,
        facts={"subject": current.subject_id, "area_m2": fields["area_m2"]},
    )
    return current


@transaction.atomic
def remove(area: MaterialArea, *, by: User, at: datetime) -> MaterialArea:
    """The area no longer counts; a second removal changes nothing."""
    require(may_edit_subject(by, area.subject, on=legal_day(at)))
    current = MaterialArea.objects.select_for_update().get(pk=area.pk)
    if current.removed_at is not None:
        return current
    current.removed_at = at
    current.version += 1
    current.save(update_fields=["removed_at", "version"])
    journal.record(
        "registry.material_area.removed",
        subject=current,
        actor=by,
        at=at,
        facts={"subject": current.subject_id},
    )
    return current


def _fill(area: MaterialArea, fields: AreaFields, at: datetime) -> None:
    communes.check(fields["commune"], None, on=legal_day(at))
    if fields["area_m2"] <= 0:
        raise RuleBroken("material_area.size", term("Diện tích phải lớn hơn 0."), field="hectares")
    certificate = fields.get("certificate")
    area.name = nfc(fields["name"]).strip()
    area.commune = fields["commune"]
    area.area_m2 = fields["area_m2"]
    area.code = nfc(fields.get("code", "")).strip().upper()
    area.certificate = AreaCertificate(certificate).value if certificate else ""
    area.valid_until = fields.get("valid_until")
    listed = MaterialArea.objects.filter(
        subject_id=area.subject_id, code=area.code, removed_at__isnull=True
    )
    if area.code and listed.exclude(pk=area.pk).exists():
        raise RuleBroken(
            "material_area.code_listed",
            term("Mã số vùng trồng này đã có trong danh sách của chủ thể."),
            field="code",
        )
