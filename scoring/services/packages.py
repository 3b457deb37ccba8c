"""Packages for the next level: noted when a file goes up, made beside, verified at receipt."""

from datetime import datetime
from itertools import chain
from tempfile import TemporaryFile

from django.core.files import File
from django.db import transaction

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from scoring.domain.package import Seal, faults_of, pack
from scoring.models import Package, Rating
from scoring.selectors.packages import files_of, package_at, packages, without_file
from scoring.services.package_papers import papers_of


@transaction.atomic
def note(dossier: Dossier, *, from_level: Level, to_level: Level, at: datetime) -> Package | None:
    """A file has gone up: its package is to be made. Noted twice is noted once.

    None for a file that no council of ours has scored there: there is nothing to pack.
    """
    results = Rating.objects.filter(dossier=dossier, level=from_level)
    rating = results.order_by("concluded_at", "id").last()
    if rating is None:
        return None
    package, _made = Package.objects.get_or_create(
        rating=rating,
        defaults={
            "dossier": dossier,
            "from_level": from_level,
            "to_level": to_level,
            "sent_at": at,
        },
    )
    return package


def make(package: Package) -> Package:
    """Makes and stores the file of a package, unless it has one; what was made never changes."""
    current = packages().get(pk=package.pk)
    if current.file:
        return current
    with TemporaryFile() as made:
        seal = pack(made, chain(files_of(current), papers_of(current)))
        made.seek(0)
        current.file.save("package.zip", File(made), save=False)
    return _stored(current, seal)


def make_missing(*, limit: int) -> int:
    """Makes what has not been made yet, the oldest first; says how many."""
    return len([make(package) for package in without_file()[:limit]])


def faults(package: Package) -> list[str]:
    """What in the stored package is not as its seal says."""
    try:
        with package.file.open("rb") as stored:
            return faults_of(stored, package.seal)
    except FileNotFoundError:
        return ["zip"]


@transaction.atomic
def verify(dossier: Dossier, level: Level, *, by: User, at: datetime) -> Package | None:
    """The level that receives a dossier finds its package whole, or refuses to receive it.

    Nothing for a dossier that did not come from another level. Refused: a package of which a
    file is missing, added or changed; the files are named.
    """
    package = package_at(dossier, level)
    if package is None or package.verified_at is not None:
        return package
    package = make(package)
    if found := faults(package):
        raise RuleBroken(
            "package.broken",
            term(
                "Gói hồ sơ không khớp mã kiểm tra (%(files)s) nên chưa tiếp nhận được. "
                "Hãy báo cấp dưới gửi lại; không có gì thay đổi."
            ),
            files=", ".join(found[:5]),
        )
    package.verified_at, package.verified_by = at, by
    package.save(update_fields=["verified_at", "verified_by"])
    journal.record(
        "scoring.package.verified",
        subject=package,
        actor=by,
        at=at,
        facts={"dossier_id": dossier.pk, "seal": package.seal, "files": len(package.entries)},
    )
    return package


def _stored(package: Package, seal: Seal) -> Package:
    """Names the file in the row if nobody else has done so meanwhile."""
    entries = [[entry.path, entry.sha256, entry.size] for entry in seal.entries]
    values = {"file": package.file.name, "seal": seal.sha256, "entries": entries}
    if not Package.objects.filter(pk=package.pk, file="").update(**values):
        package.file.storage.delete(str(package.file.name))
    return packages().get(pk=package.pk)
