"""How each indicator of the programme's targets is counted, as of a day, in a province or all.

A measure answers with what it counted, or None where nothing of the sort was ever recorded. What
keeps its history (stars, certificates, legal form, places of sale, trainings) is counted for any
day; what the register knows only as it is now is None for a past day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet, Sum

from cycle.domain.sessions import SessionKind
from cycle.models import SessionAttendee
from promotion.domain.sales import PlaceKind
from promotion.models import Recognition, SoldAt
from promotion.selectors import catalogue, recognitions
from registry.domain.clock import LEGAL_ZONE
from registry.domain.eligibility import SubjectKind
from registry.models import CraftVillage, MaterialArea, Subject, SubjectChange, Unit
from reporting.domain.targets import Measured, Programme
from scoring.models import Certificate

MODERN = (PlaceKind.SUPERMARKET.value, PlaceKind.ONLINE.value)
NOT_SHOWROOMS = (PlaceKind.OWN_SHOP.value, PlaceKind.ONLINE.value)
BUSINESSES = (SubjectKind.SME.value, SubjectKind.COOPERATIVE.value)
FIVE = 5


@dataclass(frozen=True)
class Scope:
    """For which day, programme and province (None: the country) a figure is asked."""

    on: date
    programme: Programme
    today: date
    province: Unit | None = None

    @property
    def is_now(self) -> bool:
        return self.on == self.today

    @property
    def period(self) -> tuple[date, date]:
        """The days of the programme up to the day asked for."""
        return self.programme.starts_on, min(self.on, self.programme.ends_on)

    def held(self) -> QuerySet[Recognition]:
        found = recognitions.held(on=self.on).order_by()
        return found.filter(province=self.province) if self.province else found

    def below(self, place: str) -> Q:
        """At or below the province, by the path of a commune."""
        return Q(**{f"{place}__path__startswith": self.province.path}) if self.province else Q()

    def subjects(self) -> QuerySet[Subject]:
        """The subjects with a product that holds a star on the day."""
        return Subject.objects.filter(pk__in=self.held().values("subject"))


Measure = Callable[[Scope], Measured | None]


def products(scope: Scope) -> Measured | None:
    """Products that hold three stars or more; None before the first was ever recognised."""
    ever = Recognition.objects.filter(starts_on__lte=scope.on)
    if scope.province:
        ever = ever.filter(province=scope.province)
    return Measured(scope.held().count()) if ever.exists() else None


def five_star_products(scope: Scope) -> Measured | None:
    if products(scope) is None:
        return None
    return Measured(scope.held().filter(stars=FIVE).count())


def renewed_products(scope: Scope) -> Measured | None:
    """Products evaluated again, of those that had to be or were."""
    each = (
        Certificate.objects.filter(scope.below("product__commune"), issued_on__lte=scope.on)
        .order_by()
        .values("product")
        .annotate(times=Count("pk"), first_end=Min("valid_until"))
    )
    again = Q(times__gte=2)
    due = each.filter(again | Q(first_end__lt=scope.on)).count()
    return Measured(each.filter(again).count(), due) if due else None


def cooperatives(scope: Scope) -> Measured | None:
    return _of_kind(scope, SubjectKind.COOPERATIVE)


def enterprises(scope: Scope) -> Measured | None:
    return _of_kind(scope, SubjectKind.SME)


def circular_chains(scope: Scope) -> Measured | None:
    """As the subjects say now; the register keeps no past of it."""
    if not scope.is_now:
        return None
    subjects = scope.subjects()
    areas = MaterialArea.objects.filter(removed_at=None).values("subject")
    both = subjects.filter(has_circular_chain=True, pk__in=areas)
    return _share(both.count(), subjects.count())


def craft_villages(scope: Scope) -> Measured | None:
    """As the register links them now."""
    if not scope.is_now:
        return None
    villages = CraftVillage.objects.filter(scope.below("commune"), is_traditional=True)
    with_star = villages.filter(subjects__in=scope.subjects()).distinct()
    return _share(with_star.count(), villages.count())


def trained_workers(scope: Scope) -> Measured | None:
    """As the subjects say now; who told only one of the two figures is left out."""
    if not scope.is_now:
        return None
    told = scope.subjects().filter(workers__isnull=False, trained_workers__isnull=False)
    sums = told.aggregate(trained=Sum("trained_workers"), all=Sum("workers"))
    return _share(sums["trained"] or 0, sums["all"] or 0)


def modern_channels(scope: Scope) -> Measured | None:
    subjects = scope.subjects()
    offered = _sold(scope).filter(point__kind__in=MODERN).values("product__subject")
    return _share(subjects.filter(pk__in=offered).count(), subjects.count())


def points_of_sale(scope: Scope) -> Measured | None:
    """Provinces with a place, not the producer's own, where a product is sold on the day."""
    if not SoldAt.objects.filter(since_on__lte=scope.on).exists():
        return None
    offered = _sold(scope).exclude(point__kind__in=NOT_SHOWROOMS)
    paths = offered.order_by().values_list("point__commune__path", flat=True).distinct()
    asked = [scope.province] if scope.province else list(catalogue.provinces().values())
    served = [unit for unit in asked if any(path.startswith(unit.path) for path in paths if path)]
    return Measured(len(served), len(asked))


