"""The days on which products held their stars, written for many at once; for `listings`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from cycle.domain.journey import EnrolmentKind
from ocop_portal import many_rows
from promotion import signals
from promotion.domain.recognition import (
    Change,
    Held,
    Run,
    Span,
    Turn,
    changed_from,
    parted,
    spans_in_turn,
    turn_of,
)
from promotion.models import Listing, Recognition
from promotion.selectors import certificates, standing
from registry.domain.text import slug
from registry.models import Product, Subject, Unit
from scoring.models import Certificate

TURN_OF = {EnrolmentKind.FIRST: Turn.FIRST, EnrolmentKind.UPGRADE: Turn.UPGRADE}
ENDING = ("ends_naturally", "next_starts_on")
FACTS = (
    "certificate_id",
    "stars",
    "group",
    "regime",
    "province_id",
    "commune_id",
    "former_unit_id",
    "subject_id",
    "subject_kind",
    "is_away",
    "level",
    "turn",
    "year",
)
Listed = tuple[Listing, Product, Sequence[Certificate]]


@dataclass(frozen=True)
class Past:
    """What a product and its maker were on the days that are told."""

    forms: standing.Forms
    places: standing.Places
    former: Unit | None

    def on(self, day: date, subject: Subject) -> dict[str, Any]:
        """The columns of a run that begins on the day."""
        commune = self.places.on(day)
        province = standing.province_of(commune)
        return {
            "province_id": province.pk,
            "commune_id": commune.pk,
            "former_unit_id": self.former and self.former.pk,
            "subject_id": subject.pk,
            "subject_kind": self.forms.on(day),
            "is_away": not subject.commune.path.startswith(province.path),
        }


def write(listed: Sequence[Listed]) -> None:
    """Makes the days of each listing say what its certificates say, the newest given first.

    Rows that say it already stay; each province hears from which day on it is told otherwise.
    """
    changes = certificates.changes_of([each for *_page, held in listed for each in held])
    products = [product for _listing, product, _held in listed]
    forms = standing.forms_of(product.subject for product in products)
    places = standing.places_of(products)
    formers = standing.former_units_of(products, places)
    before: dict[int, list[Recognition]] = defaultdict(list)
    for row in Recognition.objects.filter(listing__in=[page.pk for page, *_rest in listed]):
        before[row.listing_id].append(row)
    gone: list[int] = []
    made: list[Recognition] = []
    since: dict[int, date] = {}
    for listing, product, held in listed:
        past = Past(forms[product.subject_id], places[product.pk], formers[product.pk])
        rows = _rows(listing, product.subject, held, changes, past)
        was = before[listing.pk]
        day = _changed_from(was, rows)
        if day is None:
            continue
        gone += [row.pk for row in was]
        made += rows
        for row in (*was, *rows):
            since[row.province_id] = min(day, since.get(row.province_id, day))
    Recognition.objects.filter(pk__in=gone).delete()
    many_rows.write(made)
    announce(since)


def announce(since: Mapping[int, date]) -> None:
    """Tells who counts from which day on the provinces, by their key, say something else."""
    for province_id, day in sorted(since.items()):
        signals.recognitions_changed.send(sender=Recognition, province_id=province_id, since=day)


def _rows(
    listing: Listing,
    subject: Subject,
    held: Sequence[Certificate],
    changes: Mapping[int, Sequence[Change]],
    past: Past,
) -> list[Recognition]:
    """The runs of one product; turns are taken the oldest first."""
    in_turn = list(reversed(held))
    runs = spans_in_turn(
        [
            Held(each.issued_on, each.valid_until, tuple(changes.get(each.pk, ())))
            for each in in_turn
        ]
    )
    turns = _turns(in_turn)
    rows = [
        Recognition(
            listing_id=listing.pk,
            certificate_id=certificate.pk,
            stars=certificate.stars,
            group=slug(certificate.product_set.industry),
            regime=certificate.regime,
            **past.on(part.starts_on, subject),
            level=certificate.level,
            turn=turns[certificate.pk],
            year=certificate.issued_on.year,
            starts_on=part.starts_on,
            ends_on=part.ends_on,
            ends_naturally=part.ends_on == certificate.valid_until,
        )
        for certificate, found in zip(in_turn, runs, strict=True)
        for part in _parts(found, past)
    ]
    rows.sort(key=lambda row: row.starts_on)
    for row, following in pairwise(rows):
        row.next_starts_on = following.starts_on
    return rows


def _parts(found: Iterable[Span], past: Past) -> Iterator[Span]:
    for span in found:
        yield from parted(span, (*past.forms.changed_on, *past.places.changed_on))


def _turns(in_turn: Sequence[Certificate]) -> dict[int, str]:
    """By certificate: as its dossier was filed; of one from before the portal, by the stars."""
    found: dict[int, str] = {}
    before: int | None = None
    for certificate in in_turn:
        turn = turn_of(certificate.stars, before)
        if certificate.rating is not None:
            turn = TURN_OF.get(EnrolmentKind(certificate.rating.dossier.kind), Turn.RENEWAL)
        found[certificate.pk] = turn.value
        before = certificate.stars
    return found


def _changed_from(was: Sequence[Recognition], rows: Sequence[Recognition]) -> date | None:
    """The first day that is told otherwise; of a product that had no days, its first."""
    if not was:
        return rows[0].starts_on if rows else None
    return changed_from(map(_run, was), map(_run, rows))


def _run(row: Recognition) -> Run:
    facts = tuple(str(getattr(row, name)) for name in FACTS)
    ending = tuple(getattr(row, name) for name in ENDING)
    return Run(row.starts_on, row.ends_on, facts, ending)
