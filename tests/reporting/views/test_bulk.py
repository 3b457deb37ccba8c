"""Acts on many rows as officers press them: without a script, twice, with stale pages."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from reporting.models import BulkJob
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories.twins import twins
from tests.reporting.services.test_bulk_jobs import LATER

pytestmark = pytest.mark.django_db
LIST = "/chu-trinh/ho-so/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def two() -> list[Dossier]:
    season = cycle.season("2026")
    return [cycle.reported_dossier(cycle.enrolment(round=season)) for _ in range(2)]


@pytest.fixture
def officer(two: list[Dossier]) -> User:
    return cycle.officer_for(two[0].enrolment, Level.PROVINCE)


@pytest.fixture
def browser(officer: User, log_in: LogIn) -> Client:
    return log_in(officer)


def chosen(browser: Client, action: str, rows: list[Dossier]) -> str:
    answer = browser.post(
        reverse("reporting:bulk-start"),
        {"action": action, "row": [row.pk for row in rows], "back": f"{LIST}?state=lodged"},
    )
    assert answer.status_code == 302
    return str(answer["Location"])


def test_from_the_list_to_the_outcome(browser: Client, two: list[Dossier]) -> None:
    page = browser.get(LIST).content.decode()
    assert page.count('name="row"') == 2
    assert "Tiếp nhận…" in page

    url = chosen(browser, "receive", two)
    preview = browser.get(url).content.decode()
    assert preview.count("Làm được") == 2
    assert "<strong>2</strong> làm được" in preview
    assert f"{LIST}?state=lodged" in preview
    assert Dossier.objects.filter(state=DossierState.ACCEPTED).count() == 0

    answer = browser.post(f"{url}xac-nhan/", follow=True)
    assert answer.redirect_chain == [(url, 302)]
    again = browser.post(f"{url}xac-nhan/", follow=True)  # a double click

    for shown in (answer, again, browser.get(url)):  # it is there after a reload too
        assert shown.content.decode().count("Đã làm</span>") == 2
    assert Dossier.objects.filter(state=DossierState.ACCEPTED).count() == 2


def test_the_whole_page_is_chosen_without_a_script(browser: Client, two: list[Dossier]) -> None:
    assert browser.get(LIST).content.decode().count(" checked>") == 0
    assert browser.get(f"{LIST}?chon=trang").content.decode().count(" checked>") == len(two)


def test_what_is_not_filled_in_is_asked_again(browser: Client, two: list[Dossier]) -> None:
    url = chosen(browser, "return", two)
    assert BulkJob.objects.get().state == "asking"

    answer = browser.post(f"{url}noi-dung/", {"item": "introduction", "code": "incomplete"})

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"note"}
    facts = {"item": "introduction", "code": "incomplete", "note": "Thiếu ảnh"}
    preview = browser.post(f"{url}noi-dung/", facts, follow=True).content.decode()
    assert preview.count("Làm được") == 2
    assert "Thiếu ảnh" in preview  # it may be mended before it is confirmed


def test_nothing_chosen_leads_back_with_a_word(browser: Client, two: list[Dossier]) -> None:
    assert chosen(browser, "receive", []) == f"{LIST}?state=lodged"
    assert "Hãy chọn ít nhất một dòng" in browser.get(LIST).content.decode()
    assert len(two) == 2


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_led_off_the_portal(browser: Client, back: str) -> None:
    answer = browser.post(reverse("reporting:bulk-start"), {"action": "receive", "back": back})

    assert answer["Location"] == reverse("desk")


def test_only_who_chose_sees_it(browser: Client, two: list[Dossier], log_in: LogIn) -> None:
    url = chosen(browser, "receive", two)
    colleague = registry.officer(
        Role.PROVINCIAL_OFFICER, cycle.unit_of(two[0].enrolment.commune, Level.PROVINCE)
    )

    assert log_in(colleague).get(url).status_code == 404
    assert log_in(colleague).post(f"{url}xac-nhan/").status_code == 404
    assert browser.get(reverse("reporting:bulk-list")).content.decode().count("Tiếp nhận") == 1


def test_a_producer_is_offered_no_act(two: list[Dossier], log_in: LogIn) -> None:
    page = log_in(cycle.owner_of(two[0].enrolment)).get(LIST).content.decode()

    assert "Tiếp nhận…" not in page
    assert 'name="row"' not in page


def test_long_work_goes_on_behind_the_page(
    browser: Client,
    two: list[Dossier],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    rung: list[tuple[str, int]] = []
    monkeypatch.setattr("reporting.views.bulk.AT_ONCE", -1.0)
    monkeypatch.setattr("ocop_portal.journal.bell.ring", lambda *call: rung.append(call))

    with django_capture_on_commit_callbacks(execute=True):
        url = chosen(browser, "receive", two)

    page = browser.get(url).content.decode()
    assert "Đang thử từng dòng" in page
    assert "1 trên 2 dòng" in page
    assert rung == [("reporting.tasks.work_bulk", BulkJob.objects.get().pk)]
    assert browser.get(f"{url}tien-do/").status_code == 200


def test_a_page_of_rows_costs_the_same_for_fifty_as_for_one(
    browser: Client, two: list[Dossier], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = chosen(browser, "receive", two[:1])
    browser.get(url)
    with django_assert_num_queries(QUERIES):
        browser.get(url)
    twins(BulkJob.objects.get().rows.get(), 49)

    with django_assert_num_queries(QUERIES):
        assert len(browser.get(url).context["rows"]) == 50


QUERIES = 9
