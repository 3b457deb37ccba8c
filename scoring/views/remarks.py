"""The council's remark beside a result: written, then approved by who presided."""

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
from scoring import permissions
from scoring.forms import RemarkForm, add_refusal
from scoring.selectors.ratings import visible_ratings
from scoring.services import remarks
from scoring.views.decisions import posted_version


@login_required
@require_http_methods(["GET", "POST"])
def remark_write(request: HttpRequest, pk: int) -> HttpResponse:
    """What the producer will be told; pinned to the version that is being looked at."""
    user, at = signed_in(request), timezone.now()
    rating = get_object_or_404(visible_ratings(user, legal_day(at)), pk=pk)
    require(permissions.may_write_remark(user, rating, on=legal_day(at)))
    remark = getattr(rating, "remark", None)
    initial = {"text": remark.text, "version": remark.version} if remark else {"version": 0}
    form = RemarkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            remarks.write(rating, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lưu nhận xét; chờ người chủ trì duyệt."))
            return redirect(rating)
    context = {"form": form, "rating": rating, "product": rating.dossier.enrolment.product}
    return render(request, "scoring/remark_form.html", context)


@login_required
@require_POST
def remark_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on the producer reads it."""
    user, at = signed_in(request), timezone.now()
    rating = get_object_or_404(visible_ratings(user, legal_day(at)), pk=pk)
    remarks.approve(rating, version=posted_version(request), by=user, at=at)
    messages.success(request, _("Đã duyệt nhận xét và báo cho chủ thể."))
    return redirect(rating)
