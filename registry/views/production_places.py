"""The page of the communes where a product is made besides the one that registers it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.forms import add_refusal, is_looking
from registry.forms.products import ProductionPlaceForm
from registry.models import Product
from registry.permissions import may_edit_product
from registry.selectors import units, visible_products
from registry.services import production_places
from registry.views.subjects import GET_OR_POST


@login_required
@require_http_methods(GET_OR_POST)
def production_places_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The communes of today, and one more."""
    user, at = signed_in(request), timezone.now()
    product = get_object_or_404(visible_products(user, legal_day(at)), pk=pk)
    require(may_edit_product(user, product, on=legal_day(at)))
    query = request.POST.get("commune_q", "")
    if request.method != "POST" or is_looking(request.POST):
        form = ProductionPlaceForm(initial=request.POST.dict(), query=query)
        return _page(request, form, product)
    form = ProductionPlaceForm(request.POST, query=query)
    if form.is_valid():
        commune = form.cleaned_data["commune"]
        try:
            production_places.add(product, commune=commune, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thêm %(place)s.") % {"place": commune.name})
            return redirect("registry:production-places", product.pk)
    return _page(request, form, product)


@login_required
@require_POST
def production_place_remove(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """The product is no longer made there."""
    user, at = signed_in(request), timezone.now()
    product = get_object_or_404(visible_products(user, legal_day(at)), pk=pk)
    commune = get_object_or_404(product.production_communes, pk=commune_pk)
    production_places.remove(product, commune=commune, by=user, at=at)
    messages.success(request, _("Đã bỏ %(place)s.") % {"place": commune.name})
    return redirect("registry:production-places", product.pk)


def _page(request: HttpRequest, form: ProductionPlaceForm, product: Product) -> HttpResponse:
    places = units().filter(made_products=product)
    context = {"form": form, "product": product, "places": places}
    return render(request, "registry/production_places.html", context)
