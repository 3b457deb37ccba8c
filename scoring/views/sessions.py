"""Pages of the sessions: calling, presence, closing, minutes."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle.selectors.law import working_calendar
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms import CloseForm, ReasonForm, SessionForm, add_refusal
from scoring.models import Session
from scoring.selectors.assignments import readers_of
from scoring.selectors.councils import roster, seat_of, visible_councils
from scoring.selectors.minutes import minutes_of
from scoring.selectors.relations import Proposed, proposed_relations
from scoring.selectors.sessions import (
    agenda_for,
    day_of,
    dossiers_waiting,
    visible_sessions,
)
from scoring.selectors.tastings import has_tasting
from scoring.services import attendance, sessions
from scoring.services.minutes_documents import minutes_document


@login_required
@require_http_methods(["GET", "POST"])
def session_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Calls a meeting with the dossiers that wait for this council."""
    user, at = signed_in(request), timezone.now()
    council = get_object_or_404(visible_councils(user, legal_day(at)), pk=pk)
    require(permissions.may_call(user, council, on=legal_day(at)))
    waiting = dossiers_waiting(council)
    form = SessionForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            session = sessions.call(
                council,
                dossiers=list(chosen["dossiers"]),
                starts_at=chosen["starts_at"],
                place=chosen["place"],
                sheets_due_on=chosen["sheets_due_on"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã triệu tập phiên họp và báo cho các thành viên."))
            return redirect(session)
    earliest = working_calendar().add_working_days(legal_day(at), council.notice_working_days)
    context = {
        "form": form,
        "council": council,
        "earliest": earliest,
        "has_waiting": waiting.exists(),
    }
    return render(request, "scoring/session_form.html", context)


@login_required
@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda, who is present, and what the reader may do now."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    session = get_object_or_404(visible_sessions(user, on), pk=pk)
    may_keep = permissions.may_keep(user, session, on=on)
    seat = seat_of(user, session.council, on)
    context = {
        "session": session,
        "seat": seat,
        "has_tasting": seat is not None and has_tasting(session, seat),
        "agenda": agenda_for(session, user, on),
        "roster": roster(session.council, day_of(session)),
        "present": set(session.attendance.values_list("member", flat=True)),
        "may_keep": may_keep,
        "may_assign": permissions.may_assign(user, session, on=on),
        "readers": readers_of(session),
        "relations": _relations(session, user, on),
        "may_call": permissions.may_call(user, session.council, on=on),
        "is_called": session.state == "called",
        "is_opened": session.state == "opened",
        "close_form": CloseForm() if may_keep else None,
        "cancel_form": ReasonForm(prefix="cancel"),
        "history": history_of(session),
    }
    return render(request, "scoring/session_detail.html", context)


def _relations(session: Session, user: User, on: date) -> list[Proposed]:
    """What is proposed to the chair, of the products that the chair may read."""
    if not session.status.is_running or not permissions.may_assign(user, session, on=on):
        return []
    items = [row.item for row in agenda_for(session, user, on) if row.may_read]
    return proposed_relations(items, roster(session.council, day_of(session)))


@login_required
@require_POST
def session_open(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    sessions.open_session(session, by=user, at=at)
    messages.success(request, _("Phiên họp đã khai mạc. Hãy ghi nhận người có mặt."))
    return redirect(session)


@login_required
@require_POST
def session_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list of presence at once: marked who is ticked, unmarked who is not."""
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    require(permissions.may_keep(user, session, on=legal_day(at)))
    ticked = set(request.POST.getlist("present"))
    present = set(session.attendance.values_list("member", flat=True))
    for member in roster(session.council, day_of(session)):
        if str(member.pk) in ticked and member.pk not in present:
            attendance.mark_present(session, member, by=user, at=at)
        elif str(member.pk) not in ticked and member.pk in present:
            attendance.mark_absent(session, member, by=user, at=at)
    messages.success(request, _("Đã ghi nhận người có mặt."))
    return redirect(session)


@login_required
@require_POST
def session_close(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    form = CloseForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    sessions.close(session, note=note, by=user, at=at)
    messages.success(request, _("Phiên họp đã kết thúc."))
    return redirect(session)


@login_required
@require_POST
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    form = ReasonForm(request.POST, prefix="cancel")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    sessions.cancel(session, reason=reason, by=user, at=at)
    messages.success(request, _("Đã hủy phiên họp và báo cho các thành viên."))
    return redirect(session)


@login_required
@require_safe
def session_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes drawn up from the data, for printing; sheets of persons are not in them."""
    user, at = signed_in(request), timezone.now()
    session: Session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    minutes = minutes_of(session, user, legal_day(at))
    return render(request, "scoring/session_minutes.html", {"session": session, "minutes": minutes})


@login_required
@require_safe
def session_minutes_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as the paper that is signed; a draft until the session has ended."""
    user, on = signed_in(request), legal_day(timezone.now())
    session: Session = get_object_or_404(visible_sessions(user, on), pk=pk)
    made = minutes_document(session, minutes_of(session, user, on))
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"bien-ban-{session.pk}-{day_of(session):%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
