"""The pages of the sessions: public ones, and those of the office."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.models import InformationSession, SessionAttendee
from cycle.services import sessions
from registry.domain.roles import Role
from tests.conftest import LogIn
from tests.factories import registry
from tests.factories.registry import NOW
from tests.factories.sessions import session

pytestmark = pytest.mark.django_db
LIST = "/chu-trinh/lop-hoc/"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_everybody_reads_the_list_and_takes_the_material(client: Client, log_in: LogIn) -> None:
    held = session()
    officer = log_in(held.created_by)
    page = reverse("cycle:session-materials", args=[held.pk])
    assert officer.get(page).status_code == 200
    sent = officer.post(page, {"title": "Bài giảng", "file": registry.pdf("bài giảng.pdf")})
    assert sent.status_code == 302

    assert held.title in client.get(LIST).content.decode()
    text = client.get(held.get_absolute_url()).content.decode()
    assert "Bài giảng" in text
    assert reverse("cycle:session-attendance", args=[held.pk]) not in text
    answer = client.get(held.materials.get().get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_past_sessions_have_their_own_list(client: Client) -> None:
    held = session()

    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        assert held.title not in client.get(LIST).content.decode()
        assert held.title in client.get(LIST, {"khi": "da-qua"}).content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_with_one_and_fifty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        session(title=f"Lớp {number}")

    with django_assert_num_queries(2):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 50])
def test_the_attendance_costs_the_same_with_one_and_fifty(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    held = session()
    for number in range(count):
        sessions.add_on_site(
            held, name=f"N {number}", phone="", is_official=False, by=held.created_by, at=NOW
        )
    officer = log_in(held.created_by)
    page = reverse("cycle:session-attendance", args=[held.pk])
    officer.get(page)

    with django_assert_num_queries(7):
        officer.get(page)


def test_an_officer_announces_a_session(log_in: LogIn) -> None:
    officer = registry.officer(Role.COMMUNE_OFFICER, registry.commune())
    page = reverse("cycle:session-hold")
    facts = {
        "title": "Lớp chè",
        "kind": "training",
        "unit": registry.commune().pk,
        "place": "Hội trường",
        "starts_at": "2026-12-01T08:00",
        "ends_at": "2026-12-01T07:00",
    }

    assert log_in(officer).get(page).status_code == 200
    refused = log_in(officer).post(page, facts)
    assert "Giờ kết thúc phải sau" in refused.content.decode()
    sent = log_in(officer).post(page, {**facts, "ends_at": "2026-12-01T11:00"})

    held = InformationSession.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, held.get_absolute_url())
    assert held.starts_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert held.registration_closes_at == held.starts_at
    assert log_in(registry.person()).get(page).status_code == 403


def test_a_person_registers_and_is_seen_by_the_office_alone(log_in: LogIn) -> None:
    held, user = session(), registry.person("Lò Thị Mai")
    browser = log_in(user)
    page = reverse("cycle:session-register", args=[held.pk])

    assert browser.get(page).status_code == 200
    assert browser.post(page, {"phone": "abc"}).status_code == 200
    assert browser.post(page, {"phone": "0912 345 678"}).status_code == 302
    assert "Bạn đã đăng ký" in browser.get(held.get_absolute_url()).content.decode()
    attendance = reverse("cycle:session-attendance", args=[held.pk])
    assert "Lò Thị Mai" in log_in(held.created_by).get(attendance).content.decode()
    elsewhere = registry.province("Tỉnh Phú Thọ", "25")
    for stranger in (user, registry.officer(Role.PROVINCIAL_OFFICER, elsewhere)):
        assert log_in(stranger).get(attendance).status_code == 404
        assert log_in(stranger).post(attendance).status_code == 404

    leave = reverse("cycle:session-leave", args=[held.pk])
    assert browser.post(leave).status_code == 302
    assert browser.post(leave).status_code == 404


def test_the_office_marks_and_writes_down_who_came(log_in: LogIn) -> None:
    held = session()
    row = sessions.register(held, phone="0912345678", by=registry.person(), at=NOW)
    officer = log_in(held.created_by)
    attendance = reverse("cycle:session-attendance", args=[held.pk])
    add = reverse("cycle:session-add", args=[held.pk])

    assert officer.post(attendance, {"present": [row.pk]}).status_code == 409
    with time_machine.travel(NOW + timedelta(days=1, hours=1), tick=False):
        officer = log_in(held.created_by)
        officer.post(attendance, {"present": [row.pk, "x"]})
        wrong = officer.post(add, {"name": "Bà Sáu", "phone": "1"})
        assert "Số điện thoại gồm" in wrong.content.decode()
        officer.post(add, {"name": "Bà Sáu", "phone": "0987654321"})

    assert SessionAttendee.objects.filter(attended_at__isnull=False).count() == 2


def test_the_office_cancels_with_a_reason(log_in: LogIn) -> None:
    held = session()
    page = reverse("cycle:session-cancel", args=[held.pk])

    assert log_in(held.created_by).get(page).status_code == 200
    assert log_in(held.created_by).post(page, {"reason": ""}).status_code == 200
    assert log_in(held.created_by).post(page, {"reason": "Bão"}).status_code == 302
    assert "Bão" in log_in(registry.person()).get(held.get_absolute_url()).content.decode()


def test_the_office_reads_how_many_were_trained_and_others_do_not(log_in: LogIn) -> None:
    held = session()
    row = sessions.register(held, phone="0912345678", by=registry.person(), at=NOW)
    with time_machine.travel(NOW + timedelta(days=1, hours=1), tick=False):
        log_in(held.created_by).post(
            reverse("cycle:session-attendance", args=[held.pk]), {"present": [row.pk]}
        )
        office = log_in(held.created_by).get(LIST).content.decode()
        producer = log_in(registry.person()).get(LIST).content.decode()

    assert "năm 2026 có 1 người khác nhau đã dự tập huấn, trong đó 0 cán bộ" in office
    assert "đã dự tập huấn" not in producer
