"""The samples of a dossier that a level keeps, and how many units lie there."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cycle.domain.dossier import WITH_SAMPLES
from cycle.domain.posts import LEVEL_OF
from cycle.domain.samples import Arrival, CustodyKind, Stock, held
from cycle.models import CustodyEvent, Dossier, Sample
from cycle.selectors.dossiers import visible_dossiers
from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.selectors import postings_of


def sample_of(dossier: Dossier) -> Sample | None:
    """The samples at the level whose turn the dossier is."""
    return Sample.objects.filter(dossier=dossier, level=dossier.level).first()


def custody_of(sample: Sample | None) -> list[CustodyEvent]:
    """What happened to the samples, the oldest first."""
    if sample is None:
        return []
    return list(sample.events.select_related("by").order_by("id"))


def stock_of(dossier: Dossier) -> Stock:
    """Units owed by the set, and units in the store of the dossier's level."""
    events = CustodyEvent.objects.filter(sample__dossier=dossier, sample__level=dossier.level)
    units = held((CustodyKind(kind), count) for kind, count in events.values_list("kind", "units"))
    return Stock(required=dossier.product_set.samples_required, held=units)


def arrivals_of(dossiers: Collection[Dossier]) -> dict[int, Arrival]:
    """Per dossier the units owed and the units that its level took in; one query for all."""
    came = (
        CustodyEvent.objects.filter(sample__dossier__in=dossiers, kind=CustodyKind.RECEIVED)
        .filter(sample__level=F("sample__dossier__level"))
        .order_by()
        .values_list("sample__dossier")
        .annotate(units=Sum("units"))
    )
    received = dict(came)
    return {
        dossier.pk: Arrival(dossier.product_set.samples_required, received.get(dossier.pk, 0))
        for dossier in dossiers
    }


def _taken() -> Coalesce:
    """The units that the level of a dossier took in, for a query over dossiers."""
    came = (
        CustodyEvent.objects.filter(sample__dossier=OuterRef("pk"), kind=CustodyKind.RECEIVED)
        .filter(sample__level=OuterRef("level"))
        .order_by()
        .values("sample__dossier")
        .annotate(units=Sum("units"))
        .values("units")
    )
    return Coalesce(Subquery(came), 0)


def with_samples(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers, each with `samples_taken`: the units that its level took in."""
    return rows.annotate(samples_taken=_taken())


def arrival_at(dossier: Dossier) -> Arrival | None:
    """What came in of a row of `with_samples`, where samples are awaited from it."""
    taken: int | None = getattr(dossier, "samples_taken", None)
    if taken is None or dossier.state not in WITH_SAMPLES or not dossier.enrolment.is_active:
        return None
    arrival = Arrival(dossier.product_set.samples_required, taken)
    return arrival if arrival.is_short else None


def samples_waiting_for(user: User, on: date) -> QuerySet[Dossier]:
    """Dossiers that the person's office has taken in, and of which samples are missing still."""
    mine = Q(pk__in=[])
    for posting in postings_of(user, on):
        level = LEVEL_OF.get(Role(posting.role))
        if level is not None and posting.unit is not None:
            mine |= Q(enrolment__commune__path__startswith=posting.unit.path, level=level)
    rows = visible_dossiers(user, on).filter(
        mine, state__in=WITH_SAMPLES, enrolment__ended_at__isnull=True
    )
    short = rows.annotate(samples_taken=_taken()).filter(
        samples_taken__lt=F("product_set__samples_required")
    )
    return short.order_by(F("due_on").asc(nulls_last=True), "created_at", "id")
