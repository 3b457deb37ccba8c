"""A member's word about a conflict of interest: before it, only the title is visible."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.models import AgendaItem, Declaration
from scoring.selectors.councils import seat_of
from scoring.selectors.sessions import declaration_of
from scoring.services.items import about, locked_item


@transaction.atomic
def declare(
    item: AgendaItem, *, has_conflict: bool, note: str = "", by: User, at: datetime
) -> Declaration:
    """Keeps the member's word; the same word again changes nothing.

    A declared conflict stays and counts the member out for this product only; "none" may become
    a conflict until the item has ended. Refused: taking a conflict back, an ended item.
    """
    current = locked_item(item)
    on = legal_day(at)
    require(permissions.may_declare(by, current, on=on))
    member = seat_of(by, current.session.council, on)
    if member is None:
        raise AssertionError("may_declare has found a seat")
    earlier = declaration_of(current, member)
    if earlier is not None and earlier.has_conflict == has_conflict:
        return earlier
    _check(current, earlier)
    declared, _made = Declaration.objects.update_or_create(
        item=current,
        member=member,
        defaults={"has_conflict": has_conflict, "note": note, "at": at},
    )
    word = "scoring.conflict.declared" if has_conflict else "scoring.conflict.denied"
    facts = {**about(current), "member": str(by)}
    journal.record(word, subject=current, actor=by, at=at, facts=facts)
    return declared


def _check(item: AgendaItem, earlier: Declaration | None) -> None:
    if not item.status.is_pending:
        raise RuleBroken("declaration.ended", term("Hồ sơ này đã kết luận."))
    if earlier is not None and earlier.has_conflict:
        raise RuleBroken(
            "declaration.stays",
            term("Xung đột lợi ích đã khai không rút lại được trong phiên này."),
        )
