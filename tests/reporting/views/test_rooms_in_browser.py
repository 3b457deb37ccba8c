"""The administrator's rooms as their people see them: each page at three widths, not empty.

One login for each role; what a page shows is made by factories, not by the demonstration.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from pytest_django import Settings

from cycle.models import Correction, Round
from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import sealing
from ocop_portal.privacy import requests
from ocop_portal.privacy.models import RequestKind
from ocop_portal.upkeep import services as upkeep
from registry.domain.roles import Role
from reporting.services import open_data, saved_filters
from scoring.services import journal_heads
from tests.factories import cycle, registry
from tests.factories import programme as make
from tests.factories import promotion as make_listings
from tests.factories.people import PASSWORD
from tests.factories.registry import NOW, TODAY
from tests.journeys.actors import Actor
from tests.reporting.views.test_in_browser import looks
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def at_work(open_page: PageOpener, user: User) -> Actor:
    user.set_password(PASSWORD)
    user.save()
    return Actor.at(open_page(), user)


def faults_on(actor: Actor, paths: Iterable[str]) -> list[tuple[str, int, str, str]]:
    """What is wrong on these pages, by their addresses."""
    found = []
    for path in paths:
        actor.go(path)
        found += [(path, *fault) for fault in looks(actor.page)]
    return found


def faulty_round(by: User) -> Round:
    """A round in which three products had to mend the same two items."""
    season = cycle.season("2026")
    for number in range(3):
        row = cycle.enrolment(round=season)
        dossier = cycle.reported_dossier(row)
        for item, reason in (("introduction", "incomplete"), ("outlook", "outdated")):
            Correction.objects.create(
                enrolment=row,
                dossier=dossier,
                paper="dossier",
                item=item,
                number=1,
                reason=reason,
                note=f"{row.product.name}: bản số {number} thiếu nguồn gốc nguyên liệu",
                asked_at=NOW,
                asked_by=by,
            )
    return season


def test_pages_of_a_province(
    open_page: PageOpener, provincial_officer: User, central_officer: User
) -> None:
    registry.load_sets()
    asked = make.report(by=central_officer, title="Báo cáo năm", due_on=TODAY)
    sending = make.sent(make.report(by=central_officer), by=provincial_officer)
    draft, plan = make.plan(year=2027), make.approved()
    make.spent(by=provincial_officer)
    season = faulty_round(provincial_officer)
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Đỗ Thị Thu")
    saved_filters.keep(
        "cycle:dossier-list", name="Chờ tôi", query="late=on", by=provincial_officer, at=NOW
    )

    office = at_work(open_page, provincial_officer)
    faults = faults_on(
        office,
        (
            "/ban-lam-viec/",
            reverse("reporting:programme"),
            reverse("reporting:report-list"),
            asked.get_absolute_url(),
            sending.report.get_absolute_url(),
            reverse("reporting:sending-detail", args=[sending.pk]),
            reverse("reporting:plan-list"),
            draft.get_absolute_url(),
            plan.get_absolute_url(),
            reverse("reporting:spending-list"),
            reverse("reporting:period") + "?period=year&year=2026",
            reverse("reporting:targets"),
            reverse("reporting:progress"),
            reverse("reporting:filter-list"),
            reverse("reporting:faults", args=[season.pk]),
            reverse("cycle:dossier-list"),
            reverse("cycle:enrolment-list"),
            reverse("registry:subject-list"),
            reverse("registry:posting-list"),
            reverse("registry:posting-create"),
            reverse("registry:person-list"),
            reverse("registry:person-detail", args=[colleague.pk]),
        ),
    )

    assert faults == []


def test_pages_of_the_centre(
    open_page: PageOpener, provincial_officer: User, central_officer: User
) -> None:
    sending = make.sent(make.report(by=central_officer), by=provincial_officer)
    centre = at_work(open_page, central_officer)

    faults = faults_on(
        centre,
        (
            "/ban-lam-viec/",
            reverse("reporting:programme"),
            sending.report.get_absolute_url(),
            sending.report.request.get_absolute_url(),
            reverse("reporting:request-create"),
        ),
    )
    centre.fill(
        title="Báo cáo đột xuất", first="2026-01-01", last="2026-06-30", due_on="2026-11-01"
    )
    centre.press("Gửi yêu cầu")
    centre.sees("Hạn gửi phải từ hôm nay trở đi.")
    faults += [("refused", *fault) for fault in looks(centre.page)]

    assert faults == []


def test_pages_of_an_administrator(
    open_page: PageOpener, administrator: User, producer: User
) -> None:
    change = registry.unit_change(administrator)
    asked = requests.ask(RequestKind.CORRECTION, text="Sai số điện thoại", by=producer, at=NOW)
    leaving = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Đỗ Thị Thu")
    registry.office_invitation("moi@ocop.example", by=administrator)
    upkeep.run(at=NOW)

    faults = faults_on(
        at_work(open_page, administrator),
        (
            "/tu-kiem-tra/",
            reverse("registry:unit-list"),
            reverse("registry:unit-change-list"),
            change.get_absolute_url(),
            reverse("registry:person-list"),
            reverse("registry:person-deactivate", args=[leaving.pk]),
            reverse("registry:duty-list", args=[leaving.pk]),
            reverse("registry:office-invitation-list"),
            reverse("privacy:request-list"),
            reverse("privacy:request-answer", args=[asked.pk]),
            reverse("journal:outbox"),
        ),
    )

    assert faults == []


def test_pages_of_ones_own_account(open_page: PageOpener, producer: User) -> None:
    tokens.make(name="Phần mềm kho", scopes=[Scope.READ], days=30, by=producer, at=NOW)
    requests.ask(RequestKind.CORRECTION, text="Sai số điện thoại", by=producer, at=NOW)

    faults = faults_on(
        at_work(open_page, producer),
        (
            reverse("accounts:profile"),
            reverse("accounts:session-list"),
            reverse("clients:token-list"),
            reverse("privacy:own"),
            reverse("journal:notice-list"),
        ),
    )

    assert faults == []


def test_pages_for_everybody(open_page: PageOpener, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_listings.listing(registry.product(), stars=4, issued_on=date(2026, 3, 2))
    sealing.seal_new(at=NOW + timedelta(days=1))
    sealing.close_days(at=NOW + timedelta(days=2))
    journal_heads.sign_missing(at=NOW + timedelta(days=2))
    open_data.publish(at=NOW)

    faults = faults_on(
        Actor(open_page(), ""),
        (
            reverse("promotion:journal-heads"),
            reverse("open-data:index"),
            reverse("privacy:note"),
            reverse("registry:unit-list"),
            reverse("registry:unit-page", args=[registry.commune().pk]),
        ),
    )

    assert faults == []
