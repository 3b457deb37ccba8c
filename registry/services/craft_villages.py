"""Keeps the register of craft villages."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, nfc, slug, term
from registry.models import CraftVillage, Unit
from registry.permissions import may_keep_craft_village
from registry.services import communes
from registry.services.subjects import refuse_stale


class VillageFields(TypedDict):
    """What the register says of a village."""

    name: str
    commune: Unit
    is_traditional: NotRequired[bool]
    decision_number: NotRequired[str]
    recognised_on: NotRequired[date | None]


@transaction.atomic
def register(*, by: User, at: datetime, **fields: Unpack[VillageFields]) -> CraftVillage:
    """A new craft village; refused: a second one of the name in the commune, a day to come."""
    commune = fields["commune"]
    require(may_keep_craft_village(by, commune, on=legal_day(at)))
    # Two officers of one province do not enter the same village at once.
    Unit.objects.select_for_update().get(pk=commune.pk)
    village = CraftVillage()
    _fill(village, fields, at)
    village.save(force_insert=True)
    journal.record(
        "registry.craft_village.registered",
        subject=village,
        actor=by,
        at=at,
        facts={"commune": fields["commune"].code},
    )
    return village


@transaction.atomic
def update(
    village: CraftVillage,
    *,
    version: int,
    by: User,
    at: datetime,
    **fields: Unpack[VillageFields],
) -> CraftVillage:
    """The village with these details; refused as stale when somebody changed it since."""
    require(may_keep_craft_village(by, village.commune, on=legal_day(at)))
    require(may_keep_craft_village(by, fields["commune"], on=legal_day(at)))
    current = CraftVillage.objects.select_for_update().get(pk=village.pk)
    refuse_stale(current.version, version)
    _fill(current, fields, at)
    current.version += 1
    current.save()
    journal.record(
        "registry.craft_village.updated",
        subject=current,
        actor=by,
        at=at,
        facts={"commune": fields["commune"].code},
    )
    return current


def _fill(village: CraftVillage, fields: VillageFields, at: datetime) -> None:
    commune, recognised_on = fields["commune"], fields.get("recognised_on")
    communes.check(commune, None, on=legal_day(at))
    if recognised_on is not None and recognised_on > legal_day(at):
        raise RuleBroken(
            "craft_village.recognised_later",
            term("Ngày công nhận không thể sau hôm nay."),
            field="recognised_on",
        )
    village.name = nfc(fields["name"]).strip()
    village.commune = commune
    village.decision_number = nfc(fields.get("decision_number", "")).strip()
    village.recognised_on = recognised_on
    village.is_traditional = fields.get("is_traditional", False)
    village.slug = slug(village.name)
    village.search_text = fold(f"{village.name} {commune.name}")
    twins = CraftVillage.objects.filter(commune=commune, slug=village.slug)
    if twins.exclude(pk=village.pk).exists():
        raise RuleBroken(
            "craft_village.name_taken",
            term("Xã này đã có làng nghề mang tên này trong sổ."),
            field="name",
        )
