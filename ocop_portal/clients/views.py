"""A person's tokens and webhooks, and the page for programmers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.clients import selectors, tokens, webhooks
from ocop_portal.clients.forms import TokenForm, WebhookForm
from ocop_portal.clients.models import Webhook
from ocop_portal.journal import kinds
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.exports import Column
from ocop_portal.web.views import list_page

GET_OR_POST = ("GET", "HEAD", "POST")
EXAMPLE_CODE = "XXXX-XXXX-XXXX"
EXAMPLE_SET = 11
DELIVERIES = (
    Column(gettext_lazy("Số tin"), lambda row: row.change.number),
    Column(gettext_lazy("Việc"), lambda row: row.change.entry.kind),
    Column(gettext_lazy("Tình trạng"), lambda row: row.get_state_display()),
    Column(gettext_lazy("Lần thử"), lambda row: row.attempts),
    Column(gettext_lazy("Bên nhận trả lời"), lambda row: row.answer),
)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How a program gets in: a token, five calls, limits; open to everybody."""
    context = {
        "site": settings.SITE_URL,
        "code": EXAMPLE_CODE,
        "set_number": EXAMPLE_SET,
        "pace": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["user"].partition("/")[0],
    }
    return render(request, "clients/guide.html", context)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def token_list(request: HttpRequest) -> HttpResponse:
    """My tokens, and a new one; its secret is on this answer and nowhere else."""
    person, at = signed_in(request), timezone.now()
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _token, secret = tokens.make(
            name=form.cleaned_data["name"],
            scopes=form.chosen_scopes(),
            days=form.cleaned_data["days"],
            by=person,
            at=at,
        )
        form = TokenForm()
    rows = [(token, token.is_good(at)) for token in selectors.tokens_of(person)]
    context = {"form": form, "secret": secret, "rows": rows}
    return render(request, "clients/token_list.html", context)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The program loses its leave at once."""
    person = signed_in(request)
    token = get_object_or_404(selectors.tokens_of(person), pk=pk)
    tokens.revoke(token, by=person, at=timezone.now())
    messages.success(request, _("Đã thu hồi mã truy cập."))
    return redirect("clients:token-list")


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def webhook_list(request: HttpRequest) -> HttpResponse:
    """Where my changes are sent, and a new address."""
    person = signed_in(request)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            placed = webhooks.place(
                url=form.cleaned_data["url"],
                kinds=form.cleaned_data["kinds"],
                by=person,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error("url", refusal)
        else:
            return redirect("clients:webhook-detail", placed.pk)
    rows = selectors.webhooks_of(person)
    return render(request, "clients/webhook_list.html", {"form": form, "rows": rows})


@login_required
@never_cache
@require_safe
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One address with its secret and what was sent to it."""
    webhook = _webhook(request, pk)
    return list_page(
        request,
        selectors.deliveries_of(webhook),
        None,
        "clients/webhook_detail.html",
        columns=DELIVERIES,
        webhook=webhook,
        kinds=[kinds.title_of(kind) for kind in webhook.kinds],
        history=history_of(webhook),
    )


@login_required
@require_POST
def webhook_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is sent there."""
    webhooks.end(_webhook(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã dừng gửi tin tới địa chỉ này."))
    return redirect("clients:webhook-list")


@login_required
@require_POST
def delivery_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery goes out anew, with the same id and content."""
    person = signed_in(request)
    delivery = get_object_or_404(selectors.delivery_of(person, pk))
    webhooks.send_again(delivery, by=person, at=timezone.now())
    messages.success(request, _("Tin sẽ được gửi lại."))
    return redirect("clients:webhook-detail", delivery.webhook_id)


def _webhook(request: HttpRequest, pk: int) -> Webhook:
    return get_object_or_404(selectors.webhooks_of(signed_in(request)), pk=pk)
