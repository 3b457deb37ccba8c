"""What a change of units does on its day; called by `unit_changes` alone.

Units that end keep their row, their name and everything that was decided in them. What has one
place today (products, subjects, villages, areas) goes to the unit that took the land over, where
that is one; after a split each subject says itself where it lies, and nobody guesses.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from registry import signals
from registry.domain.clock import legal_day
from registry.domain.places import path_of, read_name, search_text
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.domain.text import fold, slug, sort_key
from registry.models import (
    CraftVillage,
    MaterialArea,
    PlaceChange,
    Posting,
    Product,
    Subject,
    Unit,
    UnitChange,
    UnitName,
    UnitOutcome,
    UnitSuccession,
)
from registry.selectors.people import active
from registry.services import postings

ONE_DAY = timedelta(days=1)
LONGEST_NAME = 150


def carry_out(change: UnitChange, *, at: datetime) -> dict[str, Any]:
    """Ends, begins and renames units, and moves what lies in them; tells how much moved."""
    olds = list(change.units.select_related("parent__parent").order_by("pk"))
    outcomes = list(change.outcomes.order_by("pk"))
    by_code = {unit.code: unit for unit in olds if change.target_id is None}
    going_on = {code: by_code[code] for code in (each.code for each in outcomes) if code in by_code}
    ending = [unit for unit in olds if unit.pk not in {each.pk for each in going_on.values()}]
    for unit in ending:
        unit.valid_to = change.effective_on - ONE_DAY
        unit.save(update_fields=["valid_to"])
    heirs = [_outcome(each, change, olds, going_on) for each in outcomes]
    _succeed(olds, heirs)
    products = _move(ending, heirs, change, at) if len(heirs) == 1 else []
    signals.units_changed.send(
        sender=UnitChange,
        old_ids=[unit.pk for unit in ending],
        new_ids=[unit.pk for unit in heirs],
        product_ids=products,
        at=at,
    )
    return {"moved_products": len(products)}


def _outcome(
    outcome: UnitOutcome, change: UnitChange, olds: Sequence[Unit], going_on: dict[str, Unit]
) -> Unit:
    """The unit of an outcome: one that goes on, by its new name, or a new one."""
    unit = going_on.get(outcome.code)
    if unit is None:
        parent = change.target or olds[0].parent
        unit = _born(outcome, parent, olds[0], change.effective_on) if parent else olds[0]
    elif unit.name != outcome.name:
        _rename(unit, outcome.name, change.effective_on)
    outcome.unit = unit
    outcome.save(update_fields=["unit"])
    return unit


def _born(outcome: UnitOutcome, parent: Unit, model: Unit, on: date) -> Unit:
    name = read_name(outcome.name)
    return Unit.objects.create(
        division=model.division,
        level=model.level,
        code=outcome.code,
        name=name.full,
        short_name=name.short,
        kind=name.kind,
        parent=parent,
        path=_free_path(outcome.code, parent),
        valid_from=on,
        latitude=model.latitude,
        longitude=model.longitude,
        search_text=search_text(name, code=outcome.code, above=_above(parent), former=()),
        sort_key=sort_key(name.short),
    )


def _free_path(code: str, parent: Unit) -> str:
    """A code that came free may be borne again at the same place; the path still says which."""
    path = path_of(Division.TWO_TIER, code, parent.path)
    taken = set(Unit.objects.filter(parent=parent, code=code).values_list("path", flat=True))
    number = 2
    while path in taken:
        path = path_of(Division.TWO_TIER, f"{code}~{number}", parent.path)
        number += 1
    return path


def _rename(unit: Unit, name: str, on: date) -> None:
    """The name of before is kept with its last day; those below are found by the new name too."""
    last = unit.former_names.order_by("-valid_to").values_list("valid_to", flat=True).first()
    UnitName.objects.create(
        unit=unit,
        name=unit.name,
        kind=unit.kind,
        valid_from=last + ONE_DAY if last else unit.valid_from,
        valid_to=on - ONE_DAY,
    )
    words = read_name(name)
    unit.name, unit.short_name, unit.kind = words.full, words.short, words.kind
    unit.sort_key = sort_key(words.short)
    unit.search_text = _searched(unit)
    unit.save(update_fields=["name", "short_name", "kind", "sort_key", "search_text"])
    below = list(unit.children.prefetch_related("former_names"))
    for child in below:
        child.parent = unit
        child.search_text = _searched(child)
    Unit.objects.bulk_update(below, ["search_text"])


def _searched(unit: Unit) -> str:
    former = [name.name for name in unit.former_names.all()]
    above = _above(unit.parent) if unit.parent else ()
    return search_text(read_name(unit.name), code=unit.code, above=above, former=former)


def _above(parent: Unit) -> list[str]:
    return [] if parent.is_country else [parent.short_name]


def _succeed(olds: Sequence[Unit], heirs: Sequence[Unit]) -> None:
    """The heirs have land of those that change, and of whatever these had succeeded themselves."""
    pairs = {(old.pk, new.pk) for old in olds for new in heirs if old.pk != new.pk}
    earlier = UnitSuccession.objects.filter(new__in=olds).values_list("old", flat=True)
    pairs |= {(old, new.pk) for old in earlier for new in heirs if old != new.pk}
    known = set(UnitSuccession.objects.filter(new__in=heirs).values_list("old", "new"))
    UnitSuccession.objects.bulk_create(
        UnitSuccession(old_id=old, new_id=new) for old, new in sorted(pairs - known)
    )


def _move(
    ending: Sequence[Unit], heirs: Sequence[Unit], change: UnitChange, at: datetime
) -> list[int]:
    """What has one place today goes to the one heir; the products' moves are kept."""
    heir = heirs[0]
    products = list(Product.objects.select_for_update().filter(commune__in=ending).order_by("pk"))
    PlaceChange.objects.bulk_create(
        PlaceChange(
            product=product,
            before_id=product.commune_id,
            after=heir,
            moved_on=change.effective_on,
        )
        for product in products
    )
    keys = [product.pk for product in products]
    Product.objects.filter(pk__in=keys).update(commune=heir, version=F("version") + 1)
    Subject.objects.filter(commune__in=ending).update(commune=heir, version=F("version") + 1)
    MaterialArea.objects.filter(commune__in=ending).update(commune=heir)
    _move_villages(ending, heir)
    _move_production(ending, heir)
    _follow(ending, heir, change, at)
    return keys


