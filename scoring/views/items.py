"""Pages of one product at a session: the word about conflicts, the chair's board, the findings."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import Verdict, require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web import live
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms import (
    DeclarationForm,
    GroundForm,
    ReasonForm,
    add_refusal,
    gate_findings_in,
)
from scoring.models import AgendaItem
from scoring.selectors.boards import board_of, mark_of_findings
from scoring.selectors.councils import seat_of
from scoring.selectors.relations import proposed_relations
from scoring.selectors.sessions import declaration_of, readable_items, visible_items
from scoring.services import ballots, declarations, gates, grounds, ratings, sessions
from scoring.views import boards

# What an office, which has no seat, reads of the council's doings: never who declared what.
TOLD_OUTSIDE = frozenset(
    {
        "scoring.item.taken_up",
        "scoring.item.removed",
        "scoring.item.stopped",
        "scoring.item.referred",
        "scoring.item.without_result",
        "scoring.ballot.opened",
        "scoring.sheets.all_in",
        "scoring.rating.concluded",
    }
)
Act = Callable[[HttpRequest, AgendaItem, User, datetime], HttpResponse]


@login_required
@require_http_methods(["GET", "POST"])
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The product as its reader may see it now; a POST is the reader's word about a conflict."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    item = get_object_or_404(visible_items(user, on), pk=pk)
    seat = seat_of(user, item.session.council, on)
    if seat is None:
        item = get_object_or_404(readable_items(user, on), pk=pk)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declarations.declare(item, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi nhận lời khai của bạn."))
            return redirect(item)
    word = declaration_of(item, seat) if seat else None
    context: dict[str, object] = {"item": item, "seat": seat, "word": word, "form": form}
    if seat is not None and (word is None or word.has_conflict):
        context["relations"] = proposed_relations([item], [seat]) if word is None else []
        return render(request, "scoring/item_closed.html", context)
    context["history"] = history_of(item, kinds_told=None if seat else TOLD_OUTSIDE)
    if seat is None:
        context |= boards.outside_context(item, user, on)
    else:
        context |= boards.open_context(item, user, on)
        context["seen_findings"] = mark_of_findings(item)
        context["refer_form"] = ReasonForm(prefix="refer") if item.session.is_written else None
        context["live"] = live.part(
            request,
            boards.LIVE,
            boards.live_context(item, user, on),
            url=boards.live_url(item),
            asks=item.status.is_pending,
        )
    return render(request, "scoring/item_detail.html", context)


def acting(act: Act) -> Callable[..., HttpResponse]:
    """A POST on an item that the reader, a member without a conflict, may read; then its page.

    A member who has not declared, or is in conflict, finds nothing there.
    """

    @wraps(act)
    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user, at = signed_in(request), timezone.now()
        item = get_object_or_404(readable_items(user, legal_day(at)), pk=pk)
        readable: Verdict = permissions.may_read(user, item, on=legal_day(at))
        require(readable)
        return act(request, item, user, at)

    return view


@acting
def gates_find(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    note = request.POST.get("note", "").strip()[:500]
    found = gate_findings_in(request.POST.dict())
    gates.find(item, findings=found, note=note, seen=request.POST.get("seen"), by=user, at=at)
    messages.success(request, _("Đã ghi nhận các mức tối thiểu theo hạng sao."))
    return redirect(item)


@acting
def ground_find(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    form = GroundForm(request.POST, rubric=board_of(item).rubric, prefix="ground")
    if form.is_valid():
        grounds.find(item, by=user, at=at, **form.cleaned_data)
        messages.success(request, _("Đã ghi nhận căn cứ."))
        return redirect(item)
    return render(request, "scoring/item_act.html", {"item": item, "form": form})


@acting
def ground_withdraw(
    request: HttpRequest, item: AgendaItem, user: User, at: datetime
) -> HttpResponse:
    grounds.withdraw(item, ground=request.POST.get("ground", ""), by=user, at=at)
    messages.success(request, _("Đã bỏ ghi nhận căn cứ."))
    return redirect(item)


@acting
def item_stop(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    grounds.stop(item, by=user, at=at)
    messages.success(request, _("Đã dừng chấm; hồ sơ được trả lại kèm căn cứ."))
    return redirect(item)


@acting
def ballot_open(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="ballot")
    if form.is_valid():
        sessions.open_ballot(item, reason=form.cleaned_data["reason"], by=user, at=at)
        messages.success(request, _("Đã mở lượt chấm lại; phiếu của lượt trước được giữ nguyên."))
        return redirect(item)
    return render(request, "scoring/item_act.html", {"item": item, "form": form})


@acting
def after_tests_open(
    request: HttpRequest, item: AgendaItem, user: User, at: datetime
) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="tests")
    if form.is_valid():
        ballots.open_after_tests(item, results=form.cleaned_data["reason"], by=user, at=at)
        messages.success(request, _("Đã mở lượt chấm sau kết quả kiểm nghiệm."))
        return redirect(item)
    return render(request, "scoring/item_act.html", {"item": item, "form": form})


@acting
def item_conclude(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    rating = ratings.conclude(item, by=user, at=at)
    if rating is None:
        messages.warning(request, _("Hội đồng không có kết quả; hồ sơ được trả lại."))
    else:
        messages.success(request, _("Hội đồng đã kết luận."))
    return redirect(item)


@login_required
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a dossier off the agenda before the session opens."""
    user, at = signed_in(request), timezone.now()
    item = get_object_or_404(readable_items(user, legal_day(at)), pk=pk)
    sessions.remove_item(item, reason=request.POST.get("reason", "").strip(), by=user, at=at)
    messages.success(request, _("Đã rút hồ sơ khỏi phiên họp."))
    return redirect(item.session)


@login_required
@require_safe
def item_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the board that changes while members score, for a page that asks again."""
    user, at = signed_in(request), timezone.now()
    item = get_object_or_404(readable_items(user, legal_day(at)), pk=pk)
    require(permissions.may_see_board(user, item, on=legal_day(at)))
    context = boards.live_context(item, user, legal_day(at))
    return live.answer(request, boards.LIVE, context, url=boards.live_url(item), asks=True)
