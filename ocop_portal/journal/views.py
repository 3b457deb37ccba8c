"""A person's notices, and the outbox."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import kinds, permissions, selectors, services
from ocop_portal.journal.filters import OutboxFilter
from ocop_portal.journal.forms import MuteForm
from ocop_portal.web.exports import Column
from ocop_portal.web.views import list_page

NOTICES = (
    Column(gettext_lazy("Lúc"), lambda row: row.entry.at),
    Column(gettext_lazy("Tin"), lambda row: row.title),
    Column(gettext_lazy("Đọc lúc"), lambda row: row.read_at),
)
OUTBOX = (
    Column(gettext_lazy("Tin"), lambda row: row.title),
    Column(gettext_lazy("Người nhận"), lambda row: row.recipient or row.address),
    Column(gettext_lazy("Đường"), lambda row: row.get_channel_display()),
    Column(gettext_lazy("Tình trạng"), lambda row: row.get_state_display()),
    Column(gettext_lazy("Số lần thử"), lambda row: row.attempts),
    Column(gettext_lazy("Lúc"), lambda row: row.sent_at or row.entry.at),
)
FAILURE = Column(gettext_lazy("Vì sao hỏng"), lambda row: row.failure)


@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """My notices, the unread ones first."""
    rows = selectors.notices_for(signed_in(request))
    return list_page(request, rows, None, "journal/notice_list.html", columns=NOTICES)


@login_required
@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice as read and goes where it leads."""
    person = signed_in(request)
    row = get_object_or_404(selectors.notices_for(person), pk=pk)
    services.mark_read(row, by=person, at=timezone.now())
    return redirect(row.url or "journal:notice-list")


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Marks all my notices as read."""
    number = services.mark_all_read(by=signed_in(request), at=timezone.now())
    messages.success(
        request,
        ngettext(
            "Đã đánh dấu %(number)d thông báo là đã đọc.",
            "Đã đánh dấu %(number)d thông báo là đã đọc.",
            number,
        )
        % {"number": number},
    )
    return redirect("journal:notice-list")


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponseBase:
    """What went out and what waits: everything for managers, else the news of my own deeds."""
    person = signed_in(request)
    may_manage = permissions.may_manage_outbox(person, on=timezone.localdate())
    return list_page(
        request,
        selectors.outbox_for(person, on=timezone.localdate()),
        OutboxFilter,
        "journal/outbox.html",
        columns=[*OUTBOX, FAILURE] if may_manage else OUTBOX,
        sees_all=permissions.may_see_outbox(person, on=timezone.localdate()),
        may_manage=may_manage,
    )


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A failed or muted mail waits anew."""
    person = signed_in(request)
    row = get_object_or_404(selectors.outbox_for(person, on=timezone.localdate()), pk=pk)
    services.send_again(row, by=person, at=timezone.now())
    messages.success(request, _("Thư sẽ được gửi lại."))
    return redirect("journal:outbox")


@login_required
@require_POST
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """No more mail of this row's kind, to anybody."""
    person = signed_in(request)
    row = get_object_or_404(selectors.outbox_for(person, on=timezone.localdate()), pk=pk)
    services.mute(row.entry.kind, person=None, by=person, at=timezone.now())
    messages.success(request, _("Đã tắt loại thư này."))
    return redirect("journal:mute-list")


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def mute_list(request: HttpRequest) -> HttpResponse:
    """The switches that keep mail from going out, and a new one."""
    person = signed_in(request)
    require(permissions.may_manage_outbox(person, on=timezone.localdate()))
    form = MuteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.mute(
            form.cleaned_data["kind"],
            person=form.cleaned_data["email"],
            by=person,
            at=timezone.now(),
        )
        messages.success(request, _("Đã tắt thư."))
        return redirect("journal:mute-list")
    switches = [
        {
            "pk": switch.pk,
            "kind": switch.kind,
            "title": kinds.title_of(switch.kind),
            "person": switch.person,
            "by": switch.by,
            "at": switch.at,
        }
        for switch in selectors.mutes_for(person, on=timezone.localdate())
    ]
    return render(request, "journal/mute_list.html", {"form": form, "switches": switches})


@login_required
@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail goes out again."""
    person = signed_in(request)
    switch = get_object_or_404(selectors.mutes_for(person, on=timezone.localdate()), pk=pk)
    services.unmute(switch, by=person, at=timezone.now())
    messages.success(request, _("Đã bật lại."))
    return redirect("journal:mute-list")
