"""The evidence of a dossier: per item, from the library or new."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle import facts as told
from cycle.domain.checklist import EvidenceItem
from cycle.domain.dossier import DossierState
from cycle.forms import AttachForm, UploadForm, add_refusal
from cycle.models import Dossier
from cycle.permissions import may_write
from cycle.selectors import items_of, mending_of
from cycle.services import dossiers
from cycle.views.dossiers import seen_dossier
from cycle.views.tasklists import evidence_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind
from registry.domain.errors import RuleBroken
from registry.selectors import evidence_of
from registry.services import evidence as papers

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_safe
def evidence_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item of the checklist with what is attached to it."""
    user, on = signed_in(request), legal_day(timezone.now())
    dossier = seen_dossier(user, pk)
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "evidence": evidence_rows(dossier, on),
        "is_writable": _is_writable(user, dossier),
    }
    return render(request, "cycle/evidence_list.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def evidence_item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One item: what is attached, a paper from the library, a new paper."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    dossier = seen_dossier(user, pk)
    item = _item(dossier, code)
    library = evidence_of(dossier.enrolment.product.subject, user, on)
    known = told.criteria_of(dossier)
    attach = AttachForm(library=library, known=known, item=code)
    upload = UploadForm(item=item, known=known)
    if request.method == "POST":
        require(may_write(user, dossier.enrolment, on=on))
        if "upload" in request.POST:
            upload = UploadForm(request.POST, request.FILES, item=item, known=known)
            is_done = upload.is_valid() and _upload(upload, dossier, item, user)
        else:
            attach = AttachForm(request.POST, library=library, known=known, item=code)
            is_done = attach.is_valid() and _attach(attach, dossier, item, user)
        if is_done:
            messages.success(request, _("Đã gắn minh chứng."))
            return redirect("cycle:evidence-item", dossier.pk, item.code)
    row = next(each for each in evidence_rows(dossier, on) if each.item == item)
    mending = mending_of(dossier, on)
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "row": row,
        "note": item.note_for(dossier.enrolment.product.subject.kind),
        "speaks_to": known.of_item(code),
        "attach": attach,
        "upload": upload,
        "has_library": library.exists(),
        "is_writable": _is_writable(user, dossier) and mending.is_open(code),
        "is_shut": _is_writable(user, dossier) and not mending.is_open(code),
        "asked": mending.asked.of(code),
        "returns": mending.asked.returns,
    }
    return render(request, "cycle/evidence_item.html", context)


@login_required
@require_POST
def evidence_detach(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """The paper leaves the item and stays in the library."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    link = get_object_or_404(dossier.evidence.select_related("dossier__enrolment"), pk=link_pk)
    dossiers.detach(link, by=user, at=at)
    messages.success(request, _("Đã gỡ minh chứng khỏi mục này; tệp vẫn còn trong kho."))
    return redirect("cycle:evidence-item", dossier.pk, link.item)


def _attach(form: AttachForm, dossier: Dossier, item: EvidenceItem, user: User) -> bool:
    facts = form.cleaned_data
    try:
        dossiers.attach(
            dossier,
            evidence=facts["evidence"],
            item=item.code,
            criteria=facts["criteria"],
            by=user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _upload(form: UploadForm, dossier: Dossier, item: EvidenceItem, user: User) -> bool:
    """A new paper goes to the library first: if the dossier refuses it, it is not lost."""
    facts, at = form.cleaned_data, timezone.now()
    try:
        paper = papers.upload(
            dossier.enrolment.product.subject,
            title=facts["title"],
            file=facts["file"],
            kind=EvidenceKind(facts["kind"]),
            valid_until=facts["valid_until"],
            by=user,
            at=at,
        )
        dossiers.attach(
            dossier,
            evidence=paper,
            item=item.code,
            criteria=facts["criteria"],
            by=user,
            at=at,
        )
    except RuleBroken as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _item(dossier: Dossier, code: str) -> EvidenceItem:
    for item in items_of(dossier):
        if item.code == code:
            return item
    raise Http404(code)


def _is_writable(user: User, dossier: Dossier) -> bool:
    is_open = DossierState(dossier.state).is_open and dossier.enrolment.is_active
    may = may_write(user, dossier.enrolment, on=legal_day(timezone.now()))
    return is_open and bool(may)
