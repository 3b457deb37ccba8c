"""What upper apps show on the page of a dossier: the cycle draws it and knows nothing of it.

An upper app registers in its `apps.ready()`:

    panels.register("self_assessment", provider, order=10)

`provider(dossier, user)` answers with a `Panel`, or with None where the person may see nothing.
A panel with a `status` also stands in the subject's task list while the dossier is being written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.domain.tasklist import TaskStatus
from cycle.models import Dossier, Round
from ocop_portal.accounts.models import User


@dataclass(frozen=True)
class Panel:
    """One block: a title, where it leads, and either a sentence or a template with its context."""

    title: str
    url: str = ""
    text: str = ""
    status: TaskStatus | None = None
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[Dossier, User], Panel | None]
_providers: dict[str, tuple[int, Provider]] = {}


def register(name: str, provider: Provider, *, order: int) -> None:
    """Announces a panel; a name has one provider, panels stand in the order of `order`."""
    if _providers.setdefault(name, (order, provider))[1] is not provider:
        raise ValueError(f"{name}: two panels")


def panels_of(dossier: Dossier, user: User) -> list[Panel]:
    """The panels that this person sees on this dossier, in their order."""
    ordered = sorted(_providers.items(), key=lambda entry: (entry[1][0], entry[0]))
    found = (provider(dossier, user) for _name, (_order, provider) in ordered)
    return [panel for panel in found if panel is not None]


RoundProvider = Callable[[Round, User], Panel | None]
_round_providers: dict[str, RoundProvider] = {}


def register_round(name: str, provider: RoundProvider) -> None:
    """Announces a panel on the page of a round; a name has one provider."""
    if _round_providers.setdefault(name, provider) is not provider:
        raise ValueError(f"{name}: two panels")


def round_panels_of(season: Round, user: User) -> list[Panel]:
    """The panels that this person sees on this round, by their names."""
    found = (_round_providers[name](season, user) for name in sorted(_round_providers))
    return [panel for panel in found if panel is not None]
