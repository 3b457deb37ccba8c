"""What provinces spent on the programme: recorded by day, struck out with a reason."""

from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Unit
from reporting.domain.funds import check_amount
from reporting.domain.plan_states import check_year
from reporting.models import Spending
from reporting.permissions import may_write_for
from reporting.services.province_plans import check_codes


@transaction.atomic
def record(
    unit: Unit,
    *,
    spent_on: date,
    source: str,
    project: str,
    amount: int,
    note: str,
    by: User,
    at: datetime,
) -> Spending:
    """One amount in whole đồng. Refused: a day to come, a code that the year does not have."""
    require(may_write_for(by, unit, on=legal_day(at)))
    check_year(spent_on.year)
    if spent_on > legal_day(at):
        raise RuleBroken("spending.day", term("Ngày chi chưa tới."), field="spent_on")
    check_codes(source, project, spent_on.year)
    check_amount(amount)
    if not note.strip():
        raise RuleBroken("spending.note", term("Hãy ghi nội dung chi."), field="note")
    row = Spending.objects.create(
        unit=unit,
        spent_on=spent_on,
        source=source,
        project=project,
        amount=amount,
        note=nfc(note).strip(),
        recorded_by=by,
        recorded_at=at,
    )
    _tell("recorded", row, by, at)
    return row


@transaction.atomic
def strike(row: Spending, *, reason: str, by: User, at: datetime) -> Spending:
    """What was written wrongly counts no more; the line stays readable. Twice is refused."""
    current = Spending.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.pk)
    require(may_write_for(by, current.unit, on=legal_day(at)))
    if current.struck_at is not None:
        raise RuleBroken("spending.struck", term("Khoản chi này đã được gạch bỏ rồi."))
    if not reason.strip():
        raise RuleBroken("spending.reason", term("Hãy ghi lý do gạch bỏ."), field="reason")
    current.struck_at, current.struck_reason = at, nfc(reason).strip()
    current.save(update_fields=["struck_at", "struck_reason"])
    _tell("struck", current, by, at)
    return current


def _tell(word: str, row: Spending, by: User, at: datetime) -> None:
    journal.record(
        f"reporting.spending.{word}",
        subject=row,
        actor=by,
        at=at,
        facts={
            "unit": row.unit_id,
            "source": row.source,
            "project": row.project,
            "amount": row.amount,
        },
    )
