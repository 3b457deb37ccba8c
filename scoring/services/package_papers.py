"""The papers that go up with a dossier: sheets, minutes, results and decisions as they are printed.

The data lies beside them in the package; whoever opens it without our programs reads the papers.
"""

from collections.abc import Iterator

from scoring.models import DecisionItem, Package, Rating
from scoring.selectors.packages import counted_sheets, results_until
from scoring.selectors.sessions import items
from scoring.services.documents import make_decision
from scoring.services.filled_sheets import filled_sheet
from scoring.services.minutes_documents import minutes_extract
from scoring.services.result_papers import result_sheet

Papers = Iterator[tuple[str, list[bytes]]]


def papers_of(package: Package) -> Papers:
    """Each paper with its place in the package, level by level in the order of scoring."""
    for rating in results_until(package):
        yield f"ket-qua/{rating.pk}.pdf", [result_sheet(rating)]
        yield f"bien-ban/{rating.item_id}.pdf", [minutes_extract(items().get(pk=rating.item_id))]
        for sheet in counted_sheets(rating):
            yield f"phieu/{rating.pk}-{sheet.pk}.pdf", [filled_sheet(sheet)]
        yield from _decisions_on(rating)


def _decisions_on(rating: Rating) -> Papers:
    """The signed decisions that name a result; of a draft nothing goes up."""
    signed = DecisionItem.objects.filter(rating=rating, decision__signed_at__isnull=False)
    for item in signed.select_related("decision").order_by("decision__signed_at", "id"):
        with make_decision(item.decision).pdf.open("rb") as stored:
            yield f"quyet-dinh/{item.decision_id}.pdf", [stored.read()]
