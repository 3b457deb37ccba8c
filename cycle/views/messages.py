"""The conversation of an enrolment, and every conversation as an inbox."""

from django.contrib import messages as banners
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycle.domain.messages import Side
from cycle.forms import MessageForm, add_refusal
from cycle.permissions import may_message, side_of
from cycle.selectors import (
    awaited_name,
    messages_of,
    shared_enrolments,
    visible_conversations,
)
from cycle.services import jottings, messages
from cycle.views.columns import CONVERSATIONS
from cycle.views.jottings import MESSAGE, kept_in
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_safe
def message_inbox(request: HttpRequest) -> HttpResponseBase:
    """Every conversation that the reader may read, the nearest day first."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_conversations(user, on),
        None,
        "cycle/message_inbox.html",
        columns=CONVERSATIONS,
        today=on,
    )


@login_required
@require_http_methods(GET_OR_POST)
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about an enrolment; opening it is reading it."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    enrolment = get_object_or_404(shared_enrolments(user, on), pk=pk)
    may = may_message(user, enrolment, on=on)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            try:
                messages.write(enrolment, by=user, at=at, **form.cleaned_data)
            except RuleBroken as refusal:
                add_refusal(form, refusal)
            else:
                jottings.forget(enrolment, MESSAGE, by=user)
                banners.success(request, _("Đã gửi."))
                return redirect("cycle:messages", enrolment.pk)
    talk = visible_conversations(user, on).filter(enrolment=enrolment).first()
    if talk is not None:
        messages.mark_read(talk, by=user, at=at)
    if request.method != "POST" and may:
        form.initial["asks"] = side_of(user, enrolment, on=on) is Side.PRODUCER
    context = {
        "enrolment": enrolment,
        "talk": talk,
        "awaited": awaited_name(talk) if talk else "",
        "rows": messages_of(enrolment),
        "form": form if may else None,
        "kept": kept_in(form, enrolment, MESSAGE, user) if may else None,
    }
    return render(request, "cycle/messages.html", context)
