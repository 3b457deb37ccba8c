"""Favourites: put aside, looked at again, taken out; no account and no script is needed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.web.origins import from_this_site
from ocop_portal.web.templatetags.portal import term
from promotion.domain.favourites import read, with_one, without, written
from promotion.selectors import favourites as selectors
from promotion.services import favourites
from promotion.views.browser_list import COOKIE, keep_list, list_of
from promotion.views.cards import CARD_COLUMNS
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken


def kept_by(request: HttpRequest) -> tuple[int, ...]:
    """What the reader put aside, in the account or in the browser; strangers cost no query."""
    if isinstance(request.user, User):
        return selectors.products_of(request.user)
    return list_of(request) if COOKIE in request.COOKIES else ()


@never_cache
@require_safe
def favourite_list(request: HttpRequest) -> HttpResponse:
    """What was put aside, the newest first; what lost its page is counted, never named."""
    kept = kept_by(request)
    rows = selectors.shown(kept, CARD_COLUMNS)
    gone = without(kept, [row["product_id"] for row in rows])
    context = {
        "rows": rows,
        "gone": len(gone),
        "gone_text": written(gone),
        "favourites": kept,
        "today": legal_day(timezone.now()),
    }
    return render(request, "promotion/favourite_list.html", context)


@from_this_site
@require_POST
def favourite_change(request: HttpRequest) -> HttpResponse:
    """`keep` puts one product aside, `drop` takes products out; then back to where one was."""
    wanted, dropped = read(request.POST.get("keep", "")), read(request.POST.get("drop", ""))
    if not wanted and not dropped:
        raise Http404(_("Không có sản phẩm nào được chọn."))
    if wanted and not selectors.public_ones(wanted[:1]):
        raise Http404(_("Sản phẩm này không có trang công khai."))
    response = _way_back(request)
    try:
        _change(request, response, wanted[:1], dropped)
    except RuleBroken as refusal:
        return _told(request, response, term(refusal), is_refusal=True)
    said = _("Đã lưu vào danh sách yêu thích.") if wanted else _("Đã bỏ khỏi danh sách yêu thích.")
    return _told(request, response, said)


def _change(
    request: HttpRequest,
    response: HttpResponse,
    wanted: tuple[int, ...],
    dropped: tuple[int, ...],
) -> None:
    if isinstance(request.user, User):
        for product in wanted:
            favourites.keep(product, by=request.user, at=timezone.now())
        favourites.drop(dropped, by=request.user)
        return
    products = list_of(request)
    for product in wanted:
        products = with_one(products, product)
    keep_list(response, without(products, dropped))


def _told(
    request: HttpRequest, response: HttpResponse, said: str, *, is_refusal: bool = False
) -> HttpResponse:
    """A script gets the words as data, a form gets them on the next page."""
    if request.headers.get("Accept", "").startswith("application/json"):
        status = 409 if is_refusal else 200
        answer = JsonResponse({"message": said}, status=status)
        answer.cookies.update(response.cookies)
        return answer
    (messages.warning if is_refusal else messages.success)(request, said)
    return response


def _way_back(request: HttpRequest) -> HttpResponse:
    wish = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()})
    response = redirect(wish if is_ours else reverse("promotion:favourites"))
    response.status_code = 303
    return response
