"""What programs may follow of the cycle; what is only saved on the way is no news."""

from django.urls import reverse

from cycle.models import Dossier, Enrolment
from cycle.selectors import visible_enrolments
from cycle.selectors.dossiers import visible_dossiers
from ocop_portal.clients import feeds
from ocop_portal.clients.feeds import Feed

ENROLMENT = ("opened", "advanced", "rated", "ended")
DOSSIER = (
    "lodged",
    "reported",
    "accepted",
    "returned",
    "sent_back",
    "forwarded",
    "handed_down",
    "recognised",
    "not_recognised",
    "withdrawn",
)


def register() -> None:
    """Called once, when the portal starts."""
    feeds.register(
        Feed(
            model=Enrolment,
            kinds=frozenset(f"cycle.enrolment.{word}" for word in ENROLMENT),
            visible=visible_enrolments,
            address=lambda pk: reverse("api-enrolment", args=[pk]),
        )
    )
    feeds.register(
        Feed(
            model=Dossier,
            kinds=frozenset(f"cycle.dossier.{word}" for word in DOSSIER),
            visible=visible_dossiers,
            address=lambda pk: reverse("api-dossier", args=[pk]),
        )
    )
