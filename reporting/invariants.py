"""What must always be true of the statistics: what is counted beforehand equals a recount."""

from collections.abc import Iterator

from ocop_portal.upkeep import files, invariants
from ocop_portal.upkeep.files import KeptFiles
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope
from registry.domain.text import term
from reporting.models import RegisterImport, ReportSending
from reporting.services import star_tallies


def register() -> None:
    """Called once, when the portal starts."""
    files.register(KeptFiles(RegisterImport, "file"))
    files.register(KeptFiles(ReportSending, "file"))
    invariants.register(
        Invariant(
            code="reporting.stars.tallies",
            title=term("Số liệu hạng sao đếm sẵn khớp với đếm lại"),
            clause="",
            advice=term("Chạy manage.py check_star_tallies --repair, rồi xem vì sao số đã lệch."),
            find=_tallies,
        )
    )


def _tallies(scope: Scope) -> Iterator[Finding]:
    for each in star_tallies.differences(on=scope.on):
        yield Finding(None, term("Số liệu đếm sẵn lệch: %(difference)s"), {"difference": each})
