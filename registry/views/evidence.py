"""Pages of the papers; the file itself goes out only after a permission check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind, FileKind
from registry.domain.errors import RuleBroken
from registry.filters import EvidenceFilter
from registry.forms import EvidenceForm, RenewalForm, add_refusal
from registry.permissions import may_upload_evidence, may_withdraw_evidence
from registry.selectors import evidence_of, visible_evidence, visible_subjects
from registry.services import evidence as papers
from registry.services import previews
from registry.views.columns import EVIDENCE
from registry.views.facts import evidence_rows
from registry.views.subjects import GET_OR_POST

# Sent by a script that puts the pages into the page that stands open.
PART_HEADER = "X-Part"
# What comes from somebody else's computer may show itself and nothing more. A browser's own reader
# of PDF files does not start inside a sandbox; scripts in them were refused when they came in.
SHUT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@login_required
@require_safe
def evidence_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The papers of a subject."""
    user, on = signed_in(request), legal_day(timezone.now())
    subject = get_object_or_404(visible_subjects(user, on), pk=pk)
    return list_page(
        request,
        evidence_of(subject, user, on),
        EvidenceFilter,
        "registry/evidence_list.html",
        columns=EVIDENCE,
        subject=subject,
        may_upload=may_upload_evidence(user, subject, on=on),
        today=on,
    )


@login_required
@require_safe
def evidence_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a paper is and proves."""
    user, on = signed_in(request), legal_day(timezone.now())
    evidence = get_object_or_404(visible_evidence(user, on), pk=pk)
    context = {
        "evidence": evidence,
        "rows": evidence_rows(evidence, on),
        "may_withdraw": may_withdraw_evidence(user, evidence, on=on),
        "may_renew": may_upload_evidence(user, evidence.subject, on=on),
        "has_expired": evidence.has_expired(on),
        "history": history_of(evidence),
    }
    return render(request, "registry/evidence_detail.html", context)


@login_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, opened in the browser where its kind is harmless, else saved; never cached."""
    on = legal_day(timezone.now())
    evidence = get_object_or_404(visible_evidence(signed_in(request), on), pk=pk)
    try:
        stored = evidence.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    kind = evidence.file_kind
    response = FileResponse(
        stored,
        as_attachment=not kind.opens_in_browser,
        filename=evidence.original_name,
        content_type=evidence.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = PDF_POLICY if kind is FileKind.PDF else SHUT_POLICY
    return response


@login_required
@require_safe
def evidence_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of a paper as pictures: a page of its own, or the part that a page takes in."""
    on = legal_day(timezone.now())
    evidence = get_object_or_404(visible_evidence(signed_in(request), on), pk=pk)
    context: dict[str, object] = {"evidence": evidence, "pages": [], "reason": ""}
    try:
        context["pages"] = previews.pages_of(evidence)
    except RuleBroken as refusal:
        context["reason"] = refusal_text(refusal)
    except FileNotFoundError:
        context["reason"] = _("Tệp không còn trong kho.")
    is_part = PART_HEADER in request.headers
    name = "registry/_evidence_pages.html" if is_part else "registry/evidence_preview.html"
    return render(request, name, context)


@login_required
@require_safe
def evidence_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a paper as a picture; never cached."""
    on = legal_day(timezone.now())
    evidence = get_object_or_404(visible_evidence(signed_in(request), on), pk=pk)
    try:
        picture = previews.picture_of(evidence, number)
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    if picture is None:
        raise Http404(_("Tệp không có trang này."))
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(GET_OR_POST)
def evidence_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new file in the place of a paper that runs out."""
    user, at = signed_in(request), timezone.now()
    old = get_object_or_404(visible_evidence(user, legal_day(at)), pk=pk)
    require(may_upload_evidence(user, old.subject, on=legal_day(at)))
    form = RenewalForm(request.POST or None, request.FILES or None, initial={"title": old.title})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            new = papers.renew(
                old,
                title=facts["title"],
                file=facts["file"],
                valid_until=facts["valid_until"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thay bằng bản mới; hồ sơ đang soạn dùng bản mới này."))
            return redirect(new)
    return render(request, "registry/evidence_renew.html", {"form": form, "evidence": old})


@login_required
@require_http_methods(GET_OR_POST)
def evidence_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new paper of a subject."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_upload_evidence(user, subject, on=legal_day(at)))
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            evidence = papers.upload(
                subject,
                title=facts["title"],
                file=facts["file"],
                kind=EvidenceKind(facts["kind"]),
                valid_until=facts["valid_until"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã nhận “%(title)s”.") % {"title": evidence.title})
            return redirect("registry:evidence-list", subject.pk)
    return render(request, "registry/evidence_form.html", {"form": form, "subject": subject})


@login_required
@require_POST
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper is no longer offered to dossiers."""
    user, at = signed_in(request), timezone.now()
    evidence = get_object_or_404(visible_evidence(user, legal_day(at)), pk=pk)
    papers.withdraw(evidence, by=user, at=at)
    messages.success(request, _("Đã rút minh chứng; hồ sơ đang dùng nó vẫn giữ nguyên."))
    return redirect("registry:evidence-list", evidence.subject_id)
