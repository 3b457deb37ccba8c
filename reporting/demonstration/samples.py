"""The samples on the table of a council that sits today, each under its number."""

from cycle.domain.samples import CustodyKind
from cycle.services import samples
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from scoring.models import Session
from scoring.selectors.tastings import items_to_number
from scoring.services import tastings


def set_out(table: Table, session: Session, *, calendar: Calendar) -> None:
    """What each set owes has come; the secretary draws the numbers of what is tasted."""
    for item in session.items.select_related("dossier__product_set").order_by("order"):
        owed = item.dossier.product_set.samples_required
        if owed:
            samples.record(
                item.dossier,
                kind=CustodyKind.RECEIVED,
                units=owed,
                place="Tủ mẫu, phòng Kinh tế",
                by=table.officer,
                at=calendar.at(2),
            )
    if items_to_number(session):
        tastings.draw_numbers(session, by=table.bench.secretary, at=calendar.at(0, 8, 40))
