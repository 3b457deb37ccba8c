"""Step six at the desk: the story, the places to buy, and the public page's state."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from promotion import permissions
from promotion.forms import PlaceForm, StoryForm, WithholdForm
from promotion.models import Listing, SoldAt
from promotion.selectors import pages, points
from promotion.selectors.checks import checks_of
from promotion.services import listings, points_of_sale, stories
from promotion.views.products import ShownStory, shown_place
from promotion.views.story_text import story_html
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.models import Product
from registry.selectors import visible_products

MOST_PROPOSED = 20


@login_required
@require_safe
def product_desk(request: HttpRequest, product_id: int) -> HttpResponse:
    """Everything of step six for one product, with what the person may do."""
    product = _product(request, product_id)
    return _show(request, product)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story_edit(request: HttpRequest, product_id: int) -> HttpResponse:
    """The producer writes the story."""
    product = _product(request, product_id)
    require(permissions.may_promote(signed_in(request), product, on=legal_day(timezone.now())))
    form = StoryForm(request.POST or None, initial=_told(product))
    preview = _preview(form) if request.method == "POST" and "preview" in request.POST else None
    if request.method == "POST" and preview is None and form.is_valid():
        try:
            stories.tell(product, **form.cleaned_data, by=signed_in(request), at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã lưu câu chuyện sản phẩm."))
            return redirect("promotion:desk", product.pk)
    context = {"product": product, "form": form, "preview": preview}
    return render(request, "promotion/story_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place_add(request: HttpRequest, product_id: int) -> HttpResponse:
    """The producer adds a place where the product is sold."""
    product = _product(request, product_id)
    require(permissions.may_promote(signed_in(request), product, on=legal_day(timezone.now())))
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            points_of_sale.offer(
                product, **form.cleaned_data, by=signed_in(request), at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã thêm điểm bán."))
            return redirect("promotion:desk", product.pk)
    context = {"product": product, "form": form}
    return render(request, "promotion/place_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place_propose(request: HttpRequest, product_id: int) -> HttpResponse:
    """The producer finds a registered place and says that the product is sold there."""
    product, user = _product(request, product_id), signed_in(request)
    require(permissions.may_promote(user, product, on=legal_day(timezone.now())))
    text = request.GET.get("q", "")
    rows = points.registered_near(product, text=text)
    if request.method == "POST":
        chosen = request.POST.get("point", "")
        point = get_object_or_404(rows, pk=int(chosen) if chosen.isdecimal() else 0)
        try:
            points_of_sale.propose(product, point, by=user, at=timezone.now())
        except RuleBroken as refusal:
            messages.error(request, refusal_text(refusal))
        else:
            messages.success(request, _("Đã gửi; cơ quan OCOP ở nơi đặt điểm bán xác nhận."))
            return redirect("promotion:desk", product.pk)
    context = {"product": product, "rows": rows[:MOST_PROPOSED], "text": text}
    return render(request, "promotion/place_propose.html", context)


@login_required
@require_POST
def place_end(request: HttpRequest, sold_id: int) -> HttpResponse:
    """The product is no longer sold there."""
    seen = visible_products(signed_in(request), legal_day(timezone.now()))
    rows = SoldAt.objects.select_related("product__subject").filter(
        product__in=seen.order_by().values("pk")
    )
    sold = get_object_or_404(rows, pk=sold_id)
    points_of_sale.end(sold, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã bỏ điểm bán."))
    return redirect("promotion:desk", sold.product_id)


@login_required
@require_POST
def withhold(request: HttpRequest, product_id: int) -> HttpResponse:
    """The office takes the page from the public, with a reason."""
    product = _product(request, product_id)
    listing = get_object_or_404(Listing, product=product)
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _show(request, product, form=form)
    reason = form.cleaned_data["reason"]
    listings.withhold(listing, reason=reason, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã ẩn trang công khai của sản phẩm."))
    return redirect("promotion:desk", product.pk)


@login_required
@require_POST
def show(request: HttpRequest, product_id: int) -> HttpResponse:
    """The office gives the page back."""
    product = _product(request, product_id)
    listing = get_object_or_404(Listing, product=product)
    listings.show(listing, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã hiện lại trang công khai của sản phẩm."))
    return redirect("promotion:desk", product.pk)


def _product(request: HttpRequest, product_id: int) -> Product:
    seen = visible_products(signed_in(request), legal_day(timezone.now()))
    return get_object_or_404(seen, pk=product_id)


def _show(
    request: HttpRequest, product: Product, *, form: WithholdForm | None = None
) -> HttpResponse:
    today = legal_day(timezone.now())
    listing = Listing.objects.filter(product=product).first()
    context = {
        "product": product,
        "listing": listing,
        "checks": checks_of(product, today),
        "story": pages.story_of(product),
        "stories": _shown_stories(product),
        "places": [(sold, shown_place(sold)) for sold in pages.places_at_desk(product)],
        "may_promote": permissions.may_promote(signed_in(request), product, on=today),
        "may_withhold": permissions.may_withhold(signed_in(request), product, on=today),
        "form": form or WithholdForm(),
    }
    return render(request, "promotion/product_desk.html", context)


def _preview(form: StoryForm) -> list[ShownStory] | None:
    """What the public would see of what is written; a form with faults shows those instead."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    return [
        ShownStory(said[f"title_{word}"], story_html(said[f"body_{word}"]), word)
        for word in ("vi", "en")
        if said[f"body_{word}"]
    ]


def _shown_stories(product: Product) -> list[ShownStory]:
    story = pages.story_of(product)
    if story is None:
        return []
    found = [ShownStory(story.title_vi, story_html(story.body_vi), "vi")]
    if story.body_en:
        found.append(ShownStory(story.title_en, story_html(story.body_en), "en"))
    return found


def _told(product: Product) -> dict[str, Any]:
    story = pages.story_of(product)
    names = ("title_vi", "body_vi", "title_en", "body_en")
    return {name: getattr(story, name) for name in names} if story else {}
