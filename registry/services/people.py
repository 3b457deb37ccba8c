"""Closes and opens accounts, lets people in again, and hands over what waits on who leaves."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts import lockout
from ocop_portal.accounts import services as accounts
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry import duties
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Posting
from registry.permissions import may_close_account, may_unlock
from registry.selectors.people import active
from registry.services import postings

LONGEST_REASON = 500


@transaction.atomic
def deactivate(person: User, *, reason: str, by: User, at: datetime, ends: bool = False) -> User:
    """Nobody comes in with this account: sessions end now, programs are shut out.

    The postings sleep: they give no power while the account is closed and give it again when it
    is opened, so that a leave or a mistake is undone by one act. With `ends` those on units end
    today. Refused: without a reason, oneself, the last administrator of the programme.
    """
    require(may_close_account(by, person, on=legal_day(at)))
    person = User.objects.select_for_update().get(pk=person.pk)
    why = _checked(reason)
    postings.keep_an_administrator(person, on=legal_day(at))
    if ends:
        held = Posting.objects.filter(user=person, unit__isnull=False)
        for posting in held.filter(active(legal_day(at))).order_by("pk"):
            postings.end(posting, by=by, at=at)
    if accounts.close(person, at=at):
        _record("deactivated", person, by, at, reason=why)
    return person


@transaction.atomic
def reactivate(person: User, *, reason: str, by: User, at: datetime) -> User:
    """The person comes in again, with the password and the postings that are still in force."""
    require(may_close_account(by, person, on=legal_day(at)))
    person = User.objects.select_for_update().get(pk=person.pk)
    why = _checked(reason)
    if accounts.reopen(person):
        _record("reactivated", person, by, at, reason=why)
    return person


@transaction.atomic
def move_address(person: User, *, email: str, reason: str, by: User, at: datetime) -> None:
    """Sends the person a link to another log-in address; the old address is told.

    The address changes by the link together with the person's password, so nobody takes an
    account over with a mail box of one's own, and a mistyped address gives nothing away. Refused:
    without a reason, one's own (there is a page for it), an account that is closed. Whether the
    address has an account elsewhere is not told.
    """
    require(may_close_account(by, person, on=legal_day(at)))
    why = _checked(reason)
    if not person.is_active:
        raise RuleBroken("person.closed", term("Tài khoản này đang ngừng; hãy mở lại trước."))
    accounts.ask_for_address(person, email=email, by=by, at=at, reason=why)


@transaction.atomic
def unlock(person: User, *, by: User, at: datetime) -> None:
    """Who mistyped the password too often may try again at once."""
    require(may_unlock(by, person, on=legal_day(at)))
    if lockout.unlock(person):
        _record("unlocked", person, by, at)


@transaction.atomic
def hand_over(person: User, *, sort: str, key: int, to: User, by: User, at: datetime) -> None:
    """Gives one piece of work that waits on the person to a colleague.

    Refused: to the person, to somebody who cannot come in, what is not waiting any more, what
    the app's own service refuses to give this colleague.
    """
    require(may_close_account(by, person, on=legal_day(at)))
    give = duties.hand_over_of(sort)
    waits = any(
        each.sort == sort and each.duty.key == key for each in duties.waiting_on(person, at)
    )
    if give is None or not waits:
        raise RuleBroken("duty.gone", term("Việc này không còn chờ người đó; hãy tải lại trang."))
    if to.pk == person.pk or not to.is_active:
        raise RuleBroken(
            "duty.colleague", term("Hãy chọn một đồng nghiệp khác đang làm việc."), field="to"
        )
    give(key, to=to, by=by, at=at)
    _record("passed", person, by, at, noun="duty", sort=sort, key=key, to=to.pk)


def _checked(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise RuleBroken("person.reason", term("Hãy ghi lý do."), field="reason")
    return why[:LONGEST_REASON]


def _record(
    word: str, person: User, by: User, at: datetime, *, noun: str = "person", **facts: object
) -> None:
    journal.record(f"registry.{noun}.{word}", subject=person, actor=by, at=at, facts=facts)
