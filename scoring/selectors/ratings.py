"""Ratings: who may read them, which wait for a decision, which for the lower level's choice."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet

from cycle.models import Dossier
from cycle.selectors import visible_dossiers
from ocop_portal.accounts.models import User
from registry.domain.regime import Below, Level
from registry.models import Unit
from registry.selectors import regime
from scoring.domain.chain import OutcomeKind
from scoring.domain.complaint_states import ComplaintEffect
from scoring.domain.decision_states import DecisionState
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.models import DecisionItem, Rating


def ratings() -> QuerySet[Rating]:
    """Every rating with its product and its unit."""
    return Rating.objects.select_related(
        "dossier__enrolment__product__subject",
        "dossier__enrolment__commune__parent__parent",
        "dossier__product_set",
        "unit__parent__parent",
        "edition",
        "item__session__council",
        "lower_choice",
    ).order_by("-concluded_at", "-id")


def visible_ratings(user: User, on: date) -> QuerySet[Rating]:
    """Ratings of the dossiers that the person may see."""
    return ratings().filter(dossier__in=visible_dossiers(user, on).order_by().values("pk"))


def ratings_of(dossier: Dossier) -> QuerySet[Rating]:
    """A dossier's ratings, the newest first."""
    return ratings().filter(dossier=dossier)


def previous_rating(
    dossier: Dossier, level: Level, *, before: datetime | None = None
) -> Rating | None:
    """The newest rating of a level below this one, at a moment or of all."""
    below = [each.value for each in Level if each.rank < level.rank]
    found = ratings_of(dossier).filter(level__in=below)
    return (found.filter(concluded_at__lte=before) if before else found).first()


def awaiting_decision(unit: Unit, level: Level) -> QuerySet[Rating]:
    """Concluded ratings that this authority can recognise and that stand in no decision yet.

    Among them the results of the level above that the unit chose to use. Not among them: a
    result that was scored again, and one that reviews a recognition (a correction takes it up).
    """
    own = Q(level=level, unit=unit, standing_stars__gte=3)
    own &= Q(outcome__in=[OutcomeKind.RECOGNISED.value, OutcomeKind.FORWARDED.value])
    used = Q(
        lower_choice__choice=LowerChoiceKind.USE.value,
        dossier__enrolment__commune__path__startswith=unit.path,
    )
    found = ratings().filter(own | used, decision_items__isnull=True, reviewed_by__isnull=True)
    found = found.exclude(reviews__decision_items__decision__state=DecisionState.SIGNED)
    found = found.exclude(complaints__effect=ComplaintEffect.RESCORE)
    return found.filter(pk__in=[rating.pk for rating in found if level in _deciding(rating)])


def awaiting_choice(unit: Unit, level: Level) -> QuerySet[Rating]:
    """Results of the level above after which this unit must choose, without a choice so far."""
    found = ratings().filter(
        below=Below.LOWER_CHOOSES.value,
        lower_choice__isnull=True,
        dossier__enrolment__commune__path__startswith=unit.path,
    )
    return found.filter(pk__in=[rating.pk for rating in found if lower_level(rating) == level])


def review_of(rating: Rating) -> Rating | None:
    """The newest result that was scored in place of this one, after a complaint."""
    return ratings().filter(reviews=rating).first()


def recognised_by(rating: Rating) -> DecisionItem | None:
    """The item of a signed decision that recognised this rating and still stands."""
    signed = DecisionItem.objects.select_related("decision__unit", "rating").filter(
        rating=rating, stars__isnull=False, decision__state=DecisionState.SIGNED
    )
    return signed.exclude(replaced_by__decision__state=DecisionState.SIGNED).first()


def lower_level(rating: Rating) -> Level | None:
    """The level that scores directly below the rating's level, by its regime."""
    stages = [stage.level for stage in regime(rating.regime).stages]
    place = stages.index(rating.at_level)
    return stages[place - 1] if place else None


def deciding_level(rating: Rating) -> Level | None:
    """The level whose authority decides on the rating, or None where no decision follows."""
    return next(_deciding(rating), None)


def recognised_stars(rating: Rating) -> int | None:
    """The stars that the deciding level's decision would recognise."""
    level = deciding_level(rating)
    if level is None:
        return None
    if level == rating.at_level:
        return rating.standing_stars
    return rating.stars


def _deciding(rating: Rating) -> Iterator[Level]:
    law = regime(rating.regime)
    stage = law.stage(rating.at_level)
    if rating.standing_stars in stage.recognises:
        yield rating.at_level
    choice = getattr(rating, "lower_choice", None)
    lower = lower_level(rating)
    is_used = choice is not None and choice.choice == LowerChoiceKind.USE
    if is_used and lower and rating.stars in law.stage(lower).recognises:
        yield lower
