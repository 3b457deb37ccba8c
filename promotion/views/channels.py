"""A channel at the producer's desk: the product's link there, and its figures by quarter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from promotion import permissions
from promotion.domain.sales import quarter_of
from promotion.forms import LinkForm, SaleForm
from promotion.models import SoldAt
from promotion.services import sale_results
from promotion.views.products import shown_place
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import visible_products


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, sold_id: int) -> HttpResponse:
    """Two small forms: the link, and one quarter's figures."""
    sold, user, at = _sold(request, sold_id), signed_in(request), timezone.now()
    require(permissions.may_promote(user, sold.product, on=legal_day(at)))
    quarter = quarter_of(legal_day(at))
    is_link = request.method == "POST" and "link" in request.POST
    is_sale = request.method == "POST" and not is_link
    linking = LinkForm(request.POST if is_link else None, initial={"link": sold.link})
    telling = SaleForm(
        request.POST if is_sale else None,
        initial={"year": quarter.year, "quarter": quarter.number},
    )
    try:
        if is_link and linking.is_valid():
            sale_results.link(sold, url=linking.cleaned_data["link"], by=user, at=at)
            messages.success(request, _("Đã lưu liên kết."))
            return redirect("promotion:channel", sold.pk)
        if is_sale and telling.is_valid():
            sale_results.tell(sold, **telling.facts, by=user, at=at)
            messages.success(request, _("Đã ghi kết quả."))
            return redirect("promotion:channel", sold.pk)
    except RuleBroken as refusal:
        form = linking if is_link else telling
        form.add_error(refusal.field or None, refusal_text(refusal))
    context = {
        "sold": sold,
        "place": shown_place(sold),
        "linking": linking,
        "telling": telling,
        "results": sold.results.all(),
    }
    return render(request, "promotion/channel.html", context)


def _sold(request: HttpRequest, sold_id: int) -> SoldAt:
    seen = visible_products(signed_in(request), legal_day(timezone.now()))
    rows = SoldAt.objects.select_related("product__subject", "point__commune__parent__parent")
    return get_object_or_404(rows.filter(product__in=seen.order_by().values("pk")), pk=sold_id)
