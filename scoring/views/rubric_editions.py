"""The administrators' desk for the rubrics: editions, what differs, a new draft, publishing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring.domain.differences import differences
from scoring.domain.document_text import document_text
from scoring.forms.refusals import add_refusal
from scoring.forms.rubric_documents import RubricDocumentForm
from scoring.models import RubricEdition
from scoring.permissions import may_change_rubrics
from scoring.selectors.criteria import shelves
from scoring.selectors.rubric_drafts import DryRun, affected, dry_run, read_document
from scoring.selectors.rubrics import current_edition, editions_of, faults_of, rubric_of
from scoring.services import rubrics


@dataclass(frozen=True)
class Place:
    """The set that the page is about, with its editions, the newest first."""

    regime: str
    number: int
    editions: tuple[RubricEdition, ...]
    current: RubricEdition


@login_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every set of every regime, for administrators."""
    _administrator(request)
    return render(request, "scoring/edition_list.html", {"shelves": shelves()})


@login_required
@require_http_methods(["GET", "POST"])
def edition_set(request: HttpRequest, regime: str, number: int) -> HttpResponse:
    """A set's editions and two of them compared; a POST tries a document, or keeps it as draft."""
    user = _administrator(request)
    place = _place(regime, number)
    if request.method != "POST":
        text = document_text(rubric_of(_newest(place)))
        form = RubricDocumentForm(initial={"document": text})
        return _page(request, place, form)
    form = RubricDocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form)
    try:
        rubric = read_document(form.cleaned_data["document"], regime=regime, number=number)
        if "save" in request.POST:
            loaded = rubrics.load(rubric, by=user, at=timezone.now())
            messages.success(request, _kept(loaded))
            return redirect("scoring:edition-set", regime=regime, number=number)
    except RuleBroken as refusal:
        add_refusal(form, refusal)
        return _page(request, place, form)
    tried = dry_run(rubric, against=place.current)
    kept = RubricDocumentForm(initial={"document": form.cleaned_data["document"]})
    return _page(request, place, kept, tried=tried)


@login_required
@require_POST
def edition_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publishes a draft; the edition that it replaces is retired, what it judged stands."""
    user = _administrator(request)
    edition = get_object_or_404(RubricEdition.objects.defer("content"), pk=pk)
    rubrics.publish(edition, by=user, at=timezone.now())
    messages.success(request, _("Đã công bố bản tiêu chí mới."))
    return redirect("scoring:edition-set", regime=edition.regime, number=edition.set_number)


def _administrator(request: HttpRequest) -> User:
    user = signed_in(request)
    require(may_change_rubrics(user, on=legal_day(timezone.now())))
    return user


def _place(regime: str, number: int) -> Place:
    current = current_edition(regime, number)
    if current is None:
        raise Http404
    return Place(regime, number, tuple(editions_of(regime, number)), current)


def _newest(place: Place) -> RubricEdition:
    """The draft, where one waits, else what is in use: what an editor goes on from."""
    return next((each for each in place.editions if each.state == "draft"), place.current)


def _page(
    request: HttpRequest, place: Place, form: RubricDocumentForm, *, tried: DryRun | None = None
) -> HttpResponse:
    newest = _newest(place)
    draft = newest if newest.state == "draft" else None
    former, later = _compared(request, place)
    context: dict[str, Any] = {
        "place": place,
        "rubric": rubric_of(place.current),
        "form": form,
        "tried": tried,
        "draft": draft,
        "draft_faults": faults_of(rubric_of(draft)) if draft else (),
        "affected": affected(place.regime, place.number),
        "former": former,
        "later": later,
        "differences": differences(rubric_of(former), rubric_of(later)) if former else None,
    }
    return render(request, "scoring/edition_set.html", context)


def _compared(request: HttpRequest, place: Place) -> tuple[RubricEdition | None, RubricEdition]:
    """`?tu=…&den=…`, else the newest edition against the one before; None where there is one."""
    by_id = {str(edition.pk): edition for edition in place.editions}
    later = by_id.get(request.GET.get("den", ""), place.editions[0])
    before = [edition for edition in place.editions if edition.pk < later.pk]
    former = by_id.get(request.GET.get("tu", ""), before[0] if before else None)
    return former, later


def _kept(loaded: rubrics.Loaded) -> str:
    if loaded.change is rubrics.Change.NONE:
        return _("Văn bản giống hệt bản đang có; không có gì thay đổi.")
    return _("Đã lưu thành bản nháp. Bản đang dùng chưa thay đổi cho tới khi công bố.")