def new_enterprises(scope: Scope) -> Measured | None:
    """Small and medium enterprises and cooperatives registered since the programme began."""
    known = scope.subjects().filter(kind__in=BUSINESSES, registered_on__isnull=False)
    if not known.exists():
        return None
    return Measured(known.filter(registered_on__range=scope.period).count())


def trained_officials(scope: Scope) -> Measured | None:
    """Officials seen at a training since the programme began, each once."""
    first, last = scope.period
    begins = datetime.combine(first, time.min, tzinfo=LEGAL_ZONE)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=LEGAL_ZONE)
    trainings = SessionAttendee.objects.filter(
        scope.below("session__unit"),
        session__kind=SessionKind.TRAINING,
        session__cancelled_at=None,
        session__starts_at__gte=begins,
        session__starts_at__lt=ends,
    )
    if not trainings.exists():
        return None
    seen = trainings.filter(is_official=True, attended_at__isnull=False)
    return Measured(seen.order_by().values("person_key").distinct().count())


# Indicators without a measure here are unknown: nothing of the sort is recorded in the portal.
MEASURES: dict[str, Measure] = {
    "products": products,
    "five_star_products": five_star_products,
    "renewed_products": renewed_products,
    "cooperatives": cooperatives,
    "enterprises": enterprises,
    "circular_chains": circular_chains,
    "craft_villages": craft_villages,
    "trained_workers": trained_workers,
    "modern_channels": modern_channels,
    "points_of_sale": points_of_sale,
    "new_enterprises": new_enterprises,
    "trained_officials": trained_officials,
}


def _share(part: int, whole: int) -> Measured | None:
    return Measured(part, whole) if whole else None


def _sold(scope: Scope) -> QuerySet[SoldAt]:
    """What is offered where on the day; a proposal that no office has confirmed is no offer."""
    return SoldAt.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=scope.on), since_on__lte=scope.on, is_awaited=False
    )


def _of_kind(scope: Scope, kind: SubjectKind) -> Measured | None:
    """Subjects of a legal form on the day: those that changed it later count as what they were."""
    subjects = scope.subjects()
    number = subjects.filter(kind=kind).count()
    was: dict[int, str] = {}
    later = SubjectChange.objects.filter(
        field="kind", decided_on__gt=scope.on, subject__in=subjects
    )
    for change in later.select_related("subject").order_by("-decided_on", "-id"):
        was[change.subject_id] = change.before
    for subject in Subject.objects.filter(pk__in=was).only("pk", "kind"):
        number += (was[subject.pk] == kind) - (subject.kind == kind)
    return _share(number, subjects.count())
