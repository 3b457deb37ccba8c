"""The days on which products held their stars, written for many at once; for `listings`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from cycle.domain.journey import EnrolmentKind
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
from registry.models import Subject, Unit
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
BATCH = 1000
Listed = tuple[Listing, Sequence[Certificate]]


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
            "province": province,
            "commune": commune,
            "former_unit": self.former,
            "subject": subject,
            "subject_kind": self.forms.on(day),
            "is_away": not subject.commune.path.startswith(province.path),
        }


def write(listed: Sequence[Listed]) -> None:
    """Makes the days of each listing say what its certificates say, the newest given first.

    Rows that say it already stay; each province hears from which day on it is told otherwise.
    """
    changes = certificates.changes_of([each for _listing, held in listed for each in held])
    forms = standing.forms_of(listing.subject for listing, _held in listed)
    products = [listing.product for listing, _held in listed]
    places = standing.places_of(products)
    formers = standing.former_units_of(products, places)
    before: dict[int, list[Recognition]] = defaultdict(list)
    for row in Recognition.objects.filter(listing__in=[listing for listing, _held in listed]):
        before[row.listing_id].append(row)
    gone: list[int] = []
    made: list[Recognition] = []
    since: dict[int, date] = {}
    for listing, held in listed:
        past = Past(
            forms[listing.subject_id], places[listing.product_id], formers[listing.product_id]
        )
        rows = _rows(listing, held, changes, past)
        was = before[listing.pk]
        day = changed_from(map(_run, was), map(_run, rows))
        if day is None:
            continue
        gone += [row.pk for row in was]
        made += rows
        for row in (*was, *rows):
            since[row.province_id] = min(day, since.get(row.province_id, day))
    Recognition.objects.filter(pk__in=gone).delete()
    Recognition.objects.bulk_create(made, batch_size=BATCH)
    announce(since)


def announce(since: Mapping[int, date]) -> None:
    """Tells who counts from which day on the provinces, by their key, say something else."""
    for province_id, day in sorted(since.items()):
        signals.recognitions_changed.send(sender=Recognition, province_id=province_id, since=day)


def _rows(
    listing: Listing,
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
            listing=listing,
            certificate=certificate,
            stars=certificate.stars,
            group=slug(certificate.product_set.industry),
            regime=certificate.regime,
            **past.on(part.starts_on, listing.subject),
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


def _run(row: Recognition) -> Run:
    facts = tuple(str(getattr(row, name)) for name in FACTS)
    ending = tuple(getattr(row, name) for name in ENDING)
    return Run(row.starts_on, row.ends_on, facts, ending)
