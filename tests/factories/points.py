"""Points of sale of the register."""

from datetime import datetime
from typing import Any

from ocop_portal.accounts.models import User
from promotion.domain.sales import PlaceKind
from promotion.models import PointOfSale
from promotion.services import point_register
from promotion.services.point_register import PointFacts
from registry.domain.roles import Role
from registry.models import Unit
from tests.factories import cycle, registry


def keeper(unit: Unit | None = None) -> User:
    """An officer of the province of Thái Nguyên, or of the unit named."""
    return cycle.holder(Role.PROVINCIAL_OFFICER, unit or registry.province())


def facts(**changes: Any) -> PointFacts:
    given: dict[str, Any] = {
        "name": "Siêu thị Minh Cầu",
        "kind": PlaceKind.SUPERMARKET,
        "commune": registry.commune(),
        **changes,
    }
    return PointFacts(**given)


def registered(
    *, by: User | None = None, at: datetime = registry.NOW, **changes: Any
) -> PointOfSale:
    """A place in the register."""
    return point_register.register(facts(**changes), by=by or keeper(), at=at)
