"""What must always be true of the public face: it says what the certificates say."""

from collections.abc import Iterator

from ocop_portal.upkeep import files, invariants
from ocop_portal.upkeep.files import KeptFiles
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope
from promotion.models import MisuseReport, NewsFile, OfficialMark
from promotion.services import rebuilding
from registry.domain.text import term


def register() -> None:
    """Called once, when the portal starts."""
    files.register(
        KeptFiles(OfficialMark, "file"),
        KeptFiles(NewsFile, "file"),
        KeptFiles(MisuseReport, "photo"),
    )
    invariants.register(
        Invariant(
            code="promotion.listing.results",
            title=term("Trang công khai của sản phẩm đúng như giấy chứng nhận"),
            clause="",
            advice=term("Chạy manage.py rebuild_listings, rồi xem vì sao trang đã lệch."),
            find=_listings,
        )
    )


def _listings(scope: Scope) -> Iterator[Finding]:
    for product in rebuilding.check(at=scope.at).wrong:
        yield Finding(product, term("Trang công khai lệch với giấy chứng nhận."))
