"""Physical samples of a dossier: taken in, kept book of, labelled, receipted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycle.domain.samples import CustodyKind
from cycle.forms import SampleForm, add_refusal
from cycle.models import Sample
from cycle.permissions import may_receive
from cycle.selectors import custody_of, sample_of, stock_of
from cycle.services import samples
from cycle.views.dossiers import seen_dossier
from cycle.views.printing import pdf_answer
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(GET_OR_POST)
def sample_book(request: HttpRequest, pk: int) -> HttpResponse:
    """How many units are owed and lie there; the office adds what happened."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    may = may_receive(user, dossier, on=legal_day(at))
    stock, sample = stock_of(dossier), sample_of(dossier)
    form = SampleForm(request.POST if request.method == "POST" else None, stock=stock)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            facts = form.cleaned_data
            try:
                samples.record(
                    dossier,
                    kind=CustodyKind(facts["kind"]),
                    units=facts["units"],
                    place=facts["place"],
                    note=facts["note"],
                    by=user,
                    at=at,
                )
            except RuleBroken as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã ghi vào sổ mẫu."))
                return redirect("cycle:sample-book", dossier.pk)
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "stock": stock,
        "sample": sample,
        "events": custody_of(sample),
        "form": form if may else None,
    }
    return render(request, "cycle/sample_book.html", context)


@login_required
@require_safe
def sample_labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Labels to print and stick on, for the office that keeps the samples."""
    sample = _kept(request, pk, is_for_office=True)
    return pdf_answer(samples.labels(sample), f"nhan-mau-{sample.number}")


@login_required
@require_safe
def sample_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken in, for whoever sees the dossier."""
    sample = _kept(request, pk)
    return pdf_answer(samples.receipt(sample), f"bien-nhan-mau-{sample.number}")


def _kept(request: HttpRequest, pk: int, *, is_for_office: bool = False) -> Sample:
    user = signed_in(request)
    dossier = seen_dossier(user, pk)
    if is_for_office:
        require(may_receive(user, dossier, on=legal_day(timezone.now())))
    sample = sample_of(dossier)
    if sample is None:
        raise Http404(pk)
    return sample
