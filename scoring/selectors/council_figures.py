"""The figures of one council's work, from its sheets, results and complaints."""

from django.db.models import QuerySet

from registry.domain.clock import legal_day
from scoring.domain.complaint_states import ComplaintEffect, ComplaintState
from scoring.domain.council_figures import CouncilFigures, SheetFact, late, spreads
from scoring.domain.session_states import ItemState, SessionState
from scoring.models import AgendaItem, Ballot, Complaint, Council, Rating, Session, Sheet
from scoring.selectors.complaints import open_values


def figures_of(council: Council) -> CouncilFigures:
    """Counted now, over the whole term of the council."""
    items = AgendaItem.objects.filter(session__council=council)
    results = Rating.objects.filter(item__session__council=council)
    sheets = _sheets(council)
    late_sheets, most_days = late(sheets)
    counted = [[row["total"] for row in each] for each in results.values_list("counted", flat=True)]
    median, widest = spreads(counted)
    complaints = Complaint.objects.filter(rating__item__session__council=council)
    return CouncilFigures(
        sessions=_held(council).count(),
        results=len(counted),
        without_result=items.filter(state=ItemState.WITHOUT_RESULT).count(),
        sheets=len(sheets),
        late_sheets=late_sheets,
        most_days_late=most_days,
        median_spread=median,
        widest_spread=widest,
        reconciled=Ballot.objects.filter(item__in=items).values("item").distinct().count(),
        complaints=complaints.exclude(state=ComplaintState.WITHDRAWN).count(),
        complaints_open=complaints.filter(state__in=open_values()).count(),
        complaints_granted=complaints.filter(
            effect__in=[effect.value for effect in ComplaintEffect if effect.grants]
        ).count(),
    )


def _held(council: Council) -> QuerySet[Session]:
    held = [SessionState.OPENED.value, SessionState.CLOSED.value]
    return Session.objects.filter(council=council, state__in=held)


def _sheets(council: Council) -> list[SheetFact]:
    rows = Sheet.objects.filter(
        item__session__council=council, submitted_at__isnull=False
    ).select_related("item__session")
    return [
        SheetFact(legal_day(row.submitted_at), row.item.session.due_on)
        for row in rows
        if row.submitted_at is not None
    ]
