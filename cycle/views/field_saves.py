"""Where the papers' fields save themselves while they are written."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cycle.domain.paper_items import PaperKind
from cycle.forms import IdeaForm, PlanForm
from cycle.forms.dossiers import text_form
from cycle.forms.papers import VersionedForm
from cycle.permissions import may_write
from cycle.selectors import texts_of
from cycle.services.field_saves import save_fields
from cycle.services.papers import Paper
from cycle.views.dossiers import seen_dossier
from cycle.views.printing import seen_paper
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.autosave import autosaved, save_each
from registry.domain.clock import legal_day


@login_required
@require_POST
@autosaved
def idea_fields(request: HttpRequest, pk: int) -> HttpResponse:
    return _save(request, seen_paper(request, pk, PaperKind.IDEA), IdeaForm())


@login_required
@require_POST
@autosaved
def plan_fields(request: HttpRequest, pk: int) -> HttpResponse:
    return _save(request, seen_paper(request, pk, PaperKind.PLAN), PlanForm())


@login_required
@require_POST
@autosaved
def dossier_fields(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = seen_dossier(signed_in(request), pk)
    return _save(request, dossier, text_form(dossier, texts_of(dossier)))


def _save(request: HttpRequest, paper: Paper, form: VersionedForm) -> HttpResponse:
    """The form only says which fields there are and what each may hold."""
    user, at = signed_in(request), timezone.now()
    require(may_write(user, paper.enrolment, on=legal_day(at)))
    return save_each(
        request,
        form.writable(),
        lambda values, seen: save_fields(paper, values, seen=seen, by=user, at=at),
        at=at,
    )
