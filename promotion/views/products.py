"""The public page of one product, and its picture."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.web.pictures import picture_response
from ocop_portal.web.placeholder import placeholder_svg
from ocop_portal.web.templatetags.portal import vn_date, vnd
from promotion.domain.catalogue import is_offered, words_of
from promotion.domain.sales import PlaceKind
from promotion.domain.stars import MEANINGS
from promotion.models import Listing, SoldAt, Story
from promotion.selectors import pages, photographs
from promotion.services import share_pictures
from promotion.views.favourites import kept_by
from promotion.views.linked_data import linked_data
from promotion.views.shared import public_face
from promotion.views.story_text import story_html
from registry.domain.clock import legal_day
from registry.domain.pictures import PictureSize
from registry.models import Product, ProductPicture
from registry.selectors import pictures_of
from scoring.domain.certificate_states import CertificateState, status_on
from scoring.selectors.certificates import certificates_of

PICTURE_AGE = 24 * 3600


@dataclass(frozen=True)
class ShownStory:
    """The story in the language it is shown in."""

    title: str
    html: SafeString
    language: str


@dataclass(frozen=True)
class ShownPlace:
    """One place to buy."""

    name: str
    kind: str
    address: str
    website: str
    page: str  # of the product itself at the place, where there is one
    url: str  # of the place's own page, for a registered one


@require_safe
@public_face
def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Story, star, certificates, subject, place, where to buy; hidden and revoked ones are 404."""
    listing = get_object_or_404(pages.with_page(), slug=slug)
    product, today = listing.product, legal_day(timezone.now())
    status = status_on(CertificateState(listing.state), listing.valid_until, today)
    offered, shown = is_offered(status), list(pictures_of(product))
    context = {
        "listing": listing,
        "product": product,
        "status": status,
        "words": words_of(status),
        "is_offered": offered,
        "meaning": MEANINGS[listing.stars],
        "photographs": shown,
        "story": _shown_story(pages.story_of(product)),
        "facts": _facts(listing, product),
        "certificates": [(each, each.status_on(today)) for each in certificates_of(product)],
        "places": [shown_place(sold) for sold in pages.places_of(product)],
        "more": pages.more_of_subject(listing),
        "related": pages.alike(listing, today=today),
        "share_picture": settings.SITE_URL + _share_address(product, shown),
        "crumbs": [(_("Sản phẩm"), reverse("promotion:catalogue")), (listing.name, "")],
        "description": _description(listing),
        "canonical_url": settings.SITE_URL + listing.get_absolute_url(),
        "favourites": kept_by(request),
        "linked_data": linked_data(listing, shown, is_offered=offered),
    }
    return render(request, "promotion/product_page.html", context)


@require_safe
def picture(_request: HttpRequest, product_id: int) -> HttpResponse:
    """The drawn stand-in for a photograph, made from the listing alone; caches may keep it."""
    listing = get_object_or_404(
        pages.with_page().select_related(None).only("product_id", "name", "set_name", "group_name"),
        product=product_id,
    )
    drawn = placeholder_svg(listing.name, group=f"{listing.set_name} {listing.group_name}")
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={PICTURE_AGE}"
    return response


@require_safe
def share_picture(_request: HttpRequest, product_id: int) -> HttpResponse:
    """A picture of the name and the place, for whoever gets the address sent."""
    listing = get_object_or_404(
        pages.with_page().select_related(None).select_related("commune", "province"),
        product=product_id,
    )
    made = share_pictures.share_picture(
        listing,
        drawing=placeholder_svg(listing.name, group=f"{listing.set_name} {listing.group_name}"),
        domain=settings.OFFICIAL_DOMAIN,
    )
    response = HttpResponse(made, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={PICTURE_AGE}"
    return response


@require_safe
def photograph(_request: HttpRequest, token: str, size: str) -> FileResponse:
    """A photograph of a product that has a public page; its content never changes."""
    if size not in set(PictureSize):
        raise Http404(_("Ảnh không có cỡ này."))
    shown = get_object_or_404(photographs.public_pictures(), token=token)
    stored = shown.file_of(PictureSize(size))
    return picture_response(stored, cache=f"public, max-age={PICTURE_AGE}")


def _share_address(product: Product, shown: list[ProductPicture]) -> str:
    """The first photograph, or the drawn picture with the name."""
    if shown:
        return reverse("promotion:photograph", args=[shown[0].token, PictureSize.LARGE])
    return reverse("promotion:share-picture", args=[product.pk])


def _facts(listing: Listing, product: Product) -> list[tuple[str, Any]]:
    commune, former = product.commune, product.former_commune
    rows: list[tuple[str, Any]] = [
        (_("Chủ thể"), listing.subject_name),
        (_("Bộ sản phẩm"), listing.set_name),
        (_("Nơi sản xuất"), commune.long_name),
    ]
    if former is not None:
        rows.append((_("Tên nơi này trước 1/7/2025"), former.long_name))
    optional = [
        (_("Mã sản phẩm"), product.code),
        (_("Mã GTIN"), product.gtin),
        (_("Quy cách"), product.packaging),
        (_("Giá"), price_text(product)),
        (_("Mùa vụ"), product.availability),
        (_("Hạn sử dụng"), product.shelf_life),
    ]
    rows += [(label, value) for label, value in optional if value]
    return [*rows, (_("Có hiệu lực đến hết ngày"), vn_date(listing.valid_until))]


def price_text(product: Product) -> str:
    """“100.000 ₫ – 150.000 ₫”, the one price that is known, or nothing."""
    low, high = product.price_from, product.price_to
    if low is not None and high is not None and low != high:
        return f"{vnd(low)} – {vnd(high)}"
    known = low if low is not None else high
    return vnd(known) if known is not None else ""


def _shown_story(story: Story | None) -> ShownStory | None:
    if story is None:
        return None
    if get_language() == "en" and story.body_en:
        return ShownStory(story.title_en, story_html(story.body_en), "en")
    return ShownStory(story.title_vi, story_html(story.body_vi), "vi")


def shown_place(sold: SoldAt) -> ShownPlace:
    point = sold.point
    parts = [point.address_line, point.commune.long_name if point.commune else ""]
    return ShownPlace(
        name=point.name,
        kind=PlaceKind(point.kind).label,
        address=", ".join(part for part in parts if part),
        website=point.website,
        page=sold.link,
        url=point.get_absolute_url() if point.is_registered else "",
    )


def _description(listing: Listing) -> str:
    """One sentence for search engines and for whoever gets the address sent."""
    if listing.product.summary:
        return str(listing.product.summary)
    return f"{listing.name} – {listing.subject_name}, {listing.product.commune.long_name}"
