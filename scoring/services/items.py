"""The row of an agenda item as it is now: the lock that every act on it begins with."""

from scoring.models import AgendaItem
from scoring.selectors.sessions import WITH_DOSSIER


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item as it is now, locked until the transaction ends.

    Sheets, findings and conclusions all take this lock first, so a sheet that is being saved
    and a conclusion wait for each other.
    """
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related(
        "session__council__unit", *WITH_DOSSIER
    )
    return rows.get(pk=item.pk)


def about(item: AgendaItem) -> dict[str, object]:
    """What an entry about an item holds: ids and the title, nothing of any sheet."""
    return {
        "session_id": item.session_id,
        "item_id": item.pk,
        "dossier_id": item.dossier_id,
        "product": item.dossier.enrolment.product.name,
        "council": item.session.council.name,
    }
