"""Sessions: who holds them, who comes, who was there, and how many were trained."""

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle import desk
from cycle.domain.sessions import SessionKind, key_of_guest
from cycle.models import InformationSession, SessionAttendee
from cycle.selectors import Trained, kept_sessions, trained, trained_by_office
from cycle.services import materials, sessions
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.registry import NOW, TODAY
from tests.factories.sessions import session

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DURING = NOW + timedelta(days=1, hours=1)
PHONE = "0912 345 678"


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        (Role.COMMUNE_OFFICER, True),
        (Role.ADMINISTRATOR, True),
        (Role.AUDITOR, False),
        (Role.AUTHORITY, False),
    ],
)
def test_who_may_hold_a_session(role: Role, is_allowed: bool) -> None:
    place = registry.commune()
    user = registry.officer(role, place)

    if is_allowed:
        assert session(by=user, unit=place).unit == place
    else:
        with pytest.raises(PermissionDenied):
            session(by=user, unit=place)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": NOW}, "starts_at"),
        ({"ends_at": NOW + timedelta(hours=1)}, "ends_at"),
        ({"registration_closes_at": NOW + timedelta(days=2)}, "registration_closes_at"),
    ],
)
def test_times_must_be_in_order(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        session(**fields)

    assert refusal.value.field == field
    assert not InformationSession.objects.exists()


def test_the_same_session_sent_twice_is_one() -> None:
    held = session()

    assert session(title=unicodedata.normalize("NFD", held.title)) == held
    assert Entry.objects.filter(kind="cycle.session.opened").count() == 1


def test_a_seat_is_kept_once_and_given_back() -> None:
    held, user = session(), registry.person()

    sessions.register(held, phone=PHONE, by=user, at=NOW)
    sessions.register(held, phone=PHONE, by=user, at=NOW)
    assert held.attendees.count() == 1
    assert PHONE not in str(Entry.objects.get(kind="cycle.session.registered").facts)
    sessions.leave(held, by=user, at=NOW)
    sessions.leave(held, by=user, at=NOW)

    assert held.attendees.count() == 0
    assert Entry.objects.filter(kind="cycle.session.left").count() == 1


def test_nobody_registers_when_it_is_full_late_or_cancelled() -> None:
    held = session(capacity=1)
    sessions.register(held, phone=PHONE, by=registry.person(), at=NOW)
    other = registry.person()

    with pytest.raises(RuleBroken, match=r"session\.full"):
        sessions.register(held, phone=PHONE, by=other, at=NOW)
    with pytest.raises(RuleBroken, match=r"session\.closed"):
        sessions.register(held, phone=PHONE, by=other, at=DURING)
    sessions.cancel(held, reason="Bão", by=held.created_by, at=NOW)
    with pytest.raises(RuleBroken, match=r"session\.cancelled"):
        sessions.register(held, phone=PHONE, by=other, at=NOW)


def test_a_cancelled_session_is_told_to_those_with_an_account() -> None:
    held, user = session(), registry.person()
    sessions.register(held, phone=PHONE, by=user, at=NOW)
    sessions.add_on_site(
        held, name="Bà Sáu", phone=PHONE, is_official=False, by=held.created_by, at=NOW
    )

    with pytest.raises(RuleBroken) as refusal:
        sessions.cancel(held, reason=" ", by=held.created_by, at=NOW)
    assert refusal.value.field == "reason"
    sessions.cancel(held, reason="Bão", by=held.created_by, at=NOW)
    sessions.cancel(held, reason="Bão", by=held.created_by, at=NOW)

    entry = Entry.objects.get(kind="cycle.session.cancelled")
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert list(notice.recipients(entry)) == [user]
    assert notice.url(entry) == held.get_absolute_url()
    assert entry.facts["day"] == "21/11/2026"


def test_a_session_that_has_begun_is_neither_cancelled_nor_left() -> None:
    held, user = session(), registry.person()
    sessions.register(held, phone=PHONE, by=user, at=NOW)

    with pytest.raises(RuleBroken, match=r"session\.begun"):
        sessions.cancel(held, reason="Bão", by=held.created_by, at=DURING)
    with pytest.raises(RuleBroken, match=r"session\.begun"):
        sessions.leave(held, by=user, at=DURING)


def test_attendance_is_marked_by_the_office_alone_and_from_the_beginning_on() -> None:
    held, user = session(), registry.person()
    mine = sessions.register(held, phone=PHONE, by=user, at=NOW)
    officer = held.created_by

    with pytest.raises(RuleBroken, match=r"session\.not_begun"):
        sessions.mark_attendance(held, present=[mine.pk], by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        sessions.mark_attendance(held, present=[mine.pk], by=user, at=DURING)
    sessions.mark_attendance(held, present=[mine.pk], by=officer, at=DURING)
    sessions.mark_attendance(held, present=[mine.pk], by=officer, at=DURING + timedelta(hours=1))

    mine.refresh_from_db()
    assert (mine.attended_at, mine.marked_by) == (DURING, officer)
    assert Entry.objects.filter(kind="cycle.session.attendance_marked").count() == 1
    sessions.mark_attendance(held, present=[], by=officer, at=DURING)
    mine.refresh_from_db()
    assert mine.attended_at is None


def test_people_of_another_session_are_not_marked() -> None:
    one, two = session(), session(title="Lớp khác")
    row = sessions.register(two, phone=PHONE, by=registry.person(), at=NOW)

    sessions.mark_attendance(one, present=[row.pk], by=one.created_by, at=DURING)

    row.refresh_from_db()
    assert row.attended_at is None


def test_somebody_without_an_account_is_one_person_however_written() -> None:
    held = session()
    for name, phone in (("Bà Sáu", "0912345678"), ("bà  sáu", "0912 345 678")):
        sessions.add_on_site(
            held, name=name, phone=phone, is_official=False, by=held.created_by, at=DURING
        )

    row = SessionAttendee.objects.get()
    assert row.attended_at == DURING
    assert row.person_key == key_of_guest("Bà Sáu", "0912345678")


def test_trained_people_are_counted_once_a_year_and_officials_apart() -> None:
    place = registry.commune()
    officer = cycle.holder(Role.COMMUNE_OFFICER, place)
    lan = registry.person()
    first, second = session(title="Một"), session(title="Hai")
    talk = session(title="Phổ biến", kind=SessionKind.INFORMATION)
    for held in (first, second, talk):
        rows = [sessions.register(held, phone=PHONE, by=user, at=NOW) for user in (lan, officer)]
        sessions.mark_attendance(held, present=[r.pk for r in rows], by=officer, at=DURING)
    sessions.add_on_site(talk, name="Bà Sáu", phone=PHONE, is_official=True, by=officer, at=DURING)
    sessions.register(first, phone=PHONE, by=registry.person(), at=NOW)

    assert trained(2026, place) == Trained(officials=1, others=1)
    assert trained(2026, registry.province()).people == 2
    assert trained(2026, registry.province("Tỉnh Phú Thọ", "25")).people == 0
    assert trained(2027, place).people == 0
    assert trained_by_office(2026) == {place.pk: Trained(officials=1, others=1)}


def test_who_keeps_a_session() -> None:
    held = session()
    province = registry.officer(Role.PROVINCIAL_OFFICER, registry.province())
    elsewhere = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25"))
    auditor = registry.officer(Role.AUDITOR, registry.country())

    assert list(kept_sessions(province, TODAY)) == [held]
    assert list(kept_sessions(held.created_by, TODAY)) == [held]
    for user in (elsewhere, auditor, registry.person()):
        assert not kept_sessions(user, TODAY).exists()


def test_a_session_without_a_roll_call_stands_on_the_desk_of_its_office() -> None:
    held = session()
    row = sessions.register(held, phone=PHONE, by=registry.person(), at=NOW)
    province = registry.officer(Role.PROVINCIAL_OFFICER, registry.province())
    after = NOW + timedelta(days=2)

    assert list(desk.sessions_for(held.created_by, NOW)) == []
    assert [task.title for task in desk.sessions_for(held.created_by, after)] == [held.title]
    assert list(desk.sessions_for(province, after)) == []
    sessions.mark_attendance(held, present=[row.pk], by=held.created_by, at=after)
    assert list(desk.sessions_for(held.created_by, after)) == []


def test_material_is_checked_by_content() -> None:
    held = session()
    row = materials.add(
        held, title="Bài giảng", file=registry.pdf("bài.pdf"), by=held.created_by, at=NOW
    )
    assert (row.content_type, row.original_name) == ("application/pdf", "bài.pdf")

    with pytest.raises(RuleBroken) as refusal:
        materials.add(held, title=" ", file=registry.pdf(), by=held.created_by, at=NOW)
    assert refusal.value.field == "title"
    with pytest.raises(PermissionDenied):
        materials.add(held, title="x", file=registry.pdf(), by=registry.person(), at=NOW)
