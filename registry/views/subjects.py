"""Pages of the subjects: register, read, change, and who works for one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.exports import Column
from ocop_portal.web.views import list_page
from registry import panels
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.filters import SubjectFilter
from registry.forms import (
    MemberForm,
    RepresentativeForm,
    SubjectForm,
    add_refusal,
    differences,
    is_looking,
    subject_values,
)
from registry.models import Invitation, Posting, Subject
from registry.permissions import (
    may_add_product,
    may_edit_subject,
    may_grant_on_subject,
    may_name_representative,
    may_see_people,
    may_upload_evidence,
)
from registry.selectors import (
    evidence_of,
    open_invitations,
    own_subjects,
    postings_on_subject,
    similar_subjects,
    visible_products,
    visible_subjects,
)
from registry.services import invitations, postings, subjects
from registry.views.facts import area_lines, capacity_facts, change_lines, subject_facts

GET_OR_POST = ("GET", "HEAD", "POST")
CONFIRMED = "_confirmed"  # the button of a person who has seen what is similar and goes on


COLUMNS = (
    Column(gettext_lazy("Tên chủ thể"), lambda row: row.name),
    Column(gettext_lazy("Loại hình"), lambda row: _(row.get_kind_display())),
    Column(gettext_lazy("Mã số thuế"), lambda row: row.tax_code),
    Column(gettext_lazy("Người đại diện"), lambda row: row.representative_name),
    Column(gettext_lazy("Điện thoại"), lambda row: row.phone),
    Column(gettext_lazy("Xã, phường"), lambda row: row.commune.long_name),
)


@login_required
@require_safe
def subject_list(request: HttpRequest) -> HttpResponseBase:
    """Subjects that the reader may see."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_subjects(user, on),
        SubjectFilter,
        "registry/subject_list.html",
        columns=COLUMNS,
        may_see_people=may_see_people(user, on=on),
    )


@login_required
@require_safe
def subject_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a subject, its products and papers, and who works for it."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    subject = get_object_or_404(visible_subjects(user, on), pk=pk)
    people = postings_on_subject(subject, on)
    context = {
        "subject": subject,
        "facts": subject_facts(subject),
        "products": visible_products(user, on).filter(subject=subject),
        "papers": evidence_of(subject, user, on).count(),
        "people": people,
        "invited": _invited(user, subject),
        "sole_owner": sum(posting.role == Role.OWNER for posting in people) == 1,
        "may_edit": may_edit_subject(user, subject, on=on),
        "may_add_product": may_add_product(user, subject, on=on),
        "may_upload": may_upload_evidence(user, subject, on=on),
        "may_grant": may_grant_on_subject(user, subject, on=on),
        "may_name": may_name_representative(user, subject, on=on),
        "has_owner": any(posting.role == Role.OWNER for posting in people),
        "panels": panels.subject_panels_of(subject, user, at),
        "capacity": capacity_facts(subject),
        "areas": area_lines(subject, on),
        "changes": change_lines(subject),
        "history": history_of(subject),
    }
    return render(request, "registry/subject_detail.html", context)


def _invited(user: User, subject: Subject) -> list[Invitation]:
    """Who was asked and has not answered; the addresses are for the owner alone."""
    at = timezone.now()
    on = legal_day(at)
    if not may_grant_on_subject(user, subject, on=on) and not may_name_representative(
        user, subject, on=on
    ):
        return []
    return list(open_invitations(subject, at))


