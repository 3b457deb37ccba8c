"""What stands on a result's page beside the result: the next star, how firmly the star stands."""

from datetime import date
from typing import Any

from cycle.models import DossierEvidence
from ocop_portal.accounts.models import User
from registry.selectors import regime
from scoring import permissions
from scoring.domain.gates import GateFinding
from scoring.domain.sensitivity import Sensitivity, sensitivity
from scoring.models import Rating
from scoring.selectors.plans import guide_of_rating, papers_by_criterion


def beside_rating(rating: Rating, user: User, *, on: date) -> dict[str, Any]:
    """For the page's context; the sheets' totals are for the council's table and its office."""
    links = DossierEvidence.objects.filter(dossier=rating.dossier_id).select_related("evidence")
    papers = papers_by_criterion(list(links.order_by("item", "id")))
    return {
        "guide": guide_of_rating(rating, papers=papers),
        "sensitivity": sensitivity_of(rating) if _sits_with_the_sheets(rating, user, on) else None,
    }


def sensitivity_of(rating: Rating) -> Sensitivity:
    """From what the rating itself keeps of its sheets and findings."""
    return sensitivity(
        [row["total"] for row in rating.counted],
        [GateFinding(code, star, met) for code, star, met in rating.gates],
        regime(rating.regime).bands,
    )


def _sits_with_the_sheets(rating: Rating, user: User, on: date) -> bool:
    """The council's chair, vice chairs and secretary, and the office of its unit."""
    keeps = permissions.may_keep_council(user, rating.item.session.council, on=on)
    return bool(keeps or permissions.may_work_at(user, rating.at_level, rating.unit, on=on))
