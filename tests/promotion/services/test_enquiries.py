"""Buyers' enquiries: split per producer, answered once, contacts kept apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.selectors import promised_day
from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from promotion.domain.answering import AnswerState
from promotion.domain.enquiries import MOST_PRODUCTS, Wanted, with_product
from promotion.models import Enquiry, Listing
from promotion.selectors import enquiries as found
from promotion.services import enquiries
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Subject
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY
ATTACK = "'; DROP TABLE users;-- <script>alert(1)</script>"


@pytest.fixture
def tea(subject: Subject) -> Listing:
    return make.listing(registry.product(subject, name="Chè Tân Cương"))


@pytest.fixture
def honey() -> Listing:
    return make.listing(registry.product(name="Mật ong"))


def sent(*listings: Listing, **facts: Any) -> Enquiry:
    given: dict[str, Any] = {"text": "Tôi cần giá sỉ giao Hà Nội", "at": NOW, **facts}
    asked = found.wanted(listings, {listing.product_id: "20 kg" for listing in listings})
    return enquiries.send(asked, **given)


def test_enquiry_when_sent_then_each_producer_sees_only_its_part(
    tea: Listing, honey: Listing, producer: User, stranger: User
) -> None:
    enquiry = sent(tea, honey, mail="mua@vidu.vn", name="Cửa hàng Hoa")

    assert enquiry.parts.count() == 2
    part = found.visible_parts(producer, TODAY).get()
    assert [(line.product.name, line.amount) for line in part.lines.all()] == [
        ("Chè Tân Cương", "20 kg")
    ]
    assert part.due_on == promised_day("enquiry", TODAY)
    assert not found.visible_parts(stranger, TODAY).exists()
    assert not found.visible_parts(make_points.keeper(), TODAY).exists()
    assert found.enquiry_of_code(enquiry.shown_code.lower()) == enquiry


def test_enquiry_when_recorded_then_the_journal_holds_no_word_of_the_buyer(
    tea: Listing, producer: User
) -> None:
    enquiry = sent(tea, mail="mua@vidu.vn", name="Hoa", shown_contact="0912 345 678")

    entry = Entry.objects.get(kind="promotion.enquiry.received")
    notice = notices.notice_of(entry.kind)

    assert notice is not None
    assert set(notice.recipients(entry)) == {producer}
    for secret in ("mua@vidu.vn", "0912", "Hoa", enquiry.code, enquiry.shown_code):
        assert secret not in str(entry.facts)


def test_enquiry_when_answered_then_the_buyer_is_told_with_a_secret_link(
    tea: Listing, producer: User
) -> None:
    enquiry = sent(tea, mail="mua@vidu.vn")
    part = enquiry.parts.get()

    enquiries.take(part, by=producer, at=NOW)
    enquiries.take(part, by=producer, at=NOW)
    with pytest.raises(RuleBroken, match=r"answering\.needs_answer"):
        enquiries.answer(part, text=" ", by=producer, at=NOW)
    answered = enquiries.answer(part, text="200.000 đ/kg", by=producer, at=NOW)

    assert (answered.status, answered.owner) == (AnswerState.ANSWERED, producer)
    entry = Entry.objects.get(kind="promotion.enquiry.answered")
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert notice.addresses is not None
    assert notice.private_url is not None
    assert list(notice.addresses(entry)) == ["mua@vidu.vn"]
    assert enquiry.code in notice.private_url(entry, None)
    assert enquiry.code not in notice.url(entry)
    with pytest.raises(RuleBroken, match=r"answering\.not_from_here"):
        enquiries.answer(part, text="Khác", by=producer, at=NOW)


def test_enquiry_when_no_mail_was_given_then_nobody_is_written_to(
    tea: Listing, producer: User
) -> None:
    enquiries.answer(sent(tea).parts.get(), text="Có", by=producer, at=NOW)

    entry = Entry.objects.get(kind="promotion.enquiry.answered")
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert notice.addresses is not None
    assert list(notice.addresses(entry)) == []


def test_enquiry_when_answered_by_others_then_denied(tea: Listing, stranger: User) -> None:
    part = sent(tea).parts.get()

    for person in (stranger, make_points.keeper()):
        with pytest.raises(PermissionDenied):
            enquiries.take(part, by=person, at=NOW)
        with pytest.raises(PermissionDenied):
            enquiries.answer(part, text="x", by=person, at=NOW)


def test_enquiry_when_it_says_too_little_or_asks_too_much_then_refused(tea: Listing) -> None:
    with pytest.raises(RuleBroken, match=r"enquiry\.text"):
        sent(tea, text=" giá? ")
    with pytest.raises(RuleBroken, match=r"enquiry\.empty"):
        sent()
    many = [Wanted(tea.product_id, tea.subject_id)] * (MOST_PRODUCTS + 1)
    with pytest.raises(RuleBroken, match=r"enquiry\.full"):
        enquiries.send(many, text="Tôi cần giá sỉ", at=NOW)
    assert not Enquiry.objects.exists()


def test_enquiry_when_every_field_is_an_attack_then_it_is_kept_as_text(tea: Listing) -> None:
    enquiry = sent(tea, text=ATTACK, name=ATTACK, shown_contact=ATTACK)

    assert (enquiry.text, enquiry.name) == (ATTACK, ATTACK)


def test_enquiry_when_a_product_lost_its_page_then_it_is_not_asked_about(
    tea: Listing, honey: Listing
) -> None:
    make.change(honey.certificate, "revoked")

    assert found.askable([honey.product_id, tea.product_id, 999_999]) == [tea]
    assert found.askable([]) == []


def test_enquiry_when_overdue_then_told_once(tea: Listing) -> None:
    part = sent(tea).parts.get()
    last = NOW + (part.due_on - TODAY)

    told = [enquiries.remind_of_overdue(at=last + timedelta(days=days)) for days in range(-1, 4)]

    assert told == [0, 0, 1, 0, 0]


def test_list_when_full_then_one_more_is_refused() -> None:
    products = tuple(range(1, MOST_PRODUCTS + 1))

    assert with_product(products, 1) == products
    assert with_product((1,), 2) == (1, 2)
    with pytest.raises(RuleBroken, match=r"enquiry\.full"):
        with_product(products, 99)


def test_enquiry_when_who_took_it_leaves_then_a_colleague_of_the_producer_goes_on(
    tea: Listing, producer: User, stranger: User, administrator: User, subject: Subject
) -> None:
    part = sent(tea).parts.get()
    give: dict[str, Any] = {"by": administrator, "at": NOW}
    colleague = registry.person("Người cùng hợp tác xã")
    registry.posting(colleague, Role.EDITOR, subject)
    with pytest.raises(RuleBroken, match=r"answering\.not_taken"):
        enquiries.hand_over(part, to=colleague, **give)
    enquiries.take(part, by=producer, at=NOW)

    with pytest.raises(PermissionDenied):
        enquiries.hand_over(part, to=colleague, by=colleague, at=NOW)
    with pytest.raises(RuleBroken, match=r"answering\.colleague"):
        enquiries.hand_over(part, to=stranger, **give)
    handed = enquiries.hand_over(part, to=colleague, **give)

    assert (handed.owner, handed.status) == (colleague, AnswerState.TAKEN)
    assert enquiries.answer(part, text="Giá sỉ 190.000 đ", by=colleague, at=NOW).answer
    assert Entry.objects.filter(kind="promotion.enquiry.handed_over").count() == 1
