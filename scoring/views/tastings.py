"""Pages of the tasting: they name samples by their numbers and no product."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from scoring import permissions
from scoring.domain.sheet import tally
from scoring.forms import sheet_rows
from scoring.forms.choices import SectionRow
from scoring.forms.sheets import known_choices, sent_in
from scoring.models import CouncilMember, SampleNumber, Session
from scoring.selectors import tastings as found
from scoring.selectors.councils import seat_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sessions import visible_sessions
from scoring.services import tastings


@login_required
@require_safe
def tasting_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's samples by number; for the secretary, who does not score, which is whose."""
    user, on = signed_in(request), legal_day(timezone.now())
    session = get_object_or_404(visible_sessions(user, on), pk=pk)
    may_draw = permissions.may_draw_numbers(user, session, on=on)
    if not may_draw:
        require(permissions.may_taste(user, session, on=on))
    member = _member(user, session)
    to_number = found.items_to_number(session) if may_draw else []
    rows = [] if may_draw else found.tasting_rows(session, member, on)
    context = {
        "session": session,
        "may_draw": may_draw,
        "rows": rows,
        "is_closed": found.has_closed(session, member),
        "waiting": [row.number for row in rows if not row.is_complete],
        "numbers": found.numbers_of(session) if may_draw else [],
        "to_number": to_number,
        "short": found.short_of_samples(to_number),
    }
    return render(request, "scoring/tasting_list.html", context)


@login_required
@require_POST
def numbers_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draws a number for every product that is tasted."""
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    drawn = tastings.draw_numbers(session, by=user, at=at)
    messages.success(request, _("Đã phát số cho %(count)s mẫu.") % {"count": len(drawn)})
    return redirect("scoring:tasting-list", pk=session.pk)


@login_required
@require_POST
def tasting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the member's tasting of the whole session."""
    user, at = signed_in(request), timezone.now()
    session = get_object_or_404(visible_sessions(user, legal_day(at)), pk=pk)
    tastings.close(session, by=user, at=at)
    messages.success(request, _("Đã chốt phần cảm quan; điểm đã vào phiếu của từng sản phẩm."))
    return redirect("scoring:tasting-list", pk=session.pk)


@login_required
@require_http_methods(["GET", "POST"])
def tasting_sample(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One sample: the sensory criteria, saved and on to the next number."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    session = get_object_or_404(visible_sessions(user, on), pk=pk)
    sample = get_object_or_404(found.samples_for(session, user, on), number=number)
    require(permissions.may_score(user, sample.item, on=on))
    member = _member(user, session)
    kept = found.tasting_of(sample, member)
    if request.method != "POST":
        return _page(request, sample, member, kept.choices if kept else {})
    sent = sent_in(request.POST.dict())
    try:
        tastings.save(sample, choices=sent.choices, version=sent.version, by=user, at=at)
    except RuleBroken as refusal:
        return _page(request, sample, member, sent.choices, refusal)
    messages.success(request, _("Đã lưu mẫu %(number)s.") % {"number": number})
    return redirect(_next(session, member, number))


def _member(user: User, session: Session) -> CouncilMember:
    seat = seat_of(user, session.council, legal_day(timezone.now()))
    if seat is None:
        raise AssertionError("only members come here")
    return seat


def _next(session: Session, member: CouncilMember, number: int) -> str:
    """The next sample that is not complete; the list when there is none."""
    rows = found.tasting_rows(session, member, legal_day(timezone.now()))
    open_rows = [row.number for row in rows if not row.is_complete]
    later = [each for each in open_rows if each > number] or open_rows
    if not later:
        return reverse("scoring:tasting-list", args=[session.pk])
    return reverse("scoring:tasting-sample", args=[session.pk, later[0]])


def _page(
    request: HttpRequest,
    sample: SampleNumber,
    member: CouncilMember,
    choices: dict[str, str | None],
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    rubric = rubric_of(sample.item.edition)
    tasting = found.tasting_of(sample, member)
    known = known_choices(rubric, choices)
    codes = [section.code for section in found.sensory_sections(rubric)]
    parts = sheet_rows(rubric, known, tally(rubric, known).parts)
    sections: list[SectionRow] = [
        section for part in parts for section in part.sections if section.code in codes
    ]
    context = {
        "session": sample.session,
        "number": sample.number,
        "sections": sections,
        "version": tasting.version if tasting else 0,
        "is_closed": found.has_closed(sample.session, member),
        "refusal": refusal_text(refusal) if refusal else "",
    }
    status = 409 if isinstance(refusal, Stale) else 200
    return render(request, "scoring/tasting_sample.html", context, status=status)
