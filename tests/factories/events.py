"""Events of trade promotion and applications to them."""

from datetime import datetime, timedelta
from typing import Any

from ocop_portal.accounts.models import User
from promotion.domain.events import EventKind
from promotion.models import Event, EventEntry
from promotion.services import entries, events
from promotion.services.events import EventFacts
from registry.domain.clock import legal_day
from registry.models import Product
from tests.factories import registry
from tests.factories.points import keeper


def facts(at: datetime = registry.NOW, **changes: Any) -> EventFacts:
    """A fair: ten days to apply, opens in twenty days, lasts three."""
    today = legal_day(at)
    given: dict[str, Any] = {
        "unit": registry.province(),
        "kind": EventKind.FAIR,
        "name": "Hội chợ mùa xuân",
        "call": "Mời sản phẩm từ 3 sao.",
        "place": "Nhà văn hoá tỉnh",
        "apply_by": today + timedelta(days=10),
        "starts_on": today + timedelta(days=20),
        "ends_on": today + timedelta(days=22),
        **changes,
    }
    return EventFacts(**given)


def called(*, by: User | None = None, at: datetime = registry.NOW, **changes: Any) -> Event:
    """An event that takes applications."""
    return events.call(facts(at, **changes), by=by or keeper(), at=at)


def applied(event: Event, product: Product, *, by: User, at: datetime = registry.NOW) -> EventEntry:
    return entries.apply(event, product, by=by, at=at)
