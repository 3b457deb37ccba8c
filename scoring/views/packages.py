"""The package of a dossier for the next level: its list, its file, whether it is whole."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from registry.domain.clock import legal_day
from scoring import permissions
from scoring.models import Package
from scoring.selectors.packages import visible_packages
from scoring.services import packages


@login_required
@require_safe
def package_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every file with its checksum, and what the stored package says today."""
    package = opened_package(request, pk)
    context = {
        "package": package,
        "product": package.dossier.enrolment.product,
        "entries": package.entries,
        "faults": packages.faults(package) if package.file else [],
        "history": history_of(package),
    }
    return render(request, "scoring/package_detail.html", context)


@login_required
@require_safe
def package_file(request: HttpRequest, pk: int) -> FileResponse:
    """The package as it was made."""
    package = opened_package(request, pk)
    if not package.file:
        raise Http404(_("Gói hồ sơ đang được lập; hãy thử lại sau ít phút."))
    name = f"goi-ho-so-{package.dossier.code}-{package.to_level}.zip"
    return FileResponse(package.file.open("rb"), filename=name, as_attachment=True)


def opened_package(request: HttpRequest, pk: int) -> Package:
    """The package, to the offices of both levels; who sees the dossier but no package is told."""
    user, on = signed_in(request), legal_day(timezone.now())
    package = get_object_or_404(visible_packages(user, on), pk=pk)
    require(permissions.may_open_package(user, package, on=on))
    return package
