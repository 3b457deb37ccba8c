"""What promotion brought, offered as evidence for a dossier."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cycle.models import DossierEvidence
from cycle.permissions import may_write
from cycle.selectors import visible_dossiers
from cycle.selectors.dossiers import items_of
from ocop_portal.accounts.people import signed_in
from ocop_portal.refusals import refusal_text
from promotion.domain.outcomes import ITEMS, of_item, summed
from promotion.selectors.outcomes import criteria_for, findings_of, recognised_since
from promotion.services import results
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_results(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The facts for each item with the criteria they speak to; the producer takes them over."""
    user, on = signed_in(request), legal_day(timezone.now())
    dossier = get_object_or_404(visible_dossiers(user, on), pk=dossier_id)
    if request.method == "POST":
        try:
            link = results.take_over(
                dossier, request.POST.get("item", ""), by=user, at=timezone.now()
            )
        except RuleBroken as refusal:
            messages.error(request, refusal_text(refusal))
        else:
            messages.success(
                request,
                _("Đã đưa vào hồ sơ: %(title)s.") % {"title": link.evidence.title},
            )
        return redirect("promotion:dossier-results", dossier.pk)
    since = recognised_since(dossier)
    product = dossier.enrolment.product
    known = findings_of(product, since=since, until=on) if since else []
    attached = DossierEvidence.objects.filter(dossier=dossier).select_related("evidence")
    papers: dict[str, list[DossierEvidence]] = {}
    for link in attached:
        papers.setdefault(link.item, []).append(link)
    context = {
        "dossier": dossier,
        "product": product,
        "since": since,
        "may_write": may_write(user, dossier.enrolment, on=on),
        "items": [
            {
                "code": item.code,
                "title": item.title,
                "findings": (findings := of_item(known, item.code)),
                "sum": summed(findings),
                "criteria": criteria_for(dossier, item.code),
                "papers": papers.get(item.code, []),
            }
            for item in items_of(dossier)
            if item.code in ITEMS
        ],
    }
    return render(request, "promotion/dossier_results.html", context)
