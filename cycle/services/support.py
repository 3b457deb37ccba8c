"""Requests for support: sent by the producer, answered by the office; the only door to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cycle.domain import support as rules
from cycle.domain.steps import Step
from cycle.domain.support import SUPPORT, SupportKind, SupportMove, SupportState
from cycle.models import Enrolment, SupportRequest
from cycle.permissions import may_answer_support, may_write
from cycle.selectors import promised_day, was_recognised
from cycle.services.history import about, locked_enrolment, require_active
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term

WORDS = {
    SupportMove.ANSWER: "answered",
    SupportMove.GRANT: "granted",
    SupportMove.REFUSE: "refused",
    SupportMove.COMPLETE: "completed",
}


@dataclass(frozen=True)
class Answer:
    """What the office says; empty parts leave what was said before."""

    text: str = ""
    provider: str = ""
    source: str = ""
    money: int | None = None
    outcome: str = ""


@transaction.atomic
def send(
    enrolment: Enrolment, *, kind: SupportKind, text: str, by: User, at: datetime
) -> SupportRequest:
    """A request of the producer, to be answered within the promised working days.

    Refused: before the idea is accepted, after the end of the enrolment, without words, and a
    value-chain sub-project for a product that was never recognised. The same request again,
    while it waits, is the same request.
    """
    require(may_write(by, enrolment, on=legal_day(at)))
    current = locked_enrolment(enrolment)
    require_active(current)
    kind, text = SupportKind(kind), nfc(text).strip()
    _check(current, kind, text)
    asked, is_new = SupportRequest.objects.get_or_create(
        enrolment=current,
        kind=kind,
        text=text,
        state=SupportState.SENT,
        defaults={
            "sent_at": at,
            "sent_by": by,
            "due_on": promised_day("support_request", legal_day(at)),
        },
    )
    if is_new:
        _tell("sent", asked, by=by, at=at)
    return asked


@transaction.atomic
def decide(
    asked: SupportRequest,
    move: SupportMove,
    *,
    answer: Answer,
    version: int,
    by: User,
    at: datetime,
) -> SupportRequest:
    """The office answers, grants, refuses or completes by the table; two at once: one is stale.

    Refused: a move that its state does not allow, an answer, provider or outcome left out, and a
    negative sum.
    """
    require(may_answer_support(by, asked, on=legal_day(at)))
    locked_enrolment(asked.enrolment)
    current = (
        SupportRequest.objects.select_for_update(of=("self",))
        .select_related("enrolment__product__subject", "enrolment__round")
        .get(pk=asked.pk)
    )
    if current.version != version:
        raise Stale("support.stale", term("Có người vừa trả lời đề nghị này. Hãy xem lại."))
    _write(current, answer)
    current.state = SUPPORT.decide(SupportState(current.state), move, _facts(current))
    current.due_on = None
    current.decided_at, current.decided_by = at, by
    current.version += 1
    current.save(
        update_fields=[
            "answer",
            "provider",
            "source",
            "money",
            "outcome",
            "state",
            "due_on",
            "decided_at",
            "decided_by",
            "version",
        ]
    )
    _tell(WORDS[move], current, by=by, at=at)
    return current


def _check(enrolment: Enrolment, kind: SupportKind, text: str) -> None:
    if enrolment.step == Step.IDEA:
        raise RuleBroken(
            "support.step",
            term("Đề nghị hỗ trợ gửi được khi ý tưởng đã được chấp nhận."),
        )
    if not text:
        raise RuleBroken("support.text", term("Hãy ghi cần hỗ trợ việc gì."), field="text")
    if kind.needs_recognition and not was_recognised(enrolment.product):
        raise RuleBroken(
            "support.not_recognised",
            term("Tiểu dự án chuỗi giá trị chỉ dành cho sản phẩm đã được công nhận hạng sao."),
            field="kind",
        )


def _write(asked: SupportRequest, answer: Answer) -> None:
    if answer.money is not None and answer.money < 0:
        raise RuleBroken("support.money", term("Số tiền không được âm."), field="money")
    asked.answer = nfc(answer.text).strip() or asked.answer
    asked.provider = nfc(answer.provider).strip() or asked.provider
    asked.source = nfc(answer.source).strip() or asked.source
    asked.money = answer.money if answer.money is not None else asked.money
    asked.outcome = nfc(answer.outcome).strip() or asked.outcome


def _facts(asked: SupportRequest) -> frozenset[str]:
    known = {
        rules.ANSWER: asked.answer,
        rules.PROVIDER: asked.provider and asked.source,
        rules.OUTCOME: asked.outcome,
    }
    return frozenset(name for name, is_so in known.items() if is_so)


def _tell(word: str, asked: SupportRequest, *, by: User, at: datetime) -> None:
    """The words of request and answer stay in the row; the journal says that there are some."""
    journal.record(
        f"cycle.support.{word}",
        subject=asked,
        actor=by,
        at=at,
        facts={
            **about(asked.enrolment),
            "request": asked.pk,
            "kind": SupportKind(asked.kind).value,
            "kind_name": SupportKind(asked.kind).label,
            "due_day": f"{asked.due_on:%d/%m/%Y}" if asked.due_on else "",
        },
    )
