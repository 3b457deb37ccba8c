"""The pages around the sheets, for every screen: nothing to stumble over from phone to desk."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from cycle.domain.samples import CustodyKind
from cycle.services import samples
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from scoring.domain.council import Seat
from scoring.models import AgendaItem, Council, SampleNumber, Session
from scoring.services import ballots, councils, declarations, tastings
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import HEIGHTS, PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def now() -> Iterator[None]:
    """The moment of the meeting, for the site too."""
    with time_machine.travel(make.MEETING):
        yield


@pytest.fixture
def held(now: None) -> make.Room:
    """Two teas: the first scored before and after its tests, the second tasted by number."""
    dossiers = [make.accepted_dossier(regime="2026") for _ in range(2)]
    room = make.room_for(dossiers[0])
    Council.objects.update(rounds_around_tests=True)
    office = cycle.officer_for(dossiers[1].enrolment, Level(dossiers[1].level))
    samples.record(dossiers[1], kind=CustodyKind.RECEIVED, units=5, by=office, at=make.NOW)
    session = make.opened(room, make.called(room, *dossiers))
    first = make.item_of(session)
    make.scored(first, room.voters, [70, 72, 74, 76])
    results = "Phiếu kiểm nghiệm 118/2026: đạt mọi chỉ tiêu"
    ballots.open_after_tests(first, results=results, by=room.chair.user, at=make.MEETING)
    make.scored(first, room.voters, [71, 72, 76, 77])
    tastings.draw_numbers(session, by=room.secretary.user, at=make.MEETING)
    for person in room.everybody:
        _can_log_in(person.user)
    return room


def _can_log_in(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def _adviser(held: make.Room, item: AgendaItem) -> User:
    """Of the advisory team, free to write on the product."""
    user = _can_log_in(registry.person("Vũ Tư Vấn"))
    councils.add_member(
        held.council, user=user, seat=Seat.ADVISER, by=held.officer, at=make.MEETING
    )
    declarations.declare(item, has_conflict=False, by=user, at=make.MEETING)
    return user


def test_every_page_of_the_room_is_clean_on_a_phone_a_tablet_and_a_desk(
    open_page: PageOpener, held: make.Room
) -> None:
    session = Session.objects.get()
    first, second = session.items.order_by("order")
    sample = SampleNumber.objects.get(item=second)
    room = f"/hoi-dong/phien/{session.pk}/"
    pages = {
        held.chair.user: [
            f"{room}phan-cong/",
            f"{room}bang/",
            f"{room}trinh-chieu/",
            f"{room}cam-quan/",
            f"{room}cam-quan/{sample.number}/",
            first.get_absolute_url(),
            reverse("scoring:interests"),
        ],
        held.secretary.user: [f"{room}cam-quan/"],
        _adviser(held, second): [f"/hoi-dong/muc/{second.pk}/tu-van/"],
    }
    faults = []

    for user, paths in pages.items():
        person = Actor.at(open_page(), user)
        for path in paths:
            person.go(path)
            for width, height in HEIGHTS.items():
                person.page.set_viewport_size({"width": width, "height": height})
                faults += [(path, width, *fault) for fault in faults_of(person.page)]

    assert faults == []
