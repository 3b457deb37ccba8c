"""Packages: who may open them, which wait to be made, and what lies in one."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cycle.models import Dossier
from cycle.selectors import visible_dossiers
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.selectors import names_on
from scoring.domain.package import CHUNK
from scoring.models import Package, Rating, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.ratings import ratings
from scoring.selectors.rubrics import rubric_of

Files = Iterator[tuple[str, Iterable[bytes]]]


def packages() -> QuerySet[Package]:
    """Every package with its dossier and its result."""
    return Package.objects.select_related(
        "dossier__enrolment__product__subject",
        "dossier__enrolment__commune__parent__parent",
        "rating__unit",
        "verified_by",
    ).order_by("-sent_at", "-id")


def visible_packages(user: User, on: date) -> QuerySet[Package]:
    """Packages of the dossiers that the person may see; who opens one is asked beside."""
    return packages().filter(dossier__in=visible_dossiers(user, on).order_by().values("pk"))


def package_at(dossier: Dossier, level: Level) -> Package | None:
    """The newest package with which a dossier came to a level."""
    return packages().filter(dossier=dossier, to_level=level).first()


def without_file() -> QuerySet[Package]:
    """Packages that have not been made yet: the row is the queue."""
    return packages().filter(file="").order_by("id")


def files_of(package: Package) -> Files:
    """Dossier, evidence, results, sheets and minutes as data, by their place in the package."""
    dossier = package.dossier
    yield "goi-ho-so.json", _json(_about(package))
    for lodging in dossier.lodgings.order_by("number"):
        yield f"ho-so/lan-nop-{lodging.number}.json", _json(lodging.snapshot)
    for link in dossier.evidence.select_related("evidence").order_by("item", "id"):
        suffix = str(link.evidence.file.name).rpartition(".")[2]
        path = f"minh-chung/{link.item}-{link.evidence_id}.{suffix}"
        yield path, _chunks(link.evidence.file)
    for rating in results_until(package):
        yield from _files_of_rating(rating)


def results_until(package: Package) -> QuerySet[Rating]:
    """Every result of the dossier up to the one with which it goes up, the oldest first."""
    earlier = Q(dossier=package.dossier, concluded_at__lte=package.rating.concluded_at)
    return ratings().filter(earlier).order_by("concluded_at", "id")


def counted_sheets(rating: Rating) -> QuerySet[Sheet]:
    """The sheets of which a result is the mean."""
    named = [row["sheet"] for row in rating.counted]
    rows = Sheet.objects.filter(pk__in=named).select_related(
        "member__user", "item__edition", "item__session__council"
    )
    return rows.prefetch_related("marks").order_by("pk")


def _files_of_rating(rating: Rating) -> Files:
    yield f"ket-qua/{rating.pk}.json", _json(_result(rating))
    yield f"bien-ban/{rating.item_id}.json", _json(_minutes(rating))
    for sheet in counted_sheets(rating):
        yield f"phieu/{rating.pk}-{sheet.pk}.json", _json(_sheet(sheet))


def _about(package: Package) -> dict[str, Any]:
    dossier = package.dossier
    names = names_on(legal_day(package.sent_at))
    product = dossier.enrolment.product
    return {
        "form": "ocop-package/1",
        "dossier": dossier.code,
        "regime": dossier.regime,
        "product": product.name,
        "product_code": product.code,
        "subject": product.subject.name,
        "commune": names.long_name(dossier.enrolment.commune),
        "from_level": package.from_level,
        "to_level": package.to_level,
        "from": names.name(package.rating.unit),
        "sent_at": package.sent_at,
    }


def _result(rating: Rating) -> dict[str, Any]:
    return {
        "level": rating.level,
        "council": rating.item.session.council.name,
        "edition": rating.edition_hash,
        "points": rating.points,
        "sheets": rating.sheets,
        "mean": rating.mean_shown,
        "band": rating.band,
        "stars": rating.stars,
        "standing_stars": rating.standing_stars,
        "outcome": rating.outcome,
        "parts": rating.parts,
        "gates": rating.gates,
        "grounds": rating.grounds,
        "counted": rating.counted,
        "concluded_at": rating.concluded_at,
    }


def _minutes(rating: Rating) -> dict[str, Any]:
    """Who was there and what was recorded on this product; the sheets lie beside."""
    item, session = rating.item, rating.item.session
    seats = session.council.members.select_related("user")
    present = set(session.attendance.values_list("member", flat=True))
    conflicts = item.declarations.filter(has_conflict=True).values_list("member", flat=True)
    return {
        "council": session.council.name,
        "appointed_by": session.council.decision_number,
        "held_at": session.opened_at,
        "place": session.place,
        "present": [f"{seat.user} ({seat.seat})" for seat in seats if seat.pk in present],
        "in_conflict": [str(seat.user) for seat in seats if seat.pk in set(conflicts)],
        "ballots": [
            {"number": ballot.number, "reason": ballot.reason}
            for ballot in item.ballots.order_by("number")
        ],
        "gates": [
            {"criterion": found.criterion, "star": found.star, "met": found.met, "on": found.note}
            for found in item.gate_findings.order_by("star", "id")
        ],
        "grounds": [
            {"ground": found.ground, "on": found.note}
            for found in item.ground_findings.order_by("id")
        ],
        "other": session.note,
        "concluded_at": rating.concluded_at,
        "concluded_by": str(rating.concluded_by),
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    rubric = rubric_of(sheet.item.edition)
    return {
        "member": str(sheet.member.user),
        "seat": sheet.member.seat,
        "ballot": sheet.ballot,
        "total": sheet.total,
        "receipt": sheet.receipt_hash,
        "submitted_at": sheet.submitted_at,
        "comment": sheet.comment,
        "choices": [
            {"criterion": code, "name": rubric.by_code[code].name, "option": option}
            for code, option in choices_of(sheet).items()
        ],
    }


def _json(value: Any) -> list[bytes]:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return [text.encode()]


def _chunks(file: Any) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened.chunks(CHUNK)
