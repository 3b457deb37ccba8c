"""What was handed in, and two lodgings side by side."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cycle.domain.comparison import Difference, differences
from cycle.views.dossiers import seen_dossier
from ocop_portal.accounts.people import signed_in


@login_required
@require_safe
def dossier_snapshot(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The dossier as it was handed in, whatever was changed since."""
    dossier = seen_dossier(signed_in(request), pk)
    lodging = get_object_or_404(dossier.lodgings.select_related("by"), number=number)
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "lodging": lodging,
        "frozen": lodging.snapshot,
    }
    return render(request, "cycle/dossier_snapshot.html", context)


@login_required
@require_safe
def dossier_comparison(request: HttpRequest, pk: int, before: int, after: int) -> HttpResponse:
    """Two lodgings field by field: only what differs, in the order of the dossier."""
    dossier = seen_dossier(signed_in(request), pk)
    earlier = get_object_or_404(dossier.lodgings, number=before)
    later = get_object_or_404(dossier.lodgings, number=after)
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "earlier": earlier,
        "later": later,
        "groups": grouped(differences(earlier.snapshot, later.snapshot)),
        "lodgings": dossier.lodgings.all(),
    }
    return render(request, "cycle/dossier_comparison.html", context)


def grouped(found: list[Difference]) -> list[tuple[str, list[Difference]]]:
    """The differences under the headings of the dossier, each heading once."""
    order = list(dict.fromkeys(each.group for each in found))
    ordered = sorted(found, key=lambda each: order.index(each.group))
    return [(group, list(rows)) for group, rows in groupby(ordered, key=lambda each: each.group)]
