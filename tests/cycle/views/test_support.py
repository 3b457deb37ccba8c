"""The pages of the requests for support."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.domain.support import SupportState
from cycle.models import SupportRequest
from registry.domain.regime import Level
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories.registry import NOW
from tests.factories.support import request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_request_goes_from_producer_to_office_and_back(log_in: LogIn) -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    owner, officer = log_in(cycle.owner_of(row)), log_in(cycle.appraiser_for(row))
    page = reverse("cycle:support-list", args=[row.pk])

    assert page in owner.get(row.get_absolute_url()).content.decode()
    faulty = owner.post(page, {"kind": "value_chain", "text": "Chuỗi chè"})
    assert "đã được công nhận hạng sao" in faulty.content.decode()
    assert owner.post(page, {"kind": "design", "text": "Hộp chè"}).status_code == 302
    asked = SupportRequest.objects.get()
    address = asked.get_absolute_url()
    sent = owner.get(address).content.decode()
    assert "Hộp chè" in sent
    assert f"Nơi trả lời</dt><dd>{cycle.unit_of(row.commune, Level.DISTRICT).name}" in sent
    assert "Ghi trả lời" not in owner.get(address).content.decode()

    assert "Ghi trả lời" in officer.get(address).content.decode()
    grant = {"version": asked.version, "move": "grant", "answer": "Được", "money": "5000000"}
    assert "đơn vị hỗ trợ và nguồn" in officer.post(address, grant).content.decode()
    full = {**grant, "provider": "Sở Công Thương", "source": "Ngân sách"}
    assert officer.post(address, full).status_code == 302

    asked.refresh_from_db()
    assert asked.state == SupportState.GRANTED
    assert "5.000.000" in owner.get(address).content.decode()


def test_a_stranger_finds_nothing_and_a_reader_does_nothing(log_in: LogIn) -> None:
    asked = request()
    pages = [
        reverse("cycle:support-list", args=[asked.enrolment_id]),
        asked.get_absolute_url(),
    ]
    stranger = log_in(registry.owner_of(registry.subject()))
    officer = log_in(cycle.appraiser_for(asked.enrolment))
    owner = log_in(cycle.owner_of(asked.enrolment))

    for page in pages:
        assert officer.get(page).status_code == 200
        assert stranger.get(page).status_code == 404
        assert stranger.post(page).status_code == 404
    assert officer.post(pages[0], {"kind": "design", "text": "x"}).status_code == 403
    assert owner.post(pages[1], {"move": "grant"}).status_code == 403
    assert asked.enrolment.product.name not in stranger.get("/chu-trinh/ho-tro/").content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_the_inbox_costs_the_same_with_one_and_fifty(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    for number in range(count):
        request(row, text=f"Việc {number}")
    officer = log_in(cycle.appraiser_for(row))
    page = reverse("cycle:support-inbox")
    officer.get(page)

    with django_assert_num_queries(7):
        officer.get(page)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_an_enrolment_costs_the_same_with_one_and_fifty(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    for number in range(count):
        request(row, text=f"Việc {number}")
    owner = log_in(cycle.owner_of(row))
    page = reverse("cycle:support-list", args=[row.pk])
    owner.get(page)

    with django_assert_num_queries(8):
        owner.get(page)
