"""The samples of a dossier that a level keeps, and how many units lie there."""

from cycle.domain.samples import CustodyKind, Stock, held
from cycle.models import CustodyEvent, Dossier, Sample


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
