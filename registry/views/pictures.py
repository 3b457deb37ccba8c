"""Pages of a product's pictures; a picture itself goes out only after a permission check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.web.pictures import picture_response
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.pictures import MOST_PICTURES, PictureSize, Shift
from registry.forms import add_refusal
from registry.forms.pictures import AltForm, PictureForm
from registry.models import Product, ProductPicture
from registry.permissions import may_edit_product
from registry.selectors import pictures_of, visible_pictures, visible_products
from registry.services import pictures
from registry.views.subjects import GET_OR_POST

A_DAY = 24 * 3600


@login_required
@require_http_methods(GET_OR_POST)
def picture_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of a product in their order, and one more."""
    user, at = signed_in(request), timezone.now()
    product: Product = get_object_or_404(visible_products(user, legal_day(at)), pk=pk)
    require(may_edit_product(user, product, on=legal_day(at)))
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            pictures.add(product, file=facts["file"], alt=facts["alt"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect("registry:picture-list", product.pk)
    kept = list(pictures_of(product))
    context = {"form": form, "product": product, "pictures": kept, "most": MOST_PICTURES}
    return render(request, "registry/picture_list.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def picture_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a picture shows, in other words."""
    user, at = signed_in(request), timezone.now()
    picture = _own(request, pk)
    form = AltForm(request.POST or None, initial={"alt": picture.alt})
    if request.method == "POST" and form.is_valid():
        pictures.word(picture, alt=form.cleaned_data["alt"], by=user, at=at)
        messages.success(request, _("Đã lưu lời tả ảnh."))
        return redirect("registry:picture-list", picture.product_id)
    return render(request, "registry/picture_form.html", {"form": form, "picture": picture})


@login_required
@require_POST
def picture_shift(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """One place earlier or later."""
    picture = _own(request, pk)
    if to not in set(Shift):
        raise Http404(_("Không có cách xếp này."))
    pictures.shift(picture, Shift(to), by=signed_in(request), at=timezone.now())
    return redirect("registry:picture-list", picture.product_id)


@login_required
@require_POST
def picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture and its files are gone."""
    picture = _own(request, pk)
    pictures.remove(picture, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã bỏ ảnh."))
    return redirect("registry:picture-list", picture.product_id)


@login_required
@require_safe
def picture_file(request: HttpRequest, token: str, size: str) -> FileResponse:
    """The picture for who may see the product; the public gets it from the public page."""
    on = legal_day(timezone.now())
    picture = get_object_or_404(visible_pictures(signed_in(request), on), token=token)
    if size not in set(PictureSize):
        raise Http404(_("Ảnh không có cỡ này."))
    stored = picture.file_of(PictureSize(size))
    return picture_response(stored, cache=f"private, max-age={A_DAY}")


def _own(request: HttpRequest, pk: int) -> ProductPicture:
    user, on = signed_in(request), legal_day(timezone.now())
    picture: ProductPicture = get_object_or_404(visible_pictures(user, on), pk=pk)
    require(may_edit_product(user, picture.product, on=on))
    return picture
