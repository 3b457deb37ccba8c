"""Information and training sessions for tests, made through the services."""

from datetime import timedelta
from typing import Any

from cycle.domain.sessions import SessionKind
from cycle.models import InformationSession
from cycle.services import sessions
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.registry import NOW


def session(**fields: Any) -> InformationSession:
    """A training of the commune, tomorrow, with twenty seats."""
    place = fields.pop("unit", None) or registry.commune()
    starts_at = fields.pop("starts_at", NOW + timedelta(days=1))
    facts: dict[str, Any] = {
        "title": "Lớp chè ngon",
        "kind": SessionKind.TRAINING,
        "place": "Nhà văn hóa xã",
        "ends_at": starts_at + timedelta(hours=3),
        "registration_closes_at": starts_at,
        "capacity": 20,
        "by": fields.pop("by", None) or cycle.holder(Role.COMMUNE_OFFICER, place),
        "at": NOW,
        **fields,
    }
    return sessions.hold(unit=place, starts_at=starts_at, **facts)
