"""The pages of the conversations."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.models import Message
from cycle.services import messages
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
INBOX = "/chu-trinh/trao-doi/"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_question_is_read_and_answered(log_in: LogIn) -> None:
    row = cycle.enrolment()
    owner, officer = log_in(cycle.owner_of(row)), log_in(cycle.appraiser_for(row))
    page = reverse("cycle:messages", args=[row.pk])

    assert page in owner.get(row.get_absolute_url()).content.decode()
    assert "Chưa có tin nào" in owner.get(page).content.decode()
    assert owner.post(page, {"text": ""}).status_code == 200
    assert owner.post(page, {"text": "Còn thiếu gì?", "asks": "on"}).status_code == 302
    assert "chưa đọc" in officer.get(INBOX).content.decode()
    assert "Còn thiếu gì?" in officer.get(page).content.decode()
    assert "chưa đọc" not in officer.get(INBOX).content.decode()
    assert officer.post(page, {"text": "Đủ rồi"}).status_code == 302
    assert "Đủ rồi" in owner.get(page).content.decode()


def test_a_stranger_finds_nothing_and_an_authority_only_reads(log_in: LogIn) -> None:
    row = cycle.enrolment()
    messages.write(row, text="Xin hỏi", asks=True, by=cycle.owner_of(row), at=NOW)
    page = reverse("cycle:messages", args=[row.pk])
    stranger = log_in(registry.owner_of(registry.subject()))
    authority = registry.officer(Role.AUTHORITY, cycle.unit_of(row.commune, Level.PROVINCE))

    assert log_in(authority).get(page).status_code == 200
    assert log_in(authority).post(page, {"text": "x"}).status_code == 403
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, {"text": "x"}).status_code == 404
    assert row.product.name not in stranger.get(INBOX).content.decode()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("count", [1, 50])
def test_a_conversation_costs_the_same_with_one_and_fifty(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)
    for number in range(count):
        messages.write(row, text=f"Tin {number}", asks=False, by=owner, at=NOW)
    browser = log_in(owner)
    page = reverse("cycle:messages", args=[row.pk])
    browser.get(page)

    with django_assert_num_queries(16):
        browser.get(page)


@pytest.mark.parametrize("count", [1, 50])
def test_the_inbox_costs_the_same_with_one_and_fifty(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    season = cycle.season()
    for _number in range(count):
        row = cycle.enrolment(season)
        messages.write(row, text="Xin hỏi", asks=True, by=cycle.owner_of(row), at=NOW)
    officer = log_in(cycle.appraiser_for(row))
    officer.get(INBOX)

    with django_assert_num_queries(6):
        officer.get(INBOX)
