"""The representative's word for a lodging that somebody else of the subject hands in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cycle.domain.confirmation import LIVES, MOST_ATTEMPTS, PAUSE
from cycle.models import Dossier, LodgingConfirmation
from cycle.permissions import may_commit, may_write
from cycle.selectors import newest_confirmation, representatives_of, whose_code
from cycle.selectors.confirmations import new_nonce
from cycle.services.history import about, about_dossier, locked_dossier, require_active
from cycle.services.papers import require_open
from cycle.services.snapshots import content_hash_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term


@transaction.atomic
def ask(
    dossier: Dossier, *, rubric_hash: str, assessment: Mapping[str, Any], by: User, at: datetime
) -> LodgingConfirmation:
    """Sends the representatives a code for what would be lodged now; older codes end.

    Refused: strangers, a representative (who lodges in person), a subject without one, a dossier
    in other hands, a second asking within a minute.
    """
    on = legal_day(at)
    require(may_write(by, dossier.enrolment, on=on))
    current = locked_dossier(dossier)
    require_active(current.enrolment)
    require_open(current)
    if may_commit(by, current.enrolment, on=on):
        raise RuleBroken("confirmation.not_needed", NOT_NEEDED)
    if not representatives_of(current.enrolment, on).exists():
        raise RuleBroken("confirmation.nobody", NOBODY)
    last = newest_confirmation(current)
    if last is not None and at - last.asked_at < PAUSE:
        raise RuleBroken("confirmation.too_soon", TOO_SOON)
    asked = LodgingConfirmation.objects.create(
        dossier=current,
        content_hash=content_hash_of(current, rubric_hash=rubric_hash, assessment=assessment),
        nonce=new_nonce(),
        asked_by=by,
        asked_at=at,
        expires_at=at + LIVES,
    )
    facts = {**about(current.enrolment), **about_dossier(current), "confirmation": asked.pk}
    journal.record(
        "cycle.dossier.confirmation_asked", subject=current, actor=by, at=at, facts=facts
    )
    return asked


def enter(dossier: Dossier, *, code: str, by: User, at: datetime) -> LodgingConfirmation:
    """The code that a representative gave; a wrong one is counted, and the reason is said.

    The count stays although the entry is refused, so this is no transaction of the caller.
    """
    asked, refusal = _entered(dossier, code=code, by=by, at=at)
    if refusal is not None:
        raise refusal
    assert asked is not None  # noqa: S101 - there is no refusal
    return asked


@transaction.atomic
def _entered(
    dossier: Dossier, *, code: str, by: User, at: datetime
) -> tuple[LodgingConfirmation | None, RuleBroken | None]:
    on = legal_day(at)
    require(may_write(by, dossier.enrolment, on=on))
    current = locked_dossier(dossier)
    asked = newest_confirmation(current)
    if asked is None:
        return None, RuleBroken("confirmation.missing", MISSING)
    if not asked.is_live(at):
        return asked, RuleBroken("confirmation.ended", ENDED, field="code")
    person = whose_code(asked, code, representatives_of(current.enrolment, on))
    if person is None:
        asked.attempts += 1
        asked.save(update_fields=["attempts"])
        left = MOST_ATTEMPTS - asked.attempts
        return asked, RuleBroken("confirmation.wrong", WRONG, field="code", left=left)
    if asked.confirmed_at is None:
        asked.confirmed_by, asked.confirmed_at = person, at
        asked.save(update_fields=["confirmed_by", "confirmed_at"])
        facts = {**about(current.enrolment), "representative": person.pk}
        journal.record("cycle.dossier.confirmed", subject=current, actor=by, at=at, facts=facts)
    return asked, None


def representative_of(dossier: Dossier, content_hash: str, *, by: User, at: datetime) -> User:
    """Who stands for the lodging of this content: the representative in person, or by a code.

    Refused: no code yet, an ended one, a content that has changed since the code was asked for.
    """
    if may_commit(by, dossier.enrolment, on=legal_day(at)):
        return by
    asked = newest_confirmation(dossier)
    # A code serves one lodging: what was confirmed before the last one counts no more.
    is_spent = asked is not None and dossier.lodged_at and asked.asked_at <= dossier.lodged_at
    if asked is None or asked.confirmed_by is None or is_spent:
        raise RuleBroken("confirmation.missing", MISSING)
    if at >= asked.expires_at:
        raise RuleBroken("confirmation.ended", ENDED)
    if asked.content_hash != content_hash:
        raise RuleBroken("confirmation.other_content", OTHER_CONTENT)
    return asked.confirmed_by


NOT_NEEDED = term("Bạn là người đại diện: hãy tự nộp, không cần mã.")
NOBODY = term("Chủ thể chưa có người đứng tên trên cổng để xác nhận.")
TOO_SOON = term("Mã vừa được gửi. Hãy chờ một phút rồi mới xin mã khác.")
MISSING = term("Người đại diện chưa xác nhận: hãy xin mã rồi nhập mã đó.")
ENDED = term("Mã này không dùng được nữa (hết hạn hoặc nhập sai nhiều lần). Hãy xin mã mới.")
WRONG = term("Mã không đúng. Còn %(left)s lần nhập; sau đó phải xin mã mới.")
OTHER_CONTENT = term(
    "Hồ sơ đã thay đổi sau khi xin mã, nên mã không còn khớp. Hãy xin mã mới cho nội dung này."
)
