"""A recognised product on its way to the next evaluation, and what promotion brought it."""

from datetime import timedelta

from cycle.domain.journey import RECOGNISED, EnrolmentKind
from cycle.models import Dossier
from promotion.domain.entries import Outcome
from promotion.domain.sales import PlaceKind, Quarter
from promotion.services import entries, listings, points_of_sale, sale_results
from registry.models import Subject
from tests.factories import cycle, rubrics
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import promotion as make

NOW = make.NOW
LATER = NOW + timedelta(days=30)


def renewal(subject: Subject) -> Dossier:
    """A dossier of re-evaluation for a product that holds a certificate."""
    product = cycle.product(maker=subject)
    chosen = product.classifications.get(regime="2026").product_set
    rubrics.edition("2026", chosen.number)
    held = make.certificate(product, product_set=chosen)
    listings.refresh(held.product, at=NOW)
    row = cycle.enrolment(
        cycle.season("2026"),
        item=product,
        kind=EnrolmentKind.RE_EVALUATION,
        facts=frozenset({RECOGNISED}),
    )
    return cycle.draft_dossier(row)


def promoted(dossier: Dossier) -> Dossier:
    """Two contracts at a fair, forty orders on a platform."""
    product, officer = dossier.enrolment.product, make_points.keeper()
    by = cycle.owner_of(dossier.enrolment)
    event = make_events.called(by=officer)
    entry = make_events.applied(event, product, by=by)
    entries.select(entry, reason="Đặc sản", by=officer, at=NOW)
    entries.mark(entry, is_present=True, by=officer, at=NOW + timedelta(days=21))
    told_at = NOW + timedelta(days=23)
    entries.tell_outcome(entry, Outcome(2, 12_500_000), by=by, at=told_at)
    sold = points_of_sale.offer(
        product,
        name="Sàn Chợ Quê",
        kind=PlaceKind.ONLINE,
        website="https://cho.example",
        by=by,
        at=NOW,
    )
    sale_results.tell(sold, Quarter(2026, 4), orders=40, revenue=8_000_000, by=by, at=LATER)
    return dossier
