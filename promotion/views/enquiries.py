"""Asking producers about their products without an account, and the producers' inbox."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web import limits
from ocop_portal.web.origins import from_this_site
from ocop_portal.web.views import list_page
from promotion import permissions
from promotion.domain.answering import AnswerState
from promotion.domain.enquiries import with_product
from promotion.domain.favourites import read, without, written
from promotion.filters import EnquiryFilter
from promotion.forms import EnquiryAnswerForm, EnquiryForm
from promotion.models import EnquiryPart
from promotion.selectors import enquiries as found
from promotion.services import enquiries
from promotion.views.columns import ENQUIRIES
from promotion.views.guessing import against_guessing
from promotion.views.verify import pause
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import standing_of

COOKIE = "hoi-mua"
SALT = "promotion.enquiry"
KEPT_SECONDS = 30 * 24 * 3600
MOST_EACH_HOUR = 10


def asked_in(request: HttpRequest) -> tuple[int, ...]:
    """The products in the cookie; one that was tampered with is an empty list."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS)
    return read(text or "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """The list with its form; sent, it leads to its own page, whose address is the receipt."""
    kept = asked_in(request)
    listings = found.askable(kept)
    form = EnquiryForm(request.POST or None, listings=listings)
    if request.method == "POST" and form.is_valid():
        if limits.once_too_often(request, "enquiry", each_hour=MOST_EACH_HOUR):
            form.add_error(None, _("Từ mạng này đã có nhiều lần hỏi; hãy thử lại sau một giờ."))
        else:
            try:
                made = enquiries.send(
                    found.wanted(listings, form.amounts),
                    **form.facts,
                    at=timezone.now(),
                )
            except RuleBroken as refusal:
                form.add_error(refusal.field or None, refusal_text(refusal))
            else:
                response = redirect("promotion:enquiry-state", made.code)
                response.delete_cookie(COOKIE, samesite="Lax")
                return response
    gone = without(kept, [listing.product_id for listing in listings])
    context = {"form": form, "listings": listings, "gone": len(gone)}
    return render(request, "promotion/enquiry_list.html", context)


@from_this_site
@require_POST
def enquiry_change(request: HttpRequest) -> HttpResponse:
    """`add` puts one public product on the list, `drop` takes one out; then the list is shown."""
    products = asked_in(request)
    wanted, dropped = read(request.POST.get("add", ""))[:1], read(request.POST.get("drop", ""))
    if not wanted and not dropped:
        raise Http404(_("Không có sản phẩm nào được chọn."))
    if wanted and not found.askable(wanted):
        raise Http404(_("Sản phẩm này không có trang công khai."))
    response = redirect("promotion:enquiry-list")
    response.status_code = 303
    try:
        for product in wanted:
            products = with_product(products, product)
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return response
    _keep(response, without(products, dropped))
    return response


@never_cache
@require_safe
@against_guessing(pause)
def enquiry_state(request: HttpRequest, code: str) -> HttpResponse:
    """The answers, for whoever holds the code; nothing of the buyer's contacts."""
    enquiry = found.enquiry_of_code(code)
    status = 200 if enquiry else 404
    return render(request, "promotion/enquiry_state.html", {"enquiry": enquiry}, status=status)


@login_required
@require_safe
def enquiry_inbox(request: HttpRequest) -> HttpResponseBase:
    """What buyers asked the reader's subjects, the most pressing first."""
    user, on = signed_in(request), legal_day(timezone.now())
    if not standing_of(user, on).subject_ids:
        raise Http404
    return list_page(
        request,
        found.visible_parts(user, on),
        EnquiryFilter,
        "promotion/enquiry_inbox.html",
        columns=ENQUIRIES,
        today=on,
    )


@login_required
@require_safe
def enquiry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question and its answer."""
    return _show(request, _part(request, pk), EnquiryAnswerForm())


@login_required
@require_POST
def enquiry_take(request: HttpRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    try:
        enquiries.take(part, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Bạn phụ trách câu hỏi này."))
    return redirect(part)


@login_required
@require_POST
def enquiry_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer; the form comes back with what was typed where it is refused."""
    part, at = _part(request, pk), timezone.now()
    require(permissions.may_answer_enquiry(signed_in(request), part, on=legal_day(at)))
    form = EnquiryAnswerForm(request.POST)
    if form.is_valid():
        try:
            enquiries.answer(part, by=signed_in(request), at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã trả lời; người hỏi đọc được bằng mã của mình."))
            return redirect(part)
    return _show(request, part, form)


def _part(request: HttpRequest, pk: int) -> EnquiryPart:
    return get_object_or_404(
        found.visible_parts(signed_in(request), legal_day(timezone.now())), pk=pk
    )


def _show(request: HttpRequest, part: EnquiryPart, form: EnquiryAnswerForm) -> HttpResponse:
    on = legal_day(timezone.now())
    context = {
        "part": part,
        "form": form if part.status is not AnswerState.ANSWERED else None,
        "is_overdue": part.is_overdue(on),
        "history": history_of(part),
    }
    return render(request, "promotion/enquiry_detail.html", context)


def _keep(response: HttpResponse, products: tuple[int, ...]) -> None:
    if not products:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        written(products),
        salt=SALT,
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
