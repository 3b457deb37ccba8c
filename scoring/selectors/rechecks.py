"""Everything that was concluded computed again from what is stored; what differs is named.

Editions are held against their own hashes, ratings against the marks of their counted sheets,
the council's findings and the regime's chain, and what was decided on a rating against it. Rows
that were lost or cannot be read are differences too: a recheck never ends in the middle.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from django.db.models import F, Q

from cycle.models import Dossier
from registry.domain.errors import RuleBroken
from registry.domain.regime import Below, Level
from registry.selectors import regime
from scoring.domain.chain import outcome
from scoring.domain.content import content_hash, rubric_from_content, structure_hash
from scoring.domain.decision_states import DecisionState
from scoring.domain.gates import GateFinding
from scoring.domain.rubric import Effect, Rubric
from scoring.domain.sheet import chosen_points, read_choices, require_complete, tally
from scoring.domain.snapshot import Snapshot, StoredSheet, snapshot
from scoring.models import Certificate, Rating, RubricEdition, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.ratings import previous_rating, recognised_stars


@dataclass(frozen=True)
class Difference:
    """Something stored that is not what it says it was made of."""

    about: str
    field: str
    stored: object
    computed: object

    def __str__(self) -> str:
        return f"{self.about}: {self.field} is {self.stored!r}, computed {self.computed!r}"


def differences() -> Iterator[Difference]:
    """Every difference there is, editions first, the oldest first; nothing where all is well."""
    for edition in RubricEdition.objects.order_by("id").iterator(chunk_size=20):
        yield from differences_of_edition(edition)
    found = Rating.objects.select_related("edition", "item", "lower_choice", "dossier")
    for rating in found.order_by("id").iterator(chunk_size=20):
        yield from differences_of(rating)
    yield from differences_of_recorded()


def differences_of_edition(edition: RubricEdition) -> Iterator[Difference]:
    """An edition whose content is no longer what its hashes and its columns name."""
    about = f"edition {edition.pk}"
    rubric = _rubric_in(edition)
    if rubric is None:
        yield Difference(about, "content", "unreadable", "a rubric")
        return
    computed = {
        "regime": rubric.regime,
        "set_number": rubric.number,
        "name": rubric.name,
        "content_hash": content_hash(rubric),
        "structure_hash": structure_hash(rubric),
    }
    yield from _compared(about, edition, computed)


def differences_of(rating: Rating) -> Iterator[Difference]:
    """What the edition's content, the stored marks and the findings say against the rating."""
    about = f"rating {rating.pk}"
    rubric = _rubric_in(rating.edition)
    if rubric is None:
        yield Difference(about, "edition", "unreadable", "a rubric")
        return
    yield from _compared(about, rating, {"edition_hash": content_hash(rubric)})
    sheets = stored_sheets(rating)
    broken = list(_broken(about, rating, sheets, rubric))
    yield from broken
    if broken:
        return
    computed = _computed(rating, rubric, sheets)
    yield from _compared(about, rating, computed.values())
    yield from _compared(about, rating, _following(rating, computed))
    yield from _differences_of_findings(about, rating)
    yield from _differences_of_sheets(about, rating, rubric)
    yield from _differences_of_decision(about, rating)


def differences_of_recorded() -> Iterator[Difference]:
    """Certificates without a rating whose decision is no recorded one, and the reverse.

    A recognition from before the portal has no sheets to compute from; what can be held against
    each other is the certificate and its decision.
    """
    recorded = Q(decision__state=DecisionState.RECORDED)
    unlike = Certificate.objects.filter(
        Q(rating__isnull=True) & ~recorded
        | Q(rating__isnull=False) & recorded
        | recorded & ~Q(issued_on=F("decision__decided_on"))
    )
    for certificate in unlike.select_related("decision").order_by("id"):
        about, decision = f"certificate {certificate.pk}", certificate.decision
        yield Difference(
            about,
            "decision",
            f"{decision.state} {decision.decided_on}",
            f"{'recorded' if certificate.is_recorded else 'signed'} {certificate.issued_on}",
        )


def stored_sheets(rating: Rating) -> list[StoredSheet]:
    """The counted sheets in the order in which the rating names them."""
    named = _named(rating)
    sheets = Sheet.objects.filter(pk__in=named).select_related("member")
    found = {sheet.pk: sheet for sheet in sheets.prefetch_related("marks")}
    return [
        StoredSheet(
            id=sheet.pk,
            item=sheet.item_id,
            member=sheet.member_id,
            seat=sheet.member.seat,
            ballot=sheet.ballot,
            choices=choices_of(sheet),
        )
        for sheet in (found[each] for each in named if each in found)
    ]


