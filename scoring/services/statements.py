"""A member's own statement of interests, from which relations are proposed."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from scoring import permissions
from scoring.models import InterestStatement


@transaction.atomic
def state(
    *, tax_code: str, phone: str, communes: str, employers: str, by: User, at: datetime
) -> InterestStatement:
    """Keeps what the member states now; the journal knows that it was stated, not what.

    Refused: a person without a seat in any council.
    """
    require(permissions.may_state_interests(by, on=legal_day(at)))
    stated, _made = InterestStatement.objects.update_or_create(
        user=by,
        defaults={
            "tax_code": tax_code,
            "phone": phone,
            "communes": communes,
            "employers": employers,
            "stated_at": at,
        },
    )
    journal.record("scoring.interests.stated", subject=stated, actor=by, at=at)
    return stated
