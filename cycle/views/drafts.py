"""A draft is taken away as a file, and brought back: first what would change, then the saving.

The saving itself is the form of the paper's own page: one door, one check of the version.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycle.domain import draft_file
from cycle.domain.draft_file import Draft
from cycle.domain.paper_items import PaperKind
from cycle.forms import IdeaForm, PlanForm, add_refusal
from cycle.forms.drafts import DraftFileForm
from cycle.models import BusinessPlan, Idea
from cycle.permissions import may_write
from cycle.services.history import require_active
from cycle.services.papers import require_open
from cycle.views.printing import file_name, seen_paper
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

FORMS: dict[PaperKind, type[IdeaForm] | type[PlanForm]] = {
    PaperKind.IDEA: IdeaForm,
    PaperKind.PLAN: PlanForm,
}


@dataclass(frozen=True)
class Change:
    """One item that the file changes."""

    title: str
    before: Any
    after: Any


@login_required
@require_safe
def draft_take(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The draft as a plain text file."""
    paper = _own_paper(request, pk, PaperKind(kind))
    content = draft_file.written(
        PaperKind(kind),
        {item.name: getattr(paper, item.name) for item in PaperKind(kind).items},
        number=paper.enrolment_id,
        version=paper.version,
        about=paper.enrolment.product.name,
    )
    name = file_name(paper, PaperKind(kind), "txt")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # The mark at the beginning tells old editors that the letters are UTF-8.
    return HttpResponse(
        content.encode("utf-8-sig"), content_type="text/plain; charset=utf-8", headers=headers
    )


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def draft_bring(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Reads a file that comes back and shows what it would change; nothing is saved here."""
    paper = _own_paper(request, pk, PaperKind(kind))
    require_active(paper.enrolment)
    require_open(paper)
    form = DraftFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"form": form, "paper": paper, "enrolment": paper.enrolment}
    context |= {"kind": kind, "noun": PaperKind(kind).label}
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            text = draft_file.decoded(upload.read(draft_file.MAX_BYTES + 1))
            draft = draft_file.read(text, PaperKind(kind), number=paper.enrolment_id)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            context |= _preview(paper, PaperKind(kind), draft, form)
    return render(request, "cycle/draft_bring.html", context)


def _own_paper(request: HttpRequest, pk: int, kind: PaperKind) -> Idea | BusinessPlan:
    paper = seen_paper(request, pk, kind)
    require(may_write(signed_in(request), paper.enrolment, on=legal_day(timezone.now())))
    return paper


def _changed(before: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """What the file says anew: it carries no spaces at the ends, which changes nothing."""
    bare = {name: str(value or "").strip() for name, value in before.items()}
    return {name: value for name, value in draft.values.items() if str(value or "") != bare[name]}


def _preview(
    paper: Idea | BusinessPlan, kind: PaperKind, draft: Draft, upload: DraftFileForm
) -> dict[str, Any]:
    """What differs, and the filled form of the paper that would save it."""
    before = {item.name: getattr(paper, item.name) for item in kind.items}
    after = {**before, **_changed(before, draft)}
    filled = FORMS[kind]({**after, "version": paper.version})
    for name, errors in filled.errors.items():
        title = filled.fields[name].label
        upload.add_error("file", [f"{title}: {error}" for error in errors])
    if upload.errors:
        return {}
    changes = [
        Change(item.title, before[item.name], after[item.name])
        for item in kind.items
        if before[item.name] != after[item.name]
    ]
    if not changes:
        upload.add_error("file", _("Tệp không khác gì bản đang có trên cổng."))
        return {}
    return {"changes": changes, "filled": filled, "is_older": draft.version != paper.version}
