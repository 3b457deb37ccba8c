"""Every rating computed again from what is stored; what differs is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.selectors import regime
from scoring.domain.content import content_hash, rubric_from_content
from scoring.domain.gates import GateFinding
from scoring.domain.snapshot import StoredSheet, snapshot
from scoring.models import Rating, Sheet
from scoring.selectors.boards import choices_of


@dataclass(frozen=True)
class Difference:
    """A rating that is not what its sheets, findings and edition say."""

    rating_id: int
    field: str
    stored: object
    computed: object

    def __str__(self) -> str:
        return (
            f"rating {self.rating_id}: {self.field} is {self.stored!r}, computed {self.computed!r}"
        )


def differences() -> Iterator[Difference]:
    """Every difference of every rating, the oldest rating first; nothing where all is well."""
    for rating in Rating.objects.select_related("edition").order_by("id").iterator():
        yield from differences_of(rating)


def differences_of(rating: Rating) -> Iterator[Difference]:
    """What the edition's content, the stored marks and the findings say against the rating."""
    rubric = rubric_from_content(rating.edition.content)
    named = content_hash(rubric)
    if named != rating.edition_hash:
        yield Difference(rating.pk, "edition_hash", rating.edition_hash, named)
    computed = snapshot(
        rubric,
        stored_sheets(rating),
        edition_hash=rating.edition_hash,
        findings=[GateFinding(code, star, met) for code, star, met in rating.gates],
        grounds=frozenset(rating.grounds),
        bands=regime(rating.regime).bands,
    )
    for field, value in computed.values().items():
        stored = getattr(rating, field)
        if stored != value:
            yield Difference(rating.pk, field, stored, value)


def stored_sheets(rating: Rating) -> list[StoredSheet]:
    """The counted sheets in the order in which the rating names them."""
    named = [row["sheet"] for row in rating.counted]
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
