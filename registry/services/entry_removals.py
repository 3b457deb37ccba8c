"""Entered subjects and products unmade again, as long as nobody changed or used them since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Product, Subject
from registry.permissions import may_enter_register_of

# What is made together with the row and goes with it; everything else is a use.
OWN_PARTS = frozenset({"classifications", "place_changes"})


def remove_product(product: Product, *, by: User, at: datetime) -> None:
    """Unmakes an entered product; refused where somebody changed or used it since."""
    remove_products([product.pk], by=by, at=at)


@transaction.atomic
def remove_products(keys: Sequence[int], *, by: User, at: datetime) -> None:
    """Many at once, in their order; one that is refused keeps all. One that is gone is passed."""
    products = _locked(Product, keys, by, at)
    journal.record_many(
        "registry.product.removed",
        ((each, {"name": each.name, "subject": each.subject_id}) for each in products),
        actor=by,
        at=at,
    )
    Product.objects.filter(pk__in=[each.pk for each in products]).delete()


def remove_subject(subject: Subject, *, by: User, at: datetime) -> None:
    """Unmakes an entered subject; refused where somebody changed or used it since."""
    remove_subjects([subject.pk], by=by, at=at)


@transaction.atomic
def remove_subjects(keys: Sequence[int], *, by: User, at: datetime) -> None:
    """Many at once, in their order; one that is refused keeps all. One that is gone is passed."""
    subjects = _locked(Subject, keys, by, at)
    journal.record_many(
        "registry.subject.removed",
        ((each, {"name": each.name}) for each in subjects),
        actor=by,
        at=at,
    )
    Subject.objects.filter(pk__in=[each.pk for each in subjects]).delete()


def _locked(model: type[models.Model], keys: Sequence[int], by: User, at: datetime) -> list[Any]:
    """The rows in the order of their keys, for who may enter them, none of them in use."""
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys)
    found: dict[int, Any] = {each.pk: each for each in rows.prefetch_related("commune")}
    current = [found[key] for key in keys if key in found]
    places = [each.commune for each in current]
    require(may_enter_register_of(by, places, on=legal_day(at)))
    used = _used(model, list(found))
    for each in current:
        if each.version > 1 or each.pk in used:
            raise RuleBroken(
                "entry.in_use",
                term("“%(name)s” đã được sửa hoặc dùng sau khi nhập nên không gỡ được."),
                name=each.name,
            )
    return current


def _used(model: type[models.Model], keys: Sequence[int]) -> set[int]:
    """Those to which a row of any app leads."""
    used: set[int] = set()
    for relation in model._meta.related_objects if keys else ():
        if relation.get_accessor_name() not in OWN_PARTS:
            rows = relation.related_model._default_manager.order_by()
            name = relation.field.name
            used.update(rows.filter(**{f"{name}__in": keys}).values_list(name, flat=True))
    return used
