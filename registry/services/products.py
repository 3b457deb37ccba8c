"""Registers products, keeps what is known of them, and gives them their legal codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Max

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry import signals
from registry.domain import eligibility, gtin, product_code
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, slug, term
from registry.models import (
    Product,
    ProductClassification,
    ProductCode,
    ProductSet,
    Subject,
    Unit,
)
from registry.permissions import may_add_product, may_edit_product, may_give_code
from registry.selectors import regime as regime_of
from registry.services import communes
from registry.services.search_texts import product_search_text
from registry.services.subjects import refuse_stale

COLUMNS = (
    "name",
    "summary",
    "description",
    "packaging",
    "price_from",
    "price_to",
    "availability",
    "yearly_capacity",
    "shelf_life",
    "gtin",
    "net_quantity",
    "net_unit",
    "commune_id",
    "former_commune_id",
)


class ProductFields(TypedDict):
    """What is asked of a product; the places are the subject's where none are named."""

    name: str
    summary: NotRequired[str]
    description: NotRequired[str]
    packaging: NotRequired[str]
    price_from: NotRequired[int | None]
    price_to: NotRequired[int | None]
    availability: NotRequired[str]
    yearly_capacity: NotRequired[str]
    shelf_life: NotRequired[str]
    gtin: NotRequired[str]
    net_quantity: NotRequired[int | None]
    net_unit: NotRequired[str]
    commune: NotRequired[Unit]
    former_commune: NotRequired[Unit | None]


@transaction.atomic
def register(
    subject: Subject,
    *,
    product_sets: Sequence[ProductSet],
    by: User,
    at: datetime,
    **fields: Unpack[ProductFields],
) -> Product:
    """A new product of the subject, in one set for each regime that is named.

    Refused: no set at all, two sets of one regime, a set that the kind of subject may not enter,
    a second product of the same name, prices in the wrong order.
    """
    require(may_add_product(by, subject, on=legal_day(at)))
    # Two people of one subject do not register the same product at once.
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    product = Product(
        subject=subject,
        created_at=at,
        commune=subject.commune,
        former_commune=subject.former_commune,
    )
    _fill(product, fields, at)
    _check_sets(subject, product_sets)
    _save(product, force_insert=True)
    _classify(product, product_sets)
    journal.record(
        "registry.product.registered",
        subject=product,
        actor=by,
        at=at,
        facts={"subject": subject.pk, "sets": _numbers(product_sets)},
    )
    return product


@transaction.atomic
def update(
    product: Product,
    *,
    version: int,
    product_sets: Sequence[ProductSet],
    by: User,
    at: datetime,
    **fields: Unpack[ProductFields],
) -> Product:
    """The product with these details; refused as stale when somebody changed it since `version`.

    A dossier keeps the set that it was lodged under; changing it here concerns later ones.
    """
    require(may_edit_product(by, product, on=legal_day(at)))
    current = Product.objects.select_for_update().get(pk=product.pk)
    refuse_stale(current.version, version)
    before = {name: getattr(current, name) for name in COLUMNS}
    place = current.commune
    _fill(current, fields, at)
    _check_sets(current.subject, product_sets)
    changed = [name for name in COLUMNS if getattr(current, name) != before[name]]
    if _classify(current, product_sets):
        changed.append("product_sets")
    if not changed:
        return current
    current.version += 1
    columns = [name for name in changed if name in COLUMNS]
    _save(current, update_fields=[*columns, "version", "search_text", "slug"])
    if "commune_id" in changed:
        _keep_move(current, place)
    journal.record(
        "registry.product.updated", subject=current, actor=by, at=at, facts={"fields": changed}
    )
    return current


@transaction.atomic
def give_code(
    product: Product, *, regime: str, commune: Unit, year: int, by: User, at: datetime
) -> ProductCode:
    """The product's legal code in this commune and year; asked again, the same code.

    The running number belongs to the commune; its row is locked so that no number is given twice.
    """
    require(may_give_code(by, product, on=legal_day(at)))
    commune = (
        Unit.objects.select_for_update(of=("self",))
        .select_related("parent__parent")
        .get(pk=commune.pk)
    )
    given = ProductCode.objects.filter(product=product, commune=commune, year=year).first()
    if given is not None:
        return given
    # An ended commune's code may be borne again; the numbers of both make one row.
    taken = ProductCode.objects.filter(
        commune__division=commune.division, commune__code=commune.code, year=year
    ).aggregate(last=Max("sequence"))
    sequence = (taken["last"] or 0) + 1
    row = ProductCode.objects.create(
        product=product,
        regime=regime,
        commune=commune,
        year=year,
        sequence=sequence,
        code=_code(regime, commune, sequence, year),
        given_at=at,
    )
    Product.objects.filter(pk=product.pk).update(code=row.code)
    product.code = row.code
    journal.record(
        "registry.product.coded", subject=product, actor=by, at=at, facts={"code": row.code}
    )
    return row


