"""Keeps the pictures of a product: adds, words, orders and removes them."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.pictures import Shift, check_alt, check_count, shifted
from registry.domain.text import nfc
from registry.models import Product, ProductPicture
from registry.permissions import may_edit_product
from registry.services import picture_files


def add(product: Product, *, file: "File[Any]", alt: str, by: User, at: datetime) -> ProductPicture:
    """One more picture, the last in the order.

    Refused: what is no picture by its content, too large, too small, without words, one too many.
    The files are written before the transaction and removed if it fails.
    """
    require(may_edit_product(by, product, on=legal_day(at)))
    alt = nfc(alt).strip()
    check_alt(alt)
    check_count(ProductPicture.objects.filter(product=product).count())
    made = picture_files.make(file)
    picture = ProductPicture(
        product=product,
        alt=alt,
        width=made.width,
        height=made.height,
        uploaded_by=by,
        uploaded_at=at,
    )
    picture.large.save("large.webp", ContentFile(made.large), save=False)
    picture.small.save("small.webp", ContentFile(made.small), save=False)
    try:
        return _keep(picture, by=by, at=at)
    except Exception:
        _discard(picture)
        raise


@transaction.atomic
def word(picture: ProductPicture, *, alt: str, by: User, at: datetime) -> ProductPicture:
    """Says anew what the picture shows."""
    current = _locked(picture, by=by, at=at)
    alt = nfc(alt).strip()
    check_alt(alt)
    if alt == current.alt:
        return current
    current.alt = alt
    current.save(update_fields=["alt"])
    _tell("registry.product.picture_worded", current, by=by, at=at)
    return current


@transaction.atomic
def shift(picture: ProductPicture, to: Shift, *, by: User, at: datetime) -> None:
    """One place earlier or later; the first picture is the product's face."""
    current = _locked(picture, by=by, at=at)
    keys = list(_of(current.product).values_list("pk", flat=True))
    order = shifted(keys, current.pk, to)
    if order == keys:
        return
    _number(order)
    _tell("registry.product.pictures_ordered", current, by=by, at=at)


@transaction.atomic
def remove(picture: ProductPicture, *, by: User, at: datetime) -> None:
    """The picture and its files are gone; the others close up."""
    current = _locked(picture, by=by, at=at)
    _tell("registry.product.picture_removed", current, by=by, at=at)
    transaction.on_commit(partial(_discard, current))
    product = current.product
    ProductPicture.objects.filter(pk=current.pk).delete()
    _number(list(_of(product).values_list("pk", flat=True)))


@transaction.atomic
def _keep(picture: ProductPicture, *, by: User, at: datetime) -> ProductPicture:
    """Counted once more under the lock: two uploads at once may not be one too many."""
    Product.objects.select_for_update(of=("self",)).get(pk=picture.product_id)
    kept = _of(picture.product).count()
    check_count(kept)
    picture.position = kept + 1
    picture.save(force_insert=True)
    _tell("registry.product.picture_added", picture, by=by, at=at)
    return picture


def _locked(picture: ProductPicture, *, by: User, at: datetime) -> ProductPicture:
    """The picture under the lock of its product, so that orders are made one after the other."""
    require(may_edit_product(by, picture.product, on=legal_day(at)))
    Product.objects.select_for_update(of=("self",)).get(pk=picture.product_id)
    return ProductPicture.objects.select_related("product__subject").get(pk=picture.pk)


def _of(product: Product) -> QuerySet[ProductPicture]:
    return ProductPicture.objects.filter(product=product).order_by("position", "id")


def _number(keys: list[int]) -> None:
    for position, key in enumerate(keys, start=1):
        ProductPicture.objects.filter(pk=key).update(position=position)


def _discard(picture: ProductPicture) -> None:
    picture.large.delete(save=False)
    picture.small.delete(save=False)


def _tell(kind: str, picture: ProductPicture, *, by: User, at: datetime) -> None:
    journal.record(kind, subject=picture.product, actor=by, at=at, facts={"picture": picture.pk})
