"""Messages: who writes, who is awaited until when, what is unread, who is told."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle import desk
from cycle.domain.messages import Side
from cycle.models import Conversation, Enrolment, Message
from cycle.selectors import awaited_name, conversations_waiting_for, visible_conversations
from cycle.services import messages
from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.registry import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def written(
    row: Enrolment, by: User, text: str = "Còn thiếu gì?", *, asks: bool = True, days: int = 0
) -> Message:
    return messages.write(row, text=text, asks=asks, by=by, at=NOW + timedelta(days=days))


def told() -> set[int]:
    entry = Entry.objects.filter(kind="cycle.message.sent").order_by("-id")[0]
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert notice.url(entry) == f"/chu-trinh/luot/{entry.facts['enrolment']}/trao-doi/"
    return {user.pk for user in notice.recipients(entry)}


def test_a_question_waits_for_the_office_and_its_answer_ends_the_waiting() -> None:
    row = cycle.enrolment()
    owner, officer = cycle.owner_of(row), cycle.appraiser_for(row)

    written(row, owner)
    talk = Conversation.objects.get()
    assert (talk.awaits, talk.due_on) == (Side.OFFICE, date(2026, 11, 30))
    assert awaited_name(talk) == cycle.unit_of(row.commune, Level.DISTRICT).name
    assert told() == {officer.pk}
    assert [task.url for task in desk.messages_for(officer, NOW)] == [talk.get_absolute_url()]
    assert "thiếu" not in str(Entry.objects.get(kind="cycle.message.sent").facts)
    written(row, owner, "Và ảnh nữa?", days=3)
    talk.refresh_from_db()
    assert talk.due_on == date(2026, 11, 30)

    written(row, officer, "Đủ rồi", asks=False, days=4)
    answered = Conversation.objects.get()
    assert (answered.awaits, answered.due_on, awaited_name(answered)) == (Side.NOBODY, None, "")
    assert told() == {owner.pk}


def test_a_question_of_the_office_waits_for_the_producer() -> None:
    row = cycle.enrolment()
    officer = cycle.officer_for(row, Level.PROVINCE)

    written(row, officer)

    talk = Conversation.objects.get()
    assert awaited_name(talk) == row.product.subject.name
    assert list(conversations_waiting_for(cycle.owner_of(row), TODAY)) == [talk]
    assert not conversations_waiting_for(officer, TODAY).exists()


def test_a_lodged_dossier_moves_the_question_to_its_office() -> None:
    dossier = cycle.lodged_dossier(regime="2026")

    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)

    written(dossier.enrolment, cycle.owner_of(dossier.enrolment))

    assert Conversation.objects.get().level == Level.COMMUNE
    assert told() == {officer.pk}


def test_unread_until_it_is_opened() -> None:
    row = cycle.enrolment()
    owner, officer = cycle.owner_of(row), cycle.appraiser_for(row)
    written(row, owner)

    def unread(user: User) -> list[bool]:
        rows = visible_conversations(user, TODAY)
        return [row.is_unread for row in rows]  # type: ignore[attr-defined] # annotated

    assert (unread(owner), unread(officer)) == ([False], [True])
    messages.mark_read(Conversation.objects.get(), by=officer, at=NOW + timedelta(hours=1))
    assert unread(officer) == [False]
    written(row, owner, "Còn nữa", days=1)
    assert unread(officer) == [True]


def test_a_double_click_is_one_message_and_no_words_are_refused() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)

    first = written(row, owner)
    assert written(row, owner, unicodedata.normalize("NFD", first.text)) == first
    with pytest.raises(RuleBroken) as refusal:
        written(row, owner, "  ")

    assert refusal.value.field == "text"
    assert Message.objects.count() == 1


def test_strangers_write_and_read_nothing() -> None:
    row = cycle.enrolment()
    written(row, cycle.owner_of(row))
    auditor = registry.officer(Role.AUDITOR, registry.country())
    elsewhere = registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171"))

    for user in (auditor, elsewhere, registry.person()):
        with pytest.raises(PermissionDenied):
            written(row, user)
    assert visible_conversations(auditor, TODAY).count() == 1
    assert not visible_conversations(elsewhere, TODAY).exists()