def _fill(product: Product, fields: ProductFields, at: datetime) -> None:
    for name, value in fields.items():
        setattr(product, name, nfc(value).strip() if isinstance(value, str) else value)
    communes.check(product.commune, product.former_commune, on=legal_day(at))
    prices = (product.price_from, product.price_to)
    if None not in prices and prices[0] > prices[1]:  # type: ignore[operator] # neither is None
        raise RuleBroken(
            "product.price_order",
            term("Giá cao nhất không thể thấp hơn giá thấp nhất."),
            field="price_to",
        )
    _check_pack(product)
    product.slug = slug(product.name)
    places = product.production_communes.values_list("name", flat=True) if product.pk else ()
    product.search_text = product_search_text(product, places)
    twins = Product.objects.filter(subject=product.subject, slug=product.slug)
    if twins.exclude(pk=product.pk).exists():
        raise RuleBroken(
            "product.name_taken",
            term("Chủ thể đã có sản phẩm mang tên này."),
            field="name",
        )


def _save(product: Product, **how: Any) -> None:
    """Writes the row; a GTIN that another request took meanwhile is refused as taken."""
    try:
        with transaction.atomic():
            product.save(**how)
    except IntegrityError as error:
        raise _gtin_taken() from error


def _gtin_taken() -> RuleBroken:
    return RuleBroken(
        "product.gtin_taken",
        term("Mã GTIN này đã thuộc một sản phẩm khác trên cổng."),
        field="gtin",
    )


def _check_pack(product: Product) -> None:
    """Refuses a wrong or taken GTIN, and a net quantity without its unit."""
    product.gtin = gtin.normal(product.gtin)
    same = Product.objects.filter(gtin=product.gtin).exclude(pk=product.pk)
    if product.gtin and same.exists():
        raise _gtin_taken()
    if (product.net_quantity is None) != (product.net_unit == "") or product.net_quantity == 0:
        raise RuleBroken(
            "product.net_quantity",
            term("Hãy ghi cả số và đơn vị đo của một gói, ví dụ 200 gam."),
            field="net_quantity",
        )


def _check_sets(subject: Subject, product_sets: Sequence[ProductSet]) -> None:
    if not product_sets:
        raise RuleBroken(
            "product.no_set",
            term("Hãy chọn bộ sản phẩm theo ít nhất một bộ quy định."),
            field="product_sets",
        )
    if len({row.regime for row in product_sets}) != len(product_sets):
        raise RuleBroken("product.two_sets", term("Mỗi bộ quy định chỉ được chọn một bộ sản phẩm."))
    for row in product_sets:
        eligibility.check(
            SubjectKind(subject.kind),
            regime_of(row.regime),
            tourism=row.is_tourism,
            field=f"set_{row.regime}",
        )


def _classify(product: Product, product_sets: Sequence[ProductSet]) -> bool:
    """Brings the product's sets to these; tells whether anything changed."""
    wanted = {row.regime: row.pk for row in product_sets}
    held = dict(
        ProductClassification.objects.filter(product=product).values_list(
            "regime", "product_set_id"
        )
    )
    if wanted == held:
        return False
    ProductClassification.objects.filter(product=product).exclude(regime__in=wanted).delete()
    for regime, pk in wanted.items():
        ProductClassification.objects.update_or_create(
            product=product, regime=regime, defaults={"product_set_id": pk}
        )
    return True


def _keep_move(product: Product, before: Unit) -> None:
    if move := communes.move_of(product, before):
        move.save(force_insert=True)
    signals.product_moved.send(sender=Product, product_id=product.pk)


def _numbers(product_sets: Sequence[ProductSet]) -> dict[str, int]:
    return {row.regime: row.number for row in product_sets}


def _code(regime: str, commune: Unit, sequence: int, year: int) -> str:
    province, district = commune.province, commune.district
    return product_code.build(
        regime_of(regime).code_format,
        product_code.CodeParts(
            province=province.code if province else "",
            district=district.code if district else "",
            commune=commune.code,
            sequence=sequence,
            year=year,
        ),
    )
