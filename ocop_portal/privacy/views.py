"""A person's own data: what is kept and why, a file of it, requests; and their answers."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.privacy import exports, requests, retention, selectors
from ocop_portal.privacy.forms import APPROVE, AnswerForm, CorrectionForm, DeletionForm
from ocop_portal.privacy.models import DataExport, DataRequest, RequestKind
from ocop_portal.privacy.permissions import (
    PEOPLE,
    may_answer,
    may_see_requests,
    obstacles_of,
)
from ocop_portal.web.exports import Column
from ocop_portal.web.navigation import tabs_for
from ocop_portal.web.views import list_page

GET_OR_POST = ("GET", "HEAD", "POST")
COLUMNS = (
    Column(gettext_lazy("Người yêu cầu"), lambda row: row.person),
    Column(gettext_lazy("Yêu cầu"), lambda row: row.get_kind_display()),
    Column(gettext_lazy("Gửi lúc"), lambda row: row.asked_at),
    Column(gettext_lazy("Hạn trả lời"), lambda row: row.due_at),
    Column(gettext_lazy("Trạng thái"), lambda row: row.get_state_display()),
)


@require_safe
def note(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people, how long and why, and what they may ask."""
    today = timezone.localdate()
    context = {"rules": retention.told(), "period": retention.period_on(today)}
    return render(request, "privacy/note.html", context)


@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """My data: take it home, have it corrected, have it deleted."""
    person, at = signed_in(request), timezone.now()
    return _own_page(request, person, at)


@login_required
@require_POST
def own_export(request: HttpRequest) -> HttpResponse:
    """A file of my data, at once or in the background."""
    row = exports.ask(by=signed_in(request), at=timezone.now())
    ready = _("Bản dữ liệu của bạn đã sẵn sàng.")
    waits = _("Đang làm bản dữ liệu của bạn; hãy tải lại trang sau ít phút.")
    messages.success(request, ready if row.file else waits)
    return redirect("privacy:own")


@login_required
@never_cache
@require_safe
def own_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, for the person alone and until its day; nobody else finds it."""
    rows = DataExport.objects.filter(person=signed_in(request), expires_at__gt=timezone.now())
    row = get_object_or_404(rows.exclude(file=""), pk=pk)
    name = f"du-lieu-cua-toi-{timezone.localdate(row.asked_at):%Y-%m-%d}.zip"
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name)


@login_required
@never_cache
@sensitive_post_parameters()
@require_POST
def own_request(request: HttpRequest, kind: str) -> HttpResponse:
    """Asks that my data be corrected or deleted."""
    person, at = signed_in(request), timezone.now()
    deletion = DeletionForm(request.POST, person=person) if kind == RequestKind.DELETION else None
    form = deletion or CorrectionForm(request.POST)
    correction = form if isinstance(form, CorrectionForm) else None
    if not form.is_valid():
        return _own_page(request, person, at, correction=correction, deletion=deletion)
    asked = RequestKind.DELETION if deletion else RequestKind.CORRECTION
    requests.ask(asked, text=form.cleaned_data["text"], by=person, at=at)
    messages.success(request, _("Đã gửi yêu cầu."))
    return redirect("privacy:own")


@login_required
@require_POST
def own_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes my request back."""
    person = signed_in(request)
    row = get_object_or_404(selectors.own_requests(person), pk=pk)
    requests.withdraw(row, by=person, at=timezone.now())
    messages.success(request, _("Đã rút yêu cầu."))
    return redirect("privacy:own")


@login_required
@require_safe
def request_list(request: HttpRequest) -> HttpResponseBase:
    """What the people of the area ask about their data, with the day by which it is answered."""
    user, at = signed_in(request), timezone.now()
    on = timezone.localdate(at)
    require(may_see_requests(user, on=on))
    rows = selectors.requests_for(user, on)
    tabs = tabs_for(PEOPLE, user, request.path)
    return list_page(
        request, rows, None, "privacy/request_list.html", columns=COLUMNS, tabs=tabs, now=at
    )


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, what stands in the way, the answer."""
    user, at = signed_in(request), timezone.now()
    row = get_object_or_404(selectors.requests_for(user, timezone.localdate(at)), pk=pk)
    require(may_answer(user, row.person, on=timezone.localdate(at)))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(form, row, user, at):
        messages.success(request, _("Đã trả lời yêu cầu."))
        return redirect("privacy:request-list")
    forgets = row.kind == RequestKind.DELETION
    context = {
        "row": row,
        "form": form,
        "obstacles": obstacles_of(row.person, at) if forgets else [],
        "is_late": row.is_late(at),
    }
    return render(request, "privacy/request_answer.html", context)


def _answered(form: AnswerForm, row: DataRequest, user: User, at: datetime) -> bool:
    act = requests.approve if form.cleaned_data["verdict"] == APPROVE else requests.refuse
    try:
        act(row, answer=form.cleaned_data["answer"], by=user, at=at)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return form.is_valid()


def _own_page(
    request: HttpRequest,
    person: User,
    at: datetime,
    *,
    correction: CorrectionForm | None = None,
    deletion: DeletionForm | None = None,
) -> HttpResponse:
    export = selectors.latest_export(person, at)
    context = {
        "export": export,
        "is_ready": export is not None and export.is_ready(at),
        "rows": list(selectors.own_requests(person)),
        "obstacles": obstacles_of(person, at),
        "correction": correction or CorrectionForm(auto_id="sua_%s"),
        "deletion": deletion or DeletionForm(person=person, auto_id="xoa_%s"),
        "period": retention.period_on(timezone.localdate(at)),
    }
    return render(request, "privacy/own.html", context)
