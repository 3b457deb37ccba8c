"""A result as it might have been on another set's rubric; nothing official is touched."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from registry.models import ProductClassification
from registry.selectors import regime, regimes
from scoring.domain.whatif import WhatIf, what_if
from scoring.models import Rating, RubricEdition
from scoring.selectors.plans import FEWEST_SHEETS
from scoring.selectors.rechecks import stored_sheets
from scoring.selectors.rubrics import current_editions, rubric_of


@dataclass(frozen=True)
class Offer:
    """Another set's published edition, by its address on the page: `2026.11`."""

    edition: RubricEdition
    regime_name: str

    @property
    def key(self) -> str:
        return f"{self.edition.regime}.{self.edition.set_number}"


def offers(rating: Rating) -> list[Offer]:
    """Every published set of the other regimes, the likeliest first.

    That is the product's own set there, where it is known, then the sets by their names.
    """
    own = set(
        ProductClassification.objects.filter(product=rating.dossier.enrolment.product_id)
        .order_by("id")
        .values_list("regime", "product_set__number")
    )
    names = {each.code: each.name for each in regimes()}
    found = [
        Offer(edition, names[edition.regime])
        for edition in current_editions()
        if edition.is_published and edition.regime != rating.regime
    ]

    def rank(offer: Offer) -> tuple[bool, float, str]:
        is_own = (offer.edition.regime, offer.edition.set_number) in own
        likeness = SequenceMatcher(None, offer.edition.name, rating.edition.name).ratio()
        return not is_own, -likeness, offer.key

    return sorted(found, key=rank)


def what_if_of(rating: Rating, offer: Offer) -> WhatIf | None:
    """The bracket by the counted sheets; None where fewer than three were counted."""
    if rating.sheets < FEWEST_SHEETS:
        return None
    return what_if(
        rubric_of(rating.edition),
        [sheet.choices for sheet in stored_sheets(rating)],
        rubric_of(offer.edition),
        bands=regime(offer.edition.regime).bands,
    )
