"""Information and training sessions as everybody sees them, and a person's own seat."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle.forms import RegistrationForm, add_refusal
from cycle.permissions import may_hold_some_session, may_keep_session
from cycle.selectors import (
    Trained,
    coming_sessions,
    materials,
    materials_of,
    own_attendance,
    past_sessions,
    session_offices,
    trained,
)
from cycle.selectors import sessions as every_session
from cycle.services import sessions
from cycle.views.columns import SESSIONS
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.models import Unit

GET_OR_POST = ("GET", "HEAD", "POST")
PAST = "da-qua"


@require_safe
def session_list(request: HttpRequest) -> HttpResponseBase:
    """What is coming, or what has been; no account is needed."""
    at = timezone.now()
    is_past = request.GET.get("khi") == PAST
    user = request.user
    return list_page(
        request,
        past_sessions(at) if is_past else coming_sessions(at),
        None,
        "cycle/session_list.html",
        columns=SESSIONS,
        is_past=is_past,
        year=legal_day(at).year,
        trained=_trained(user, legal_day(at)) if isinstance(user, User) else [],
        may_hold=isinstance(user, User) and may_hold_some_session(user, on=legal_day(at)),
    )


def _trained(user: User, on: date) -> list[tuple[str, Trained]]:
    """For who keeps sessions: how many people came to trainings at or below the own offices.

    A unit and the former one of the same name are one office to the reader.
    """
    offices: dict[str, list[Unit]] = {}
    for unit in session_offices(user, on):
        offices.setdefault(unit.long_name, []).append(unit)
    return [(name, trained(on.year, *same)) for name, same in offices.items()]


@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when, where, what about, what is handed out."""
    at = timezone.now()
    session = get_object_or_404(every_session(), pk=pk)
    user = request.user
    may_keep = isinstance(user, User) and may_keep_session(user, session, on=legal_day(at))
    context = {
        "session": session,
        "materials": materials_of(session),
        "own": own_attendance(session, user) if isinstance(user, User) else None,
        "is_open": session.takes_registrations(at),
        "is_full": session.capacity is not None and session.taken >= session.capacity,  # type: ignore[attr-defined] # annotated
        "has_begun": session.has_begun(at),
        "may_keep": may_keep,
        "history": history_of(session) if may_keep else None,
    }
    return render(request, "cycle/session_detail.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def session_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a seat for the reader."""
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(every_session(), pk=pk)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None, initial={"phone": user.phone}
    )
    if request.method == "POST" and form.is_valid():
        try:
            sessions.register(session, phone=form.cleaned_data["phone"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã giữ chỗ cho bạn ở “%(title)s”.") % {"title": session})
            return redirect(session)
    return render(request, "cycle/session_register.html", {"form": form, "session": session})


@login_required
@require_POST
def session_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the reader's own seat back."""
    user = signed_in(request)
    session = get_object_or_404(every_session(), pk=pk)
    if own_attendance(session, user) is None:
        raise Http404(_("Bạn chưa đăng ký lớp này."))
    sessions.leave(session, by=user, at=timezone.now())
    messages.success(request, _("Đã thôi dự “%(title)s”.") % {"title": session})
    return redirect(session)


@require_safe
def session_material(_request: HttpRequest, pk: int) -> FileResponse:
    """A file of a session, opened in the browser where its kind is harmless, else saved."""
    material = get_object_or_404(materials(), pk=pk)
    try:
        stored = material.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    response = FileResponse(
        stored,
        as_attachment=not material.file_kind.opens_in_browser,
        filename=material.original_name,
        content_type=material.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
