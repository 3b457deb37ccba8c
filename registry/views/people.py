"""Pages of the people of an area: who they are here, their account, what waits on them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts import lockout, sessions
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import kinds
from ocop_portal.journal.selectors import history_of
from ocop_portal.privacy.permissions import PEOPLE
from ocop_portal.web.exports import Column
from ocop_portal.web.limits import once_too_often
from ocop_portal.web.navigation import tabs_for
from ocop_portal.web.views import list_page
from registry import duties
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.filters import PersonFilter
from registry.forms import (
    ColleagueForm,
    DeactivateForm,
    PersonAddressForm,
    ReasonForm,
    add_refusal,
)
from registry.models import Posting
from registry.permissions import may_close_account, may_end_posting, may_give_roles, may_see_people
from registry.selectors import SHOWN, people_of
from registry.selectors.colleagues import at_work, granted_by
from registry.services import people
from registry.views.subjects import GET_OR_POST


def roles_line(person: User) -> str:
    """The roles of the area in one cell: each with its place, those that ended in brackets."""
    today = legal_day(timezone.now())
    return "; ".join(_role_line(each, today) for each in getattr(person, SHOWN))


def _role_line(posting: Posting, today: Any) -> str:
    place = posting.unit.long_name if posting.unit else str(posting.subject)
    line = f"{_(posting.get_role_display())}, {place}"
    return line if posting.is_active(today) else f"({line})"


def state_of(person: User) -> tuple[str, str]:
    """In one word how the account stands, and the tone of its badge."""
    if person.closed_at is not None:
        return _("Đã ngừng"), "bad"
    if not person.is_active:
        return _("Chưa xác nhận"), "warn"
    if not getattr(person, SHOWN):
        return _("Không giữ vai trò"), "neutral"
    if not getattr(person, "has_role_now", False):
        return _("Hết vai trò"), "neutral"
    return (_("Đang làm"), "good") if person.last_login else (_("Chưa đăng nhập"), "warn")


TOLD_KINDS = (
    "registry.posting.",
    "registry.person.",
    "registry.duty.",
    "accounts.user.",
    "accounts.address.",
)
COLUMNS = (
    Column(gettext_lazy("Họ và tên"), lambda row: row.full_name),
    Column(gettext_lazy("Thư điện tử"), lambda row: row.email),
    Column(gettext_lazy("Vai trò"), roles_line),
    Column(gettext_lazy("Tình trạng"), lambda row: state_of(row)[0]),
    Column(gettext_lazy("Đăng nhập lần cuối"), lambda row: row.last_login),
)


@login_required
@require_safe
def person_list(request: HttpRequest) -> HttpResponseBase:
    """Who serves, served or will serve the reader's area, and who works for its producers."""
    user, on = signed_in(request), legal_day(timezone.now())
    require(may_see_people(user, on=on))
    return list_page(
        request,
        people_of(user, on),
        PersonFilter,
        "registry/person_list.html",
        columns=COLUMNS,
        tabs=tabs_for(PEOPLE, user, request.path),
        may_give=may_give_roles(user, on=on),
        today=on,
    )


@login_required
@never_cache
@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles in the reader's area with who gave them, the account, the history."""
    person, user, at = _visible(request, pk)
    on = legal_day(at)
    postings: list[Posting] = getattr(person, SHOWN)
    givers = granted_by(postings)
    rows = [
        {
            "posting": each,
            "giver": givers.get(each.pk, ""),
            "is_active": each.is_active(on),
            "may_end": each.unit_id and may_end_posting(user, each, on=on).allowed,
        }
        for each in postings
    ]
    context = {
        "person": person,
        "state": state_of(person),
        "rows": rows,
        "session_count": len(sessions.open_sessions(person, this_key=None, at=at)),
        "locked_until": lockout.locked_until(person, at=at),
        "may_close": may_close_account(user, person, on=on),
        "may_give": may_give_roles(user, on=on),
        "history": history_of(person, *postings, kinds_told=_told()),
    }
    return render(request, "registry/person_detail.html", context)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the account; before that, says what waits on the person."""
    person, user, at = _visible(request, pk)
    require(may_close_account(user, person, on=legal_day(at)))
    form = DeactivateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            people.deactivate(person, reason=facts["reason"], ends=facts["ends"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ngừng tài khoản của %(person)s.") % {"person": person})
            return redirect("registry:person-detail", pk)
    waiting = duties.waiting_on(person, at)
    context = {
        "person": person,
        "form": form,
        "waiting": waiting,
        "stops_others": any(each.duty.stops_others for each in waiting),
    }
    return render(request, "registry/person_deactivate.html", context)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def person_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a closed account again."""
    person, user, at = _visible(request, pk)
    require(may_close_account(user, person, on=legal_day(at)))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.reactivate(person, reason=form.cleaned_data["reason"], by=user, at=at)
        messages.success(request, _("Đã mở lại tài khoản của %(person)s.") % {"person": person})
        return redirect("registry:person-detail", pk)
    return render(request, "registry/person_reactivate.html", {"person": person, "form": form})


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def person_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the person a link to another log-in address; says the same for every address."""
    person, user, at = _visible(request, pk)
    require(may_close_account(user, person, on=legal_day(at)))
    form = PersonAddressForm(request.POST or None, person=person)
    if request.method == "POST" and once_too_often(request, "address-change", each_hour=20):
        return render(request, "accounts/slow_down.html", status=429)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            people.move_address(person, **facts, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request,
                _("Đã gửi liên kết tới %(email)s; mở liên kết ấy để đổi xong.")
                % {"email": facts["email"]},
            )
            return redirect("registry:person-detail", pk)
    return render(request, "registry/person_address.html", {"person": person, "form": form})


@login_required
@require_POST
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets who mistyped the password too often try again."""
    person, user, at = _visible(request, pk)
    people.unlock(person, by=user, at=at)
    messages.success(request, _("%(person)s đăng nhập lại được ngay.") % {"person": person})
    return redirect("registry:person-detail", pk)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def duty_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits on the person; what can be passed on is given to a colleague."""
    person, user, at = _visible(request, pk)
    require(may_close_account(user, person, on=legal_day(at)))
    form = ColleagueForm(request.POST or None, colleagues=_colleagues(user, person, at))
    if request.method == "POST" and form.is_valid():
        sort, _point, key = request.POST.get("duty", "").partition(":")
        to = form.cleaned_data["to"]
        try:
            people.hand_over(
                person, sort=sort, key=int(key) if key.isdecimal() else 0, to=to, by=user, at=at
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã chuyển việc cho %(person)s.") % {"person": to})
            return redirect("registry:duty-list", pk)
    context = {"person": person, "form": form, "waiting": duties.waiting_on(person, at)}
    return render(request, "registry/duty_list.html", context)


def _told() -> list[str]:
    """What an office reads of a person's history: roles and the account, no passwords or files."""
    return [kind for kind in kinds.registered() if kind.startswith(TOLD_KINDS)]


def _colleagues(user: User, person: User, at: datetime) -> QuerySet[User]:
    on = legal_day(at)
    return at_work(people_of(user, on), on).exclude(pk=person.pk)


def _visible(request: HttpRequest, pk: int) -> tuple[User, User, datetime]:
    """The person whom the address names, if the reader sees him or her; the reader; now."""
    user, at = signed_in(request), timezone.now()
    return get_object_or_404(people_of(user, legal_day(at)), pk=pk), user, at
