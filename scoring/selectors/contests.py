"""A contest's ranking, from the results of the level that holds it."""

from dataclasses import dataclass
from datetime import date

from cycle.models import Round
from ocop_portal.accounts.models import User
from registry.domain.text import sort_key
from scoring.domain.chain import OutcomeKind
from scoring.domain.ranking import places
from scoring.models import Rating
from scoring.selectors.ratings import visible_ratings


@dataclass(frozen=True)
class RankedProduct:
    """One product of a contest; `goes_on` tells that its file went up."""

    place: int
    rating: Rating
    goes_on: bool


def ranking_of(season: Round, user: User, on: date) -> list[RankedProduct]:
    """The newest result of each product at the contest's level, the best first.

    Of results that the reader may see: a producer finds the own product with its place among them.
    """
    seen = visible_ratings(user, on).filter(
        dossier__enrolment__round=season, level=season.unit.level
    )
    newest: dict[int, Rating] = {}
    for rating in seen:
        newest.setdefault(rating.dossier_id, rating)
    rows = list(newest.values())
    ranked = [
        RankedProduct(place, rating, rating.result is OutcomeKind.FORWARDED)
        for place, rating in zip(places([row.mean for row in rows]), rows, strict=True)
    ]
    return sorted(ranked, key=lambda row: (row.place, sort_key(_name(row.rating))))


def _name(rating: Rating) -> str:
    return rating.dossier.enrolment.product.name
