"""The pages of what follows recognition: with a screen reader, on a phone, on an office PC."""

from collections.abc import Iterator

import pytest
import time_machine

from promotion.domain.reports import ReportKind
from promotion.models import MisuseReport, OfficialMark
from promotion.services import labels, listings, reports
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from scoring.services import inspections
from tests.factories import inspections as visits
from tests.factories import registry
from tests.factories import scoring as make
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW):
        yield


@pytest.fixture
def held() -> Certificate:
    """With a visit that found something, another to come, a report, a mark, a draft."""
    made = visits.certificate(stars=4)
    officer = visits.officer(made)
    visited = visits.recorded(made)
    inspections.find(visited, text="Tem mờ", due_on=make.TODAY, by=officer, at=make.NOW)
    inspections.add_photo(visited, file=visits.picture(), caption="Bao bì", by=officer, at=make.NOW)
    visits.ordered(made)
    reports.receive(
        kind=ReportKind.WRONG_STARS, text="In 5 sao ở chợ", certificate=made, at=make.NOW
    )
    unit = made.product.commune.province
    assert unit is not None
    labels.keep_mark(unit, stars=4, file=visits.picture(), by=officer, at=make.NOW)
    make.measure(made, DecisionKind.SUSPEND)
    listings.refresh(made.product, at=make.NOW)
    return made


@pytest.mark.parametrize("width", [360, 1366])
def test_desk_pages_when_opened_then_accessible_and_no_wider_than_the_screen(
    open_page: PageOpener, held: Certificate, width: int
) -> None:
    officer, owner = visits.officer(held), registry.owner_of(held.product.subject)
    for person in (officer, owner):
        person.set_password(PASSWORD)
        person.save()
    visited, ordered = held.inspections.order_by("pk")
    mark, report = OfficialMark.objects.get(), MisuseReport.objects.get()
    office = (
        "/hoi-dong/giay-chung-nhan/",
        held.get_absolute_url(),
        f"{held.get_absolute_url()}quyet-dinh/thu-hoi/",
        f"{held.get_absolute_url()}kiem-tra/",
        "/hoi-dong/kiem-tra/",
        f"/hoi-dong/kiem-tra/ke-hoach/{mark.unit_id}/{make.TODAY.year}/",
        visited.get_absolute_url(),
        ordered.get_absolute_url(),
        f"{ordered.get_absolute_url()}ket-qua/",
        "/phan-anh/",
        report.get_absolute_url(),
        f"/nhan-hieu/{mark.unit_id}/",
    )
    producer = (
        held.get_absolute_url(),
        held.product.get_absolute_url(),
        f"/xuc-tien/{held.product_id}/bo-nhan/",
    )
    everybody = ("/bao-vi-pham/", f"/bao-vi-pham/{report.code}/", f"/xac-thuc/{held.code}/")
    faults = []

    for person, paths in ((officer, office), (owner, producer + everybody)):
        actor = Actor.at(open_page(width=width), person)
        for path in paths:
            actor.go(path)
            faults += [(path, *fault) for fault in faults_of(actor.page)]

    assert faults == []