def _move_villages(ending: Sequence[Unit], heir: Unit) -> None:
    """Two villages of one name that meet in one commune are told apart by where they came from."""
    there = {*CraftVillage.objects.filter(commune=heir).values_list("slug", flat=True)}
    for village in CraftVillage.objects.filter(commune__in=ending).select_related("commune"):
        if village.slug in there:
            village.name = f"{village.name} ({village.commune.name})"[:LONGEST_NAME]
            village.slug = slug(village.name)
        there.add(village.slug)
        village.search_text = fold(f"{village.name} {heir.name} {village.commune.name}")
        village.commune = heir
        village.version += 1
        village.save(update_fields=["name", "slug", "commune", "search_text", "version"])


def _move_production(ending: Sequence[Unit], heir: Unit) -> None:
    made_in = Product.production_communes.through
    rows = made_in.objects.filter(unit__in=ending)
    products = sorted({*rows.values_list("product", flat=True)})
    there = {*made_in.objects.filter(unit=heir).values_list("product", flat=True)}
    rows.delete()
    made_in.objects.bulk_create(
        made_in(product_id=pk, unit_id=heir.pk) for pk in products if pk not in there
    )


def _follow(ending: Sequence[Unit], heir: Unit, change: UnitChange, at: datetime) -> None:
    """Who serves a unit that ends also serves its heir from the day on.

    The posting on the ended unit stays, because its running dossiers end under it; whoever should
    not go on is taken out by an administrator.
    """
    if change.target_id is not None:
        return  # Officers belong to their province; the receiving one posts its own.
    first = max(change.effective_on, legal_day(at))
    held = Posting.objects.filter(active(first), unit__in=ending, role=Role.COMMUNE_OFFICER)
    there = {
        *Posting.objects.filter(active(first), unit=heir, role=Role.COMMUNE_OFFICER).values_list(
            "user", flat=True
        )
    }
    for posting in held.select_related("user").order_by("pk"):
        if posting.user_id not in there and posting.user.is_active:
            there.add(posting.user_id)
            postings.go_on(posting, unit=heir, starts_on=first, by=change.planned_by, at=at)
