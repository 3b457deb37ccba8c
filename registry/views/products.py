"""Pages of the products."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.exports import Column
from ocop_portal.web.views import list_page
from registry import panels
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.filters import ProductFilter
from registry.forms import (
    ProductForm,
    add_refusal,
    differences,
    fields_called,
    is_looking,
    product_values,
    unscored_sets,
)
from registry.models import Product, Subject
from registry.permissions import may_add_product, may_edit_product
from registry.selectors import (
    pictures_of,
    similar_products,
    visible_products,
    visible_subjects,
)
from registry.services import products
from registry.views.facts import product_facts
from registry.views.subjects import CONFIRMED, GET_OR_POST, renew_version

COLUMNS = (
    Column(gettext_lazy("Sản phẩm"), lambda row: row.name),
    Column(gettext_lazy("Mã sản phẩm"), lambda row: row.code),
    Column(gettext_lazy("Chủ thể"), lambda row: row.subject.name),
    Column(
        gettext_lazy("Bộ sản phẩm"),
        lambda row: "; ".join(
            f"{each.product_set.name} ({each.regime})" for each in row.classifications.all()
        ),
    ),
    Column(gettext_lazy("Xã, phường"), lambda row: row.commune.long_name),
)


@login_required
@require_safe
def product_list(request: HttpRequest) -> HttpResponseBase:
    """Products that the reader may see."""
    rows = visible_products(signed_in(request), legal_day(timezone.now()))
    return list_page(request, rows, ProductFilter, "registry/product_list.html", columns=COLUMNS)


@login_required
@require_safe
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a product, and what the apps above have to say about it."""
    user, at = signed_in(request), timezone.now()
    product = get_object_or_404(visible_products(user, legal_day(at)), pk=pk)
    context = {
        "product": product,
        "facts": product_facts(product),
        "pictures": pictures_of(product),
        "may_edit": may_edit_product(user, product, on=legal_day(at)),
        "panels": panels.panels_of(product, user, at),
        "history": history_of(product),
    }
    return render(request, "registry/product_detail.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def product_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new product of a subject; it lies where the subject lies unless another place is chosen."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_add_product(user, subject, on=legal_day(at)))
    if request.method != "POST":
        places = {
            "commune": subject.commune_id,
            "former_commune": subject.former_commune_id or "",
        }
        return _product_form(request, ProductForm(initial=places), subject)
    if is_looking(request.POST):
        return _product_form(request, _with_places(request), subject)
    form = ProductForm(request.POST, query=request.POST.get("commune_q", ""))
    if form.is_valid():
        similar = _similar(request, form, subject)
        if similar:
            return _product_form(request, form, subject, similar=similar)
        try:
            product = products.register(
                subject, product_sets=form.chosen_sets(), by=user, at=at, **form.details()
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal, called=fields_called())
        else:
            messages.success(request, _("Đã thêm sản phẩm “%(name)s”.") % {"name": product.name})
            return redirect(product)
    return _product_form(request, form, subject)


@login_required
@require_http_methods(GET_OR_POST)
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a product; sets of regimes that are no longer scored stay as they are."""
    user, at = signed_in(request), timezone.now()
    product = get_object_or_404(visible_products(user, legal_day(at)), pk=pk)
    require(may_edit_product(user, product, on=legal_day(at)))
    if request.method != "POST":
        form = ProductForm(initial=product_values(product))
        return _product_form(request, form, product.subject, product)
    if is_looking(request.POST):
        return _product_form(request, _with_places(request), product.subject, product)
    form, stored = ProductForm(request.POST, query=request.POST.get("commune_q", "")), None
    if form.is_valid():
        try:
            product = products.update(
                product,
                version=form.cleaned_data["version"] or 0,
                product_sets=[*form.chosen_sets(), *unscored_sets(product)],
                by=user,
                at=at,
                **form.details(),
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal, called=fields_called())
            if isinstance(refusal, Stale):
                stored = differences(form, product)
                renew_version(form, product.version)
        else:
            messages.success(request, _("Đã lưu thông tin sản phẩm."))
            return redirect(product)
    return _product_form(request, form, product.subject, product, stored=stored)


def _similar(request: HttpRequest, form: ProductForm, subject: Subject) -> list[Product]:
    """What is much like the new product, unless the person has seen it and goes on."""
    if CONFIRMED in request.POST:
        return []
    facts = form.cleaned_data
    return similar_products(facts["name"], subject=subject, commune=facts["commune"])


def _with_places(request: HttpRequest) -> ProductForm:
    return ProductForm(initial=request.POST.dict(), query=request.POST.get("commune_q", ""))


def _product_form(
    request: HttpRequest,
    form: ProductForm,
    subject: Subject,
    product: Product | None = None,
    *,
    stored: list[tuple[str, Any]] | None = None,
    similar: Sequence[Product] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "subject": subject,
        "product": product,
        "stored": stored,
        "similar": similar,
        "reachable": {row.pk for row in similar if row.subject_id == subject.pk},
        "confirmed": CONFIRMED,
    }
    return render(request, "registry/product_form.html", context)
