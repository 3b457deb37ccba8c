"""Requests for support: who asks, who answers, by when, and who is told."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from cycle import desk
from cycle.domain.support import SupportKind, SupportMove, SupportState
from cycle.models import SupportRequest
from cycle.selectors import support_waiting_for, visible_support
from cycle.services import enrolments, support
from cycle.services.support import Answer
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.registry import NOW, TODAY
from tests.factories.support import FULL, decided, request

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def told(kind: str) -> set[int]:
    entry = Entry.objects.filter(kind=kind).order_by("-id")[0]
    notice = notices.notice_of(kind)
    assert notice is not None
    assert notice.url(entry) == f"/chu-trinh/ho-tro/{entry.subject_id}/"
    return {user.pk for user in notice.recipients(entry)}


def test_a_request_waits_for_the_office_with_a_promised_day() -> None:
    asked = request()
    officer = cycle.appraiser_for(asked.enrolment)

    assert (asked.state, asked.due_on) == (SupportState.SENT, date(2026, 12, 7))
    assert told("cycle.support.sent") == {officer.pk}
    assert list(support_waiting_for(officer, TODAY)) == [asked]
    assert [task.due_on for task in desk.support_for(officer, NOW)] == [asked.due_on]
    facts = str(Entry.objects.get(kind="cycle.support.sent").facts)
    assert asked.text not in facts


def test_the_promised_day_steps_over_the_new_year() -> None:
    asked = request(at=datetime(2026, 12, 25, 3, 0, tzinfo=UTC))

    assert asked.due_on == date(2027, 1, 11)


def test_the_same_request_twice_is_one_even_in_another_form() -> None:
    asked = request()

    assert request(asked.enrolment, text=unicodedata.normalize("NFD", asked.text)) == asked
    assert SupportRequest.objects.get().text == unicodedata.normalize("NFC", asked.text)


def test_nobody_but_the_producer_asks() -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())

    for user in (cycle.appraiser_for(row), registry.person()):
        with pytest.raises(PermissionDenied):
            request(row, by=user)


def test_what_is_refused() -> None:
    fresh = cycle.enrolment()
    with pytest.raises(RuleBroken, match=r"support\.step"):
        request(fresh)
    row = cycle.with_plan_accepted(fresh)
    with pytest.raises(RuleBroken) as wordless:
        request(row, text="  ")
    with pytest.raises(RuleBroken) as unrecognised:
        request(row, kind=SupportKind.VALUE_CHAIN)
    enrolments.withdraw(row, reason="Thôi", by=cycle.owner_of(row), at=NOW)
    with pytest.raises(RuleBroken, match=r"enrolment\.ended"):
        request(row)

    assert (wordless.value.field, unrecognised.value.field) == ("text", "kind")
    assert not SupportRequest.objects.exists()


def test_a_recognised_product_may_ask_for_a_value_chain() -> None:
    asked = request(cycle.recognised_enrolment(), kind=SupportKind.VALUE_CHAIN)

    assert asked.state == SupportState.SENT


def test_granted_then_completed_with_money_and_outcome() -> None:
    asked = request()
    owner = cycle.owner_of(asked.enrolment)

    asked = decided(asked, SupportMove.GRANT)
    assert (asked.state, asked.due_on, asked.money) == (SupportState.GRANTED, None, 20_000_000)
    assert told("cycle.support.granted") == {owner.pk}
    asked = decided(asked, SupportMove.COMPLETE, answer=Answer(outcome="Hộp mới"))

    assert (asked.state, asked.outcome, asked.provider) == (
        SupportState.COMPLETED,
        "Hộp mới",
        FULL.provider,
    )
    assert told("cycle.support.completed") == {owner.pk}


def test_an_answer_leaves_the_waiting_and_may_be_refused_later() -> None:
    asked = decided(request(), SupportMove.ANSWER, answer=Answer(text="Cần thêm mẫu"))

    assert not support_waiting_for(cycle.appraiser_for(asked.enrolment), TODAY).exists()
    assert decided(asked, SupportMove.REFUSE).state == SupportState.REFUSED


def test_a_grant_without_provider_changes_nothing() -> None:
    asked = request()

    with pytest.raises(RuleBroken, match="needs_provider"):
        decided(asked, SupportMove.GRANT, answer=Answer(text="Có"))
    with pytest.raises(RuleBroken) as negative:
        decided(asked, SupportMove.GRANT, answer=Answer(text="Có", money=-1))

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (SupportState.SENT, "")
    assert negative.value.field == "money"


def test_of_two_officers_the_second_is_told() -> None:
    asked = request()
    decided(asked, SupportMove.GRANT)

    with pytest.raises(Stale):
        decided(asked, SupportMove.REFUSE)


def test_who_answers_and_who_sees() -> None:
    asked = request()
    province = cycle.officer_for(asked.enrolment, Level.PROVINCE)
    stranger = registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171"))

    for user in (cycle.owner_of(asked.enrolment), province, stranger):
        with pytest.raises(PermissionDenied):
            support.decide(
                asked, SupportMove.GRANT, answer=FULL, version=asked.version, by=user, at=NOW
            )
    assert list(visible_support(province, TODAY)) == [asked]
    assert list(visible_support(cycle.owner_of(asked.enrolment), TODAY)) == [asked]
    assert not visible_support(stranger, TODAY).exists()
    assert not support_waiting_for(province, TODAY).exists()
