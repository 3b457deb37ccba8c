"""Subjects and products that stood in an office's register before the portal.

Nobody of the subject is at hand when a register is entered, so what only the subject can say (tax
code, representative, telephone) may be missing, and no owner is named: the office does so later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain import tax_code as tax_codes
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, nfc, slug, term
from registry.models import Product, ProductClassification, ProductSet, Subject, Unit
from registry.permissions import may_enter_register_of
from registry.services import communes
from registry.services.search_texts import product_search_text

# What is made together with the row and goes with it; everything else is a use.
OWN_PARTS = frozenset({"classifications", "place_changes"})
Named = tuple[int, str]  # a product by its subject and the address word of its name


class EntryFields(TypedDict):
    """What a register says of a subject."""

    name: str
    kind: SubjectKind
    commune: Unit
    former_commune: NotRequired[Unit | None]
    tax_code: NotRequired[str]
    representative_name: NotRequired[str]
    phone: NotRequired[str]
    address_line: NotRequired[str]


@dataclass(frozen=True)
class ProductEntry:
    """What a register says of a product."""

    subject: Subject
    name: str
    product_sets: Sequence[ProductSet] = ()


@dataclass(frozen=True)
class Entered:
    """A product of the register, and whether it was not there before."""

    product: Product
    is_new: bool


def enter_subject(*, by: User, at: datetime, **fields: Unpack[EntryFields]) -> Subject:
    """A subject as the register names it, without an owner.

    Refused: a commune that is none of today's, a tax code that fails its check digit or is taken.
    """
    return enter_subjects([fields], by=by, at=at)[0]


@transaction.atomic
def enter_subjects(entries: Sequence[EntryFields], *, by: User, at: datetime) -> list[Subject]:
    """Many subjects at once, in their order; one that is refused keeps all of them out."""
    on = legal_day(at)
    require(may_enter_register_of(by, [fields["commune"] for fields in entries], on=on))
    subjects = [_subject(fields, at) for fields in entries]
    communes.check_many(((each.commune, each.former_commune) for each in subjects), on=on)
    try:
        with transaction.atomic():
            many_rows.write(subjects)
    except IntegrityError as error:
        raise RuleBroken(
            "entry.tax_code_taken",
            term("Mã số thuế này đã thuộc một chủ thể khác trên cổng."),
            field="tax_code",
        ) from error
    journal.record_many(
        "registry.subject.entered",
        ((each, {"kind": each.kind, "commune": each.commune.code}) for each in subjects),
        actor=by,
        at=at,
    )
    return subjects


def enter_product(
    subject: Subject, *, name: str, product_sets: Sequence[ProductSet], by: User, at: datetime
) -> Product:
    """A product of the subject as the register names it; entered again, the same one.

    A set that the product has under a regime stays; another regime's set is added to it.
    """
    return enter_products([ProductEntry(subject, name, product_sets)], by=by, at=at)[0].product


@transaction.atomic
def enter_products(entries: Sequence[ProductEntry], *, by: User, at: datetime) -> list[Entered]:
    """Many products at once, in their order; the same one twice is one product."""
    owners = {entry.subject.pk: entry.subject for entry in entries}
    places = [owner.commune for owner in owners.values()]
    require(may_enter_register_of(by, places, on=legal_day(at)))
    locked = Subject.objects.select_for_update().filter(pk__in=owners).order_by("pk")
    list(locked.values_list("pk"))
    held = {
        (product.subject_id, product.slug): product
        for product in Product.objects.filter(subject__in=owners)
        .prefetch_related("commune__parent__parent")
        .order_by("-name", "-pk")
    }
    for product in held.values():
        product.subject = owners[product.subject_id]
    names = [_named(entry) for entry in entries]
    made: dict[Named, Product] = {}
    for entry, named in zip(entries, names, strict=True):
        if named not in held and named not in made:
            made[named] = _product(entry, at)
    many_rows.write(made.values())
    journal.record_many(
        "registry.product.entered",
        ((product, {"subject": product.subject_id}) for product in made.values()),
        actor=by,
        at=at,
    )
    found = held | made
    _classify(
        [(found[named], each.product_sets) for named, each in zip(names, entries, strict=True)]
    )
    first = set(made)
    entered = []
    for named in names:
        entered.append(Entered(found[named], named in first))
        first.discard(named)
    return entered


def _subject(fields: EntryFields, at: datetime) -> Subject:
    subject = Subject(created_at=at)
    for name, value in fields.items():
        setattr(subject, name, nfc(value).strip() if isinstance(value, str) else value)
    subject.tax_code = tax_codes.normal(subject.tax_code)
    subject.search_text = fold(f"{subject.name} {subject.tax_code}")
    return subject


def _named(entry: ProductEntry) -> Named:
    return entry.subject.pk, slug(nfc(entry.name).strip())


def _product(entry: ProductEntry, at: datetime) -> Product:
    written = nfc(entry.name).strip()
    product = Product(
        subject=entry.subject,
        name=written,
        slug=slug(written),
        commune=entry.subject.commune,
        former_commune=entry.subject.former_commune,
        created_at=at,
    )
    product.search_text = product_search_text(product)
    return product


def _classify(chosen: Sequence[tuple[Product, Sequence[ProductSet]]]) -> None:
    """Adds the sets of regimes that a product has none of yet."""
    rows = ProductClassification.objects.filter(
        product__in={product.pk for product, _sets in chosen}
    ).order_by()
    known = set(rows.values_list("product", "regime"))
    new = []
    for product, sets in chosen:
        for each in sets:
            if (product.pk, each.regime) not in known:
                known.add((product.pk, each.regime))
                new.append((product.pk, each.regime, each.pk))
    many_rows.write_values(ProductClassification, ("product_id", "regime", "product_set_id"), new)
