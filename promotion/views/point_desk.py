"""The register of points of sale at the desk of the offices."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from promotion import permissions
from promotion.filters import PointFilter
from promotion.forms import PointForm, ReasonForm, RecognisedProductForm, point_values
from promotion.models import PointOfSale, SoldAt
from promotion.selectors.points import kept_points, offers_kept
from promotion.selectors.recognitions import recognised_called
from promotion.services import point_register
from promotion.views.columns import POINTS
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import standing_of


@login_required
@require_safe
def kept_list(request: HttpRequest) -> HttpResponseBase:
    """The points of the reader's area; producers have none."""
    user, on = signed_in(request), legal_day(timezone.now())
    if not standing_of(user, on).paths:
        raise Http404
    return list_page(
        request,
        kept_points(user, on),
        PointFilter,
        "promotion/kept_points.html",
        columns=POINTS,
        may_keep=permissions.may_keep_points(user, on=on),
    )


@login_required
@require_safe
def kept_point(request: HttpRequest, pk: int) -> HttpResponse:
    """One point with everything said to be sold there, and what the office may do."""
    return _show(request, _point(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def point_create(request: HttpRequest) -> HttpResponse:
    """A new place in the register."""
    require(permissions.may_keep_points(signed_in(request), on=legal_day(timezone.now())))
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save = partial(point_register.register, form.facts)
        if (made := _done(request, form, save)) is not None:
            messages.success(request, _("Đã ghi điểm bán vào sổ."))
            return redirect("promotion:kept-point", made.pk)
    return render(request, "promotion/point_form.html", {"form": form, "point": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def point_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office says of the place now."""
    point = _point(request, pk)
    _require_keeper(request, point)
    if not point.is_registered or point.closed_on:
        raise Http404
    form = PointForm(request.POST or None, initial=point_values(point))
    if request.method == "POST" and form.is_valid():
        save = partial(point_register.edit, point, form.facts)
        if _done(request, form, save) is not None:
            messages.success(request, _("Đã sửa điểm bán."))
            return redirect("promotion:kept-point", point.pk)
    return render(request, "promotion/point_form.html", {"form": form, "point": point})


@login_required
@require_POST
def point_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The place has closed; its products' producers are told."""
    point = _point(request, pk)
    _require_keeper(request, point)
    form = ReasonForm(request.POST, prefix="dong")
    if form.is_valid():
        save = partial(point_register.close, point, **form.cleaned_data)
        if _done(request, form, save) is not None:
            messages.success(request, _("Đã đóng điểm bán."))
            return redirect("promotion:kept-point", point.pk)
    return _show(request, point, closing=form)


@login_required
@require_POST
def offer_put(request: HttpRequest, pk: int) -> HttpResponse:
    """The office enters a product that is sold there."""
    point = _point(request, pk)
    _require_keeper(request, point)
    form = _product_form(request)
    if form.is_valid():
        save = partial(point_register.put, form.cleaned_data["product"], point)
        if _done(request, form, save) is not None:
            messages.success(request, _("Đã ghi sản phẩm vào điểm bán."))
            return redirect("promotion:kept-point", point.pk)
    return _show(request, point, adding=form)


@login_required
@require_POST
def offer_confirm(request: HttpRequest, sold_id: int) -> HttpResponse:
    sold = _sold(request, sold_id)
    try:
        point_register.confirm(sold, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Đã xác nhận; công chúng thấy sản phẩm ở điểm bán này."))
    return redirect("promotion:kept-point", sold.point_id)


@login_required
@require_POST
def offer_decline(request: HttpRequest, sold_id: int) -> HttpResponse:
    sold = _sold(request, sold_id)
    form = ReasonForm(request.POST, prefix=f"tu-choi-{sold.pk}")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        point_register.decline(sold, reason=reason, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Đã từ chối; chủ thể đọc được lý do."))
    return redirect("promotion:kept-point", sold.point_id)


def _point(request: HttpRequest, pk: int) -> PointOfSale:
    seen = kept_points(signed_in(request), legal_day(timezone.now()))
    return get_object_or_404(seen, pk=pk)


def _require_keeper(request: HttpRequest, point: PointOfSale) -> None:
    on = legal_day(timezone.now())
    require(permissions.may_keep_point(signed_in(request), point.commune, on=on))


def _sold(request: HttpRequest, sold_id: int) -> SoldAt:
    points = kept_points(signed_in(request), legal_day(timezone.now())).order_by().values("pk")
    return get_object_or_404(SoldAt.objects.filter(point__in=points), pk=sold_id)


def _done(
    request: HttpRequest, form: forms.Form, save: Callable[..., PointOfSale | SoldAt]
) -> PointOfSale | SoldAt | None:
    """The service's answer, or its refusal at the field."""
    try:
        return save(by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal_text(refusal))
        return None


def _product_form(request: HttpRequest) -> RecognisedProductForm:
    on = legal_day(timezone.now())
    return RecognisedProductForm(
        request.POST or None, rows=partial(recognised_called, on=on), prefix="them"
    )


def _show(
    request: HttpRequest,
    point: PointOfSale,
    *,
    closing: ReasonForm | None = None,
    adding: RecognisedProductForm | None = None,
) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    offers = [
        (sold, ReasonForm(prefix=f"tu-choi-{sold.pk}") if sold.is_awaited else None)
        for sold in offers_kept(point)
    ]
    context = {
        "point": point,
        "offers": offers,
        "may_keep": permissions.may_keep_point(user, point.commune, on=on),
        "closing": closing or ReasonForm(prefix="dong"),
        "adding": adding or _product_form(request) if point.is_registered else None,
        "history": history_of(point),
    }
    return render(request, "promotion/kept_point.html", context)