def _named(rating: Rating) -> list[int]:
    return [row["sheet"] for row in rating.counted]


def _rubric_in(edition: RubricEdition) -> Rubric | None:
    """The rubric of the stored content, never of a memory; None where there is none in it."""
    try:
        return rubric_from_content(edition.content)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _broken(
    about: str, rating: Rating, sheets: Iterable[StoredSheet], rubric: Rubric
) -> Iterator[Difference]:
    """What keeps the arithmetic from being done at all."""
    named, kept = _named(rating), [sheet.id for sheet in sheets]
    if not named or named != kept:
        yield Difference(about, "counted sheets", named, kept)
    for sheet in sheets:
        try:
            require_complete(rubric, read_choices(rubric, sheet.choices))
        except RuleBroken as refusal:
            yield Difference(about, f"sheet {sheet.id}", dict(sheet.choices), str(refusal))


def _computed(rating: Rating, rubric: Rubric, sheets: list[StoredSheet]) -> Snapshot:
    return snapshot(
        rubric,
        sheets,
        edition_hash=rating.edition_hash,
        findings=[GateFinding(code, star, met) for code, star, met in rating.gates],
        grounds=frozenset(rating.grounds),
        bands=regime(rating.regime).bands,
    )


def _following(rating: Rating, computed: Snapshot) -> dict[str, object]:
    """What the chain of the regime says of the result; a lower result stands as it then stood."""
    law = regime(rating.regime)
    follows = outcome(law, rating.at_level, computed.mean, computed.award, body=rating.body)
    standing = follows.stars
    if follows.below is Below.STANDS:
        standing = _stood_before(rating.dossier, rating)
    return {
        "outcome": follows.kind,
        "standing_stars": standing,
        "next_level": follows.next_level or "",
        "potential_five": follows.potential_five,
        "below": follows.below or "",
    }


def _stood_before(dossier: Dossier, rating: Rating) -> int | None:
    lower = previous_rating(dossier, Level(rating.level), before=rating.concluded_at)
    return lower.standing_stars if lower else None


def _differences_of_findings(about: str, rating: Rating) -> Iterator[Difference]:
    """The findings of which the rating keeps a copy."""
    gates = rating.item.gate_findings.order_by("star", "id")
    grounds = rating.item.ground_findings.order_by("ground")
    found = {
        "gates": [[row.criterion, row.star, row.met] for row in gates],
        "grounds": [row.ground for row in grounds],
    }
    yield from _compared(about, rating, found)


def _differences_of_sheets(about: str, rating: Rating, rubric: Rubric) -> Iterator[Difference]:
    """What a sheet and its marks keep beside the chosen options."""
    receipts = {row["sheet"]: row["receipt"] for row in rating.counted}
    for sheet in Sheet.objects.filter(pk__in=receipts).prefetch_related("marks").order_by("pk"):
        choices, whose = choices_of(sheet), f"{about}, sheet {sheet.pk}"
        yield from _compared(whose, sheet, {"receipt_hash": receipts[sheet.pk]})
        totals = {tally(rubric, choices, grounds).total for grounds in _limiting(rubric)}
        if sheet.total not in totals:
            yield Difference(whose, "total", sheet.total, max(totals))
        marked = {mark.criterion: mark.points for mark in sheet.marks.all()}
        if marked != (points := chosen_points(rubric, choices)):
            yield Difference(whose, "points of the marks", marked, points)


def _limiting(rubric: Rubric) -> Iterator[tuple[str, ...]]:
    """Every choice of the notes that take points: a sheet was added up under those found then."""
    ids = [rule.id for _, rule in rubric.rules if rule.effect is Effect.ZERO]
    return chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))


def _differences_of_decision(about: str, rating: Rating) -> Iterator[Difference]:
    """What an authority recognised, corrections too, and the certificates that say so."""
    made = [
        *(("decision", each) for each in rating.decision_items.order_by("pk")),
        *(("certificate", each) for each in rating.certificates.order_by("pk")),
    ]
    if not made:
        return
    computed = {"stars": recognised_stars(rating)}
    for name, row in made:
        yield from _compared(f"{about}, {name} {row.pk}", row, computed)


def _compared(about: str, row: object, computed: Mapping[str, object]) -> Iterator[Difference]:
    for field, value in computed.items():
        stored = getattr(row, field)
        if stored != value:
            yield Difference(about, field, stored, value)
