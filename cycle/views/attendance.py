"""What an office does with its sessions: announce, hand out, write down who came, cancel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycle.domain.sessions import SessionKind
from cycle.forms import GuestForm, MaterialForm, ReasonForm, SessionForm, add_refusal
from cycle.models import InformationSession
from cycle.permissions import may_hold_some_session, may_keep_session
from cycle.selectors import attendees_of, kept_sessions, materials_of, session_places
from cycle.services import materials, sessions
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(GET_OR_POST)
def session_hold(request: HttpRequest) -> HttpResponse:
    """Announces a session in the name of one of the reader's units."""
    user, at = signed_in(request), timezone.now()
    require(may_hold_some_session(user, on=legal_day(at)))
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        places=session_places(user, legal_day(at)),
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        kind = SessionKind(facts.pop("kind"))
        try:
            session = sessions.hold(kind=kind, by=user, at=at, **facts)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã mở lớp “%(title)s”.") % {"title": session})
            return redirect(session)
    return render(request, "cycle/session_form.html", {"form": form})


@login_required
@require_http_methods(GET_OR_POST)
def session_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who registered and who was there; a posted list is the whole truth."""
    user, at = signed_in(request), timezone.now()
    session = _kept(user, pk)
    if request.method == "POST":
        present = {int(key) for key in request.POST.getlist("present") if key.isdecimal()}
        sessions.mark_attendance(session, present=present, by=user, at=at)
        messages.success(request, _("Đã ghi điểm danh."))
        return redirect("cycle:session-attendance", session.pk)
    return _attendance_page(request, session, GuestForm())


@login_required
@require_POST
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down somebody without an account."""
    user, at = signed_in(request), timezone.now()
    session = _kept(user, pk)
    require(may_keep_session(user, session, on=legal_day(at)))
    form = GuestForm(request.POST)
    if form.is_valid():
        try:
            row = sessions.add_on_site(session, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi %(name)s.") % {"name": row.name})
            return redirect("cycle:session-attendance", session.pk)
    return _attendance_page(request, session, form)


@login_required
@require_http_methods(GET_OR_POST)
def session_materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a file to what is handed out."""
    user, at = signed_in(request), timezone.now()
    session = _kept(user, pk)
    require(may_keep_session(user, session, on=legal_day(at)))
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = materials.add(session, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã nhận “%(title)s”.") % {"title": row.title})
            return redirect(session)
    context = {"form": form, "session": session, "materials": materials_of(session)}
    return render(request, "cycle/session_materials.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The session does not take place."""
    user, at = signed_in(request), timezone.now()
    session = _kept(user, pk)
    require(may_keep_session(user, session, on=legal_day(at)))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.cancel(session, reason=form.cleaned_data["reason"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã hủy lớp và báo cho người đã đăng ký."))
            return redirect(session)
    return render(request, "cycle/session_cancel.html", {"form": form, "session": session})


def _attendance_page(
    request: HttpRequest, session: InformationSession, form: GuestForm
) -> HttpResponse:
    at = timezone.now()
    rows = list(attendees_of(session))
    context = {
        "session": session,
        "attendees": rows,
        "present_count": sum(row.attended_at is not None for row in rows),
        "has_begun": session.has_begun(at),
        "form": form,
    }
    return render(request, "cycle/session_attendance.html", context)


def _kept(user: User, pk: int) -> InformationSession:
    return get_object_or_404(kept_sessions(user, legal_day(timezone.now())), pk=pk)
