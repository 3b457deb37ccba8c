"""What upper apps show on the pages of a product and a subject: drawn here, known above.

An upper app registers in its `apps.ready()`:

    panels.register("enrolments", provider, order=10)

`provider(product, user, at)` answers with a `Panel`, or with None where the person sees nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ocop_portal.accounts.models import User
from registry.models import Product, Subject


@dataclass(frozen=True)
class Panel:
    """One block: a title, where it leads, and either a sentence or a partial with its context."""

    title: str
    url: str = ""
    text: str = ""
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[Product, User, datetime], Panel | None]
_providers: dict[str, tuple[int, Provider]] = {}


def register(name: str, provider: Provider, *, order: int) -> None:
    """Announces a panel; a name has one provider, panels stand in the order of `order`."""
    if _providers.setdefault(name, (order, provider))[1] is not provider:
        raise ValueError(f"{name}: two panels")


def panels_of(product: Product, user: User, at: datetime) -> list[Panel]:
    """The panels that this person sees on this product, in their order."""
    ordered = sorted(_providers.items(), key=lambda entry: (entry[1][0], entry[0]))
    found = (provider(product, user, at) for _name, (_order, provider) in ordered)
    return [panel for panel in found if panel is not None]


SubjectProvider = Callable[[Subject, User, datetime], Panel | None]
_subject_providers: dict[str, SubjectProvider] = {}


def register_subject(name: str, provider: SubjectProvider) -> None:
    """Announces a panel on the page of a subject; a name has one provider."""
    if _subject_providers.setdefault(name, provider) is not provider:
        raise ValueError(f"{name}: two panels")


def subject_panels_of(subject: Subject, user: User, at: datetime) -> list[Panel]:
    """The panels that this person sees on this subject, by their names."""
    providers = (_subject_providers[name] for name in sorted(_subject_providers))
    found = (provider(subject, user, at) for provider in providers)
    return [panel for panel in found if panel is not None]
