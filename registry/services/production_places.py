"""Keeps the further communes where a product is made; it counts only where it is registered."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Product, Unit
from registry.permissions import may_edit_product
from registry.services import communes
from registry.services.search_texts import product_search_text


@transaction.atomic
def add(product: Product, *, commune: Unit, by: User, at: datetime) -> Product:
    """One more commune; the registering commune, and one that is there already, are refused."""
    require(may_edit_product(by, product, on=legal_day(at)))
    current = _locked(product)
    communes.check(commune, None, on=legal_day(at))
    there = current.production_communes.filter(pk=commune.pk).exists()
    if there or commune.pk == current.commune_id:
        raise RuleBroken(
            "production_place.there",
            term("Xã này đã có trong các nơi sản xuất của sản phẩm."),
            field="commune",
        )
    current.production_communes.add(commune)
    _find_by_place(current)
    journal.record(
        "registry.product.place_added",
        subject=current,
        actor=by,
        at=at,
        facts={"commune": commune.code},
    )
    return current


@transaction.atomic
def remove(product: Product, *, commune: Unit, by: User, at: datetime) -> Product:
    """The product is no longer made there; what is not there is left alone."""
    require(may_edit_product(by, product, on=legal_day(at)))
    current = _locked(product)
    if not current.production_communes.filter(pk=commune.pk).exists():
        return current
    current.production_communes.remove(commune)
    _find_by_place(current)
    journal.record(
        "registry.product.place_removed",
        subject=current,
        actor=by,
        at=at,
        facts={"commune": commune.code},
    )
    return current


def _locked(product: Product) -> Product:
    rows = Product.objects.select_for_update(of=("self",)).select_related("subject")
    return rows.get(pk=product.pk)


def _find_by_place(product: Product) -> None:
    places = product.production_communes.order_by("pk").values_list("name", flat=True)
    product.search_text = product_search_text(product, places)
    product.save(update_fields=["search_text"])
