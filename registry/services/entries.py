"""Subjects and products that stood in an office's register before the portal.

Nobody of the subject is at hand when a register is entered, so what only the subject can say (tax
code, representative, telephone) may be missing, and no owner is named: the office does so later.
"""

from collections.abc import Sequence
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
from registry.permissions import may_enter_register
from registry.services import communes
from registry.services.search_texts import product_search_text

# What is made together with the row and goes with it; everything else is a use.
OWN_PARTS = frozenset({"classifications", "place_changes"})


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


@transaction.atomic
def enter_subject(*, by: User, at: datetime, **fields: Unpack[EntryFields]) -> Subject:
    """A subject as the register names it, without an owner.

    Refused: a commune that is none of today's, a tax code that fails its check digit or is taken.
    """
    require(may_enter_register(by, fields["commune"], on=legal_day(at)))
    subject = Subject(created_at=at)
    for name, value in fields.items():
        setattr(subject, name, nfc(value).strip() if isinstance(value, str) else value)
    subject.tax_code = tax_codes.normal(subject.tax_code)
    communes.check(subject.commune, subject.former_commune, on=legal_day(at))
    subject.search_text = fold(f"{subject.name} {subject.tax_code}")
    try:
        with transaction.atomic():
            subject.save(force_insert=True)
    except IntegrityError as error:
        raise RuleBroken(
            "entry.tax_code_taken",
            term("Mã số thuế này đã thuộc một chủ thể khác trên cổng."),
            field="tax_code",
        ) from error
    journal.record(
        "registry.subject.entered",
        subject=subject,
        actor=by,
        at=at,
        facts={"kind": subject.kind, "commune": subject.commune.code},
    )
    return subject


@transaction.atomic
def enter_product(
    subject: Subject, *, name: str, product_sets: Sequence[ProductSet], by: User, at: datetime
) -> Product:
    """A product of the subject as the register names it; entered again, the same one.

    A set that the product has under a regime stays; another regime's set is added to it.
    """
    require(may_enter_register(by, subject.commune, on=legal_day(at)))
    subject = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    written = nfc(name).strip()
    product = Product.objects.filter(subject=subject, slug=slug(written)).first()
    if product is None:
        product = Product(
            subject=subject,
            name=written,
            slug=slug(written),
            commune=subject.commune,
            former_commune=subject.former_commune,
            created_at=at,
        )
        product.search_text = product_search_text(product)
        product.save(force_insert=True)
        journal.record(
            "registry.product.entered",
            subject=product,
            actor=by,
            at=at,
            facts={"subject": subject.pk},
        )
    known = set(product.classifications.values_list("regime", flat=True))
    for chosen in product_sets:
        if chosen.regime not in known:
            known.add(chosen.regime)
            ProductClassification.objects.create(
                product=product, regime=chosen.regime, product_set=chosen
            )
    return product


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
