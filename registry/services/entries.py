"""Subjects and products that stood in an office's register before the portal.

Nobody of the subject is at hand when a register is entered, so what only the subject can say (tax
code, representative, telephone) may be missing, and no owner is named: the office does so later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, models, transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain import tax_code as tax_codes
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, nfc, slug, term
from registry.models import Product, ProductClassification, ProductSet, Subject, Unit
from registry.permissions import may_enter_register, may_enter_register_of
from registry.services import communes
from registry.services.search_texts import product_search_text

# What is made together with the row and goes with it; everything else is a use.
OWN_PARTS = frozenset({"classifications", "place_changes"})
BATCH = 1000
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
            Subject.objects.bulk_create(subjects, batch_size=BATCH)
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
    list(Subject.objects.select_for_update(of=("self",)).filter(pk__in=owners).order_by("pk"))
    held = {
        (product.subject_id, product.slug): product
        for product in Product.objects.filter(subject__in=owners)
        .prefetch_related("commune__parent__parent")
        .order_by("-name", "-pk")
    }
    for product in held.values():
        product.subject = owners[product.subject_id]
    made: dict[Named, Product] = {}
    for entry in entries:
        if (named := _named(entry)) not in held:
            made.setdefault(named, _product(entry, at))
    Product.objects.bulk_create(made.values(), batch_size=BATCH)
    journal.record_many(
        "registry.product.entered",
        ((product, {"subject": product.subject_id}) for product in made.values()),
        actor=by,
        at=at,
    )
    found = held | made
    _classify([(found[_named(entry)], entry.product_sets) for entry in entries])
    first = set(made)
    entered = []
    for entry in entries:
        entered.append(Entered(found[_named(entry)], _named(entry) in first))
        first.discard(_named(entry))
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
        product__in=[product for product, _sets in chosen]
    ).order_by()
    known = set(rows.values_list("product", "regime"))
    new = []
    for product, sets in chosen:
        for each in sets:
            if (product.pk, each.regime) not in known:
                known.add((product.pk, each.regime))
                new.append(
                    ProductClassification(product=product, regime=each.regime, product_set=each)
                )
    ProductClassification.objects.bulk_create(new, batch_size=BATCH)


@transaction.atomic
def remove_product(product: Product, *, by: User, at: datetime) -> None:
    """Unmakes an entered product; refused where somebody changed or used it since."""
    current = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    require(may_enter_register(by, current.commune, on=legal_day(at)))
    _refuse_used(current, version=current.version, name=current.name)
    journal.record(
        "registry.product.removed",
        subject=current,
        actor=by,
        at=at,
        facts={"name": current.name, "subject": current.subject_id},
    )
    current.delete()


@transaction.atomic
def remove_subject(subject: Subject, *, by: User, at: datetime) -> None:
    """Unmakes an entered subject; refused where somebody changed or used it since."""
    current = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    require(may_enter_register(by, current.commune, on=legal_day(at)))
    _refuse_used(current, version=current.version, name=current.name)
    journal.record(
        "registry.subject.removed", subject=current, actor=by, at=at, facts={"name": current.name}
    )
    current.delete()


def _refuse_used(row: models.Model, *, version: int, name: str) -> None:
    """Refuses a row that was changed, or that another row of any app leads to."""
    used = version > 1 or any(_is_used(row, relation) for relation in row._meta.related_objects)
    if used:
        raise RuleBroken(
            "entry.in_use",
            term("“%(name)s” đã được sửa hoặc dùng sau khi nhập nên không gỡ được."),
            name=name,
        )


def _is_used(row: models.Model, relation: models.ForeignObjectRel) -> bool:
    if relation.get_accessor_name() in OWN_PARTS:
        return False
    found = relation.related_model._default_manager.filter(**{relation.field.name: row})
    return bool(found.exists())
