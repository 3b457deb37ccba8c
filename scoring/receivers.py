"""What the cycle announces, and what the scoring does about it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from cycle.models import Dossier
from cycle.signals import dossier_forwarded, dossier_received
from ocop_portal.accounts.models import User
from ocop_portal.journal import bell
from registry.domain.regime import Level
from scoring.services import packages

MAKE_PACKAGE = "scoring.tasks.make_package"


@receiver(dossier_forwarded, dispatch_uid="scoring.dossier_forwarded")
def note_package(
    *, dossier_id: int, from_level: str, to_level: str, at: datetime, **_news: Any
) -> None:
    """The package for the next level is noted with the move, and made after the commit."""
    dossier = Dossier.objects.get(pk=dossier_id)
    package = packages.note(dossier, from_level=Level(from_level), to_level=Level(to_level), at=at)
    if package is not None:
        transaction.on_commit(partial(bell.ring, MAKE_PACKAGE, package.pk), robust=True)


@receiver(dossier_received, dispatch_uid="scoring.dossier_received")
def verify_package(*, dossier_id: int, level: str, by_id: int, at: datetime, **_news: Any) -> None:
    """A dossier whose package does not check out is not received: the refusal undoes the move."""
    packages.verify(
        Dossier.objects.get(pk=dossier_id), Level(level), by=User.objects.get(pk=by_id), at=at
    )
