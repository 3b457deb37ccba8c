"""What the star of a rating does to an enrolment: trade promotion opens, or the passage ends."""

from datetime import datetime

from django.db import transaction

from cycle import signals
from cycle.domain import dossier as dossier_rules
from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.journey import RECOGNISED, JourneyMove
from cycle.domain.steps import Step
from cycle.models import Dossier, Enrolment
from cycle.services import moves
from cycle.services.history import locked_dossier, locked_enrolment, tell
from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import regime as regime_of


@transaction.atomic
def record_rating(
    enrolment: Enrolment,
    *,
    stars: int | None,
    rating_id: int,
    by: User,
    at: datetime,
    level: Level | None = None,
) -> Enrolment:
    """Keeps the star that the scoring hands down and opens trade promotion where it is recognised.

    Stars below what the regime recognises, or none, end the enrolment without a certificate.
    `level` is the level whose result this is: where the dossier has gone on to another one
    meanwhile, only the enrolment changes. Refused: stars outside 1 to 5, no dossier, an
    enrolment before its evaluation. The same rating told twice is harmless.
    """
    if stars is not None and stars not in range(1, 6):
        raise RuleBroken("rating.stars", term("Hạng sao phải từ 1 đến 5."))
    current = locked_enrolment(enrolment)
    if current.rating_id == rating_id and current.stars == stars:
        return current
    lowest = regime_of(current.regime).lowest_recognised
    is_recognised = stars is not None and stars >= lowest
    dossier = _settle(current, level, is_recognised=is_recognised, by=by, at=at)
    _keep_stars(current, stars, rating_id=rating_id, by=by, at=at)
    signals.enrolment_rated.send(
        sender=Enrolment,
        enrolment_id=current.pk,
        dossier_id=dossier.pk,
        product_id=current.product_id,
        stars=stars,
        rating_id=rating_id,
        is_recognised=is_recognised,
    )
    if current.step == Step.EVALUATION and is_recognised:
        recognised = frozenset({RECOGNISED})
        moves.advance(current, JourneyMove.OPEN_PROMOTION, by=by, at=at, facts=recognised)
        _end_older(current, by=by, at=at)
    elif not is_recognised:
        moves.end(current, "not_recognised", by=by, at=at)
    return current


def _keep_stars(
    enrolment: Enrolment, stars: int | None, *, rating_id: int, by: User, at: datetime
) -> None:
    before = enrolment.stars
    enrolment.stars, enrolment.rating_id = stars, rating_id
    enrolment.version += 1
    enrolment.save(update_fields=["stars", "rating_id", "version"])
    tell(
        enrolment,
        "enrolment.rate",
        "cycle.enrolment.rated",
        before=str(before or ""),
        after=str(stars or ""),
        by=by,
        at=at,
    )


def _settle(
    enrolment: Enrolment, level: Level | None, *, is_recognised: bool, by: User, at: datetime
) -> Dossier:
    """The dossier of a rating, moved to its result unless it has gone on to another level."""
    dossier = enrolment.dossier
    if dossier is None or enrolment.step not in {Step.EVALUATION, Step.PROMOTION}:
        raise RuleBroken(
            "rating.no_dossier", term("Sản phẩm chưa tới bước đánh giá, không ghi được hạng sao.")
        )
    current = locked_dossier(dossier)
    has_gone_on = level is not None and current.level != level
    if has_gone_on or current.state == DossierState.RECOGNISED:
        return current
    if is_recognised:
        stars = frozenset({dossier_rules.STARS})
        moves.move_dossier(current, DossierMove.RECOGNISE, by=by, at=at, facts=stars)
    else:
        moves.move_dossier(current, DossierMove.REFUSE, by=by, at=at)
    return current


def _end_older(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """A newly recognised passage takes the place of the product's earlier one."""
    older = Enrolment.objects.filter(
        product=enrolment.product_id, step=Step.PROMOTION, ended_at__isnull=True
    ).exclude(pk=enrolment.pk)
    for each in older.order_by("pk"):
        moves.end(locked_enrolment(each), "supersede", by=by, at=at)
