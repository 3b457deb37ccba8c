"""Pages of an invitation: the link for who invites, the answer of who is invited."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts import services as accounts
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import expect_address, signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.models import Delivery
from ocop_portal.journal.selectors import letters_about
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.forms import InvitedForm
from registry.models import Invitation, Posting, Subject
from registry.permissions import may_grant_on_subject, may_name_representative
from registry.selectors import (
    invitation_of,
    invitation_to,
    open_invitations,
    own_subjects,
    token_of,
    visible_subjects,
)
from registry.services import invitations
from registry.views.subjects import GET_OR_POST

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
TONES = {Delivery.SENT: "good", Delivery.FAILED: "bad", Delivery.MUTED: "warn"}
NOT_YOURS = _lazy("Lời mời không có, hoặc gửi tới một địa chỉ thư khác.")


@login_required
@never_cache
@require_safe
def invitation_detail(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """What became of the mail, and the link to be passed on by hand where mail does not arrive."""
    row = _of_own_subject(request, pk, invitation_pk)
    link = f"{settings.SITE_URL}{reverse('registry:invitation-answer', args=[token_of(row)])}"
    letter = letters_about(row).first()
    context = {
        "invitation": row,
        "link": link,
        "letter": letter,
        "letter_tone": TONES.get(Delivery(letter.state), "info") if letter else "info",
    }
    return render(request, "registry/invitation_detail.html", context)


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    row = _of_own_subject(request, pk, invitation_pk)
    invitations.withdraw(row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã rút lời mời."))
    return redirect("registry:subject-detail", pk)


@login_required
@never_cache
@require_safe
def invitation_own(request: HttpRequest, pk: int) -> HttpResponse:
    """From the notice in the portal to the page where the invitation is answered."""
    row = invitation_to(signed_in(request), pk)
    if row is None:
        raise Http404(NOT_YOURS)
    return redirect("registry:invitation-answer", token_of(row))


@login_required
@require_POST
def invitation_send_again(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """A new invitation with a new mail takes the place of this one."""
    row, user = _of_own_subject(request, pk, invitation_pk), signed_in(request)
    at = timezone.now()
    subject = visible_subjects(user, legal_day(at)).get(pk=pk)
    if row.checked:
        row = invitations.invite_representative(
            subject, email=row.email, checked=row.checked, by=user, at=at
        )
    else:
        row = invitations.invite(subject, email=row.email, role=Role(row.role), by=user, at=at)
    messages.success(request, _("Đã gửi lại lời mời."))
    return redirect("registry:invitation-detail", pk, row.pk)


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds the mailed link reads by whom and for what; the invited person takes the role."""
    row, at = invitation_of(token), timezone.now()
    if row is None:
        raise Http404(NOT_YOURS)
    user = request.user
    if not isinstance(user, User):
        expect_address(request, row.email)
        return _first_step(request, row) if row.unit_id else _invitation_page(request, row)
    if user.email.lower() != row.email:
        way_back = {"way_back": {"next": request.path}}
        return render(request, "registry/invitation_stranger.html", way_back, status=404)
    if request.method == "POST":
        try:
            posting = invitations.accept(
                row, by=user, at=at, tax_code=request.POST.get("tax_code", "")
            )
        except RuleBroken as refusal:
            if refusal.code != "invitation.tax_code":
                raise
            return _invitation_page(request, row, claim_error=refusal_text(refusal))
        return _welcome(request, row, posting)
    return _once_accepted(row, user, at) or _invitation_page(request, row)


def _first_step(request: HttpRequest, row: Invitation) -> HttpResponse:
    """Who has no account yet names a password here and is in; others log in first."""
    known = User.objects.filter(email=row.email).first()
    must_log_in = known is not None and (known.is_active or known.closed_at is not None)
    if must_log_in or not row.is_open(timezone.now()):
        return _invitation_page(request, row, must_log_in=must_log_in)
    form = InvitedForm(request.POST or None, email=row.email)
    if request.method == "POST" and form.is_valid():
        posting = _let_in(row, form)
        login(request, posting.user, backend=MODEL_BACKEND)
        return _welcome(request, row, posting)
    return _invitation_page(request, row, form=form)


@transaction.atomic
def _let_in(row: Invitation, form: InvitedForm) -> Posting:
    """Account and role at once: where the invitation is refused no account is left behind."""
    facts = form.cleaned_data
    person = accounts.open_invited(
        row.email,
        full_name=facts["full_name"],
        password=facts["password"],
        language=get_language() or settings.LANGUAGE_CODE,
        at=timezone.now(),
    )
    return invitations.accept(row, by=person, at=timezone.now())


def _welcome(request: HttpRequest, row: Invitation, posting: Posting) -> HttpResponse:
    if row.subject is None:
        place = {"place": row.place_name}
        messages.success(request, _("Bạn đã nhận vai trò tại %(place)s.") % place)
        return redirect("desk")
    messages.success(request, _("Từ nay bạn làm hồ sơ cho %(name)s.") % {"name": row.subject.name})
    return redirect(posting.subject or row.subject)


def _once_accepted(row: Invitation, user: User, at: datetime) -> HttpResponse | None:
    """Where an accepted invitation leads when its link is opened again."""
    if row.accepted_at is None:
        return None
    if row.subject is None:
        return redirect("desk")
    mine = own_subjects(user, legal_day(at)).contains(row.subject)
    return redirect(row.subject) if mine else None


def _invitation_page(request: HttpRequest, row: Invitation, **more: Any) -> HttpResponse:
    context = {
        "invitation": row,
        "role": Role(row.role).label,
        "is_open": row.is_open(timezone.now()),
        **more,
    }
    name = "office_invitation" if row.unit_id else "invitation"
    return render(request, f"registry/{name}_answer.html", context)


def _of_own_subject(request: HttpRequest, pk: int, invitation_pk: int) -> Invitation:
    user, at = signed_in(request), timezone.now()
    subject: Subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    may_invite = may_grant_on_subject(user, subject, on=legal_day(at))
    require(may_invite or may_name_representative(user, subject, on=legal_day(at)))
    return get_object_or_404(
        open_invitations(subject, at).select_related("subject"), pk=invitation_pk
    )
