"""Lodging with what only the apps above know: the same for the page and for programs."""

from datetime import datetime

from cycle import facts as told
from cycle.domain.dossier import SELF_ASSESSED
from cycle.models import Dossier
from cycle.services import dossiers
from ocop_portal.accounts.models import User


def lodge(
    dossier: Dossier, fact: told.Fact, *, by: User, at: datetime, version: int | None = None
) -> Dossier:
    """Hands the dossier in with the self-assessment and the end of the recognition as told."""
    return dossiers.lodge(
        dossier,
        facts=frozenset({SELF_ASSESSED}) if fact.is_complete else frozenset(),
        rubric_hash=fact.rubric_hash,
        assessment=fact.summary,
        valid_until=told.valid_until(dossier),
        version=version,
        by=by,
        at=at,
    )
