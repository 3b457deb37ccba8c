"""The menu of the desk, and pages beside each other: each app says what it offers to a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse

Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class NavItem:
    """One entry: what it says, where it leads, its place (lower first)."""

    label: Any
    url_name: str = ""
    url: str = ""
    order: int = 100

    @property
    def address(self) -> str:
        return self.url or reverse(self.url_name)


@dataclass(frozen=True)
class ShownItem:
    """An entry as a template draws it; `current` where the reader is inside it."""

    label: Any
    url: str
    current: bool


Offer = Callable[[Any], Iterable[NavItem]]
_offers: list[Offer] = []
_tabs: dict[str, list[Offer]] = {}


def register(offer: Offer) -> Offer:
    """Adds the entries that `offer(user)` yields to the menu; once for each offer.

    Visitors have a menu too: an offer is asked with an AnonymousUser and must not query for it.
    """
    if offer not in _offers:
        _offers.append(offer)
    return offer


def register_tabs(group: str, offer: Offer) -> Offer:
    """Adds entries to the pages that stand beside each other under a name, across apps.

    The menu of an office is full; whoever stands on one page of the group finds the others.
    """
    offers = _tabs.setdefault(group, [])
    if offer not in offers:
        offers.append(offer)
    return offer


def items_for(user: Person, path: str) -> list[ShownItem]:
    """The person's menu in its order; the deepest entry that holds `path` is current."""
    return _shown(_offers, user, path)


def tabs_for(group: str, user: Person, path: str) -> list[ShownItem]:
    """The pages of a group that the person may open, in their order."""
    return _shown(_tabs.get(group, []), user, path)


def _shown(offers: Iterable[Offer], user: Person, path: str) -> list[ShownItem]:
    entries = sorted(
        (entry for offer in offers for entry in offer(user)), key=lambda entry: entry.order
    )
    holding = [entry.address for entry in entries if path.startswith(entry.address)]
    here = max(holding, key=len, default="")
    return [ShownItem(entry.label, entry.address, entry.address == here) for entry in entries]