@login_required
@require_http_methods(GET_OR_POST)
def subject_create(request: HttpRequest) -> HttpResponse:
    """A new subject; a search for a place sends the form back with what was found."""
    user, at = signed_in(request), timezone.now()
    if request.method != "POST":
        return _subject_form(request, SubjectForm(initial=_known_already(request, user)))
    if is_looking(request.POST):
        return _subject_form(request, _with_places(request))
    form = SubjectForm(request.POST, query=request.POST.get("commune_q", ""))
    if form.is_valid():
        facts = form.cleaned_data
        if CONFIRMED not in request.POST:
            similar = similar_subjects(facts["name"], commune=facts["commune"])
            if similar:
                return _subject_form(request, form, similar=similar)
        try:
            subject = subjects.register(by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã đăng ký chủ thể “%(name)s”.") % {"name": subject.name})
            return redirect(subject)
    return _subject_form(request, form)


@login_required
@require_http_methods(GET_OR_POST)
def subject_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a subject; what somebody else changed meanwhile is shown beside what was typed."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_edit_subject(user, subject, on=legal_day(at)))
    if request.method != "POST":
        return _subject_form(
            request, SubjectForm(initial=subject_values(subject), subject=subject), subject
        )
    if is_looking(request.POST):
        return _subject_form(request, _with_places(request, subject), subject)
    query = request.POST.get("commune_q", "")
    form, stored = SubjectForm(request.POST, query=query, subject=subject), None
    if form.is_valid():
        try:
            subject = subjects.update(
                subject,
                version=form.cleaned_data["version"] or 0,
                by=user,
                at=at,
                **form.reason(),
                **form.details(),
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, Stale):
                stored = differences(form, subject)
                renew_version(form, subject.version)
        else:
            messages.success(request, _("Đã lưu thông tin chủ thể."))
            return redirect(subject)
    return _subject_form(request, form, subject, stored)


def renew_version(form: Any, version: int) -> None:
    """After a refusal as stale the person has seen the present state: the next save may pass."""
    form.data = form.data.copy()
    form.data["version"] = version


def _known_already(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the eligibility check has asked before stands in the address."""
    asked = {name: request.GET[name] for name in ("kind", "commune") if name in request.GET}
    return {"email": user.email, **asked}


def _with_places(request: HttpRequest, subject: Subject | None = None) -> SubjectForm:
    query = request.POST.get("commune_q", "")
    return SubjectForm(initial=request.POST.dict(), query=query, subject=subject)


def _subject_form(
    request: HttpRequest,
    form: SubjectForm,
    subject: Subject | None = None,
    stored: list[tuple[str, Any]] | None = None,
    similar: Sequence[Subject] = (),
) -> HttpResponse:
    own = own_subjects(signed_in(request), legal_day(timezone.now()))
    context = {
        "form": form,
        "subject": subject,
        "stored": stored,
        "similar": similar,
        "reachable": {row.pk for row in own.filter(pk__in=[row.pk for row in similar])},
        "confirmed": CONFIRMED,
    }
    return render(request, "registry/subject_form.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def member_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner invites somebody to work for the subject."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_grant_on_subject(user, subject, on=legal_day(at)))
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        try:
            row = invitations.invite(subject, email=email, role=role, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gửi thư mời tới %(email)s.") % {"email": email})
            return redirect("registry:invitation-detail", subject.pk, row.pk)
    return render(request, "registry/member_form.html", {"form": form, "subject": subject})


@login_required
@require_http_methods(GET_OR_POST)
def representative_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The office asks the representative of a subject from its register to take it over."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_name_representative(user, subject, on=legal_day(at)))
    form = RepresentativeForm(request.POST or None, initial={"email": subject.email})
    if request.method == "POST" and form.is_valid():
        try:
            row = invitations.invite_representative(subject, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gửi thư mời tới %(email)s.") % {"email": row.email})
            return redirect("registry:invitation-detail", subject.pk, row.pk)
    return render(request, "registry/member_form.html", {"form": form, "subject": subject})


@login_required
@require_POST
def member_end(request: HttpRequest, pk: int, posting_pk: int) -> HttpResponse:
    """The owner takes somebody's role on the subject back."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    posting = get_object_or_404(
        Posting.objects.select_related("subject", "unit"), pk=posting_pk, subject=subject
    )
    postings.end(posting, by=user, at=at)
    messages.success(request, _("Đã thôi giao quyền."))
    return redirect(subject)


@login_required
@require_safe
def producer_desk(request: HttpRequest) -> HttpResponse:
    """A producer's own subjects with their products, and the next thing to do."""
    user, on = signed_in(request), legal_day(timezone.now())
    mine = own_subjects(user, on).prefetch_related("products")
    return render(request, "registry/producer_desk.html", {"subjects": mine})
