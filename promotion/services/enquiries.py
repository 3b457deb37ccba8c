"""Buyers' enquiries: sent once, split per producer, taken, answered.

The only place that writes an enquiry; the state of its parts is set by `answering`.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cycle.selectors import promised_day
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.enquiries import MOST_PRODUCTS, Wanted, by_subject, check_text
from promotion.models import Enquiry, EnquiryLine, EnquiryPart
from promotion.permissions import may_answer_enquiry
from promotion.selectors.enquiries import parts
from promotion.services import answering
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from scoring.domain.short_code import new_code

PROMISE = "enquiry"
OVERDUE = "promotion.enquiry.overdue"


@transaction.atomic
def send(
    wanted: Sequence[Wanted],
    *,
    text: str,
    name: str = "",
    mail: str = "",
    shown_contact: str = "",
    at: datetime,
) -> Enquiry:
    """One enquiry of anybody; each producer named gets a part of it and is told.

    Refused: no product (all of them may have lost their pages meanwhile), too many, too little
    text. The products are those whose public pages the caller has seen.
    """
    check_text(text)
    if not wanted:
        raise RuleBroken(
            "enquiry.empty", term("Hãy chọn ít nhất một sản phẩm còn trang công khai.")
        )
    if len(wanted) > MOST_PRODUCTS:
        raise RuleBroken(
            "enquiry.full",
            term("Một lần hỏi nhận nhiều nhất %(most)s sản phẩm; hãy gửi rồi hỏi tiếp."),
            most=MOST_PRODUCTS,
        )
    enquiry = Enquiry.objects.create(
        code=new_code(secrets.randbelow),
        name=nfc(name).strip(),
        mail=mail.strip(),
        shown_contact=nfc(shown_contact).strip(),
        text=nfc(text).strip(),
        sent_at=at,
    )
    for subject_id, lines in by_subject(wanted).items():
        part = EnquiryPart.objects.create(
            enquiry=enquiry,
            subject_id=subject_id,
            due_on=promised_day(PROMISE, legal_day(at)),
        )
        EnquiryLine.objects.bulk_create(
            EnquiryLine(part=part, product_id=line.product_id, amount=nfc(line.amount).strip())
            for line in lines
        )
        _record(part, "received", None, at)
    return enquiry


@transaction.atomic
def take(part: EnquiryPart, *, by: User, at: datetime) -> EnquiryPart:
    """Somebody of the producer looks after it from now on; twice by one person is once."""
    current = _locked(part)
    require(may_answer_enquiry(by, current, on=legal_day(at)))
    if answering.take(current, by=by):
        _record(current, "taken", by, at)
    return current


@transaction.atomic
def hand_over(part: EnquiryPart, *, to: User, by: User, at: datetime) -> EnquiryPart:
    """A colleague goes on with what somebody took who leaves; refused as `answering` says."""
    current = _locked(part)
    on = legal_day(at)
    answering.hand_over(
        current, to=to, may_answer=may_answer_enquiry(to, current, on=on), by=by, on=on
    )
    _record(current, "handed_over", by, at)
    return current


@transaction.atomic
def answer(part: EnquiryPart, *, text: str, by: User, at: datetime) -> EnquiryPart:
    """The answer that the buyer reads by the code, and is told of by mail if wished; once."""
    current = _locked(part)
    require(may_answer_enquiry(by, current, on=legal_day(at)))
    answering.answer(current, text, by=by, at=at)
    _record(current, "answered", by, at)
    return current


@transaction.atomic
def remind_of_overdue(*, at: datetime) -> int:
    """Parts whose day has passed unanswered, each told once; says how many were new."""
    late = list(answering.newly_overdue(parts(), OVERDUE, on=legal_day(at)))
    for part in late:
        _record(part, "overdue", None, at)
    return len(late)


def _locked(part: EnquiryPart) -> EnquiryPart:
    rows = EnquiryPart.objects.select_for_update(of=("self",)).select_related("subject")
    return rows.get(pk=part.pk)


def _record(part: EnquiryPart, word: str, by: User | None, at: datetime) -> None:
    """Neither words nor contacts of the buyer, nor the code that opens the answers."""
    record(
        f"promotion.enquiry.{word}",
        subject=part,
        actor=by,
        at=at,
        facts={
            "subject": part.subject_id,
            "subject_name": part.subject.name,
            "due": f"{part.due_on:%d/%m/%Y}",
        },
    )
