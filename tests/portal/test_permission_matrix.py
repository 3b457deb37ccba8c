"""Every address of the portal × who asks × how: what must be shut is shut.

The addresses are read from the URL configuration, so a new one is asked about as soon as it
exists: either it leads a visitor to the login, or it stands on the list of public ones; and where
it names an object, a producer from elsewhere does not find Lan's, while Lan does.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from ocop_portal.journal.models import Entry
from tests.conftest import LogIn
from tests.portal.addresses import (
    PUBLIC,
    SHARED,
    Address,
    addresses,
    is_shut,
    path_of,
    statuses,
)
from tests.portal.things import values_for
from tests.portal.world import AFTERWARDS, World, make_world


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses(), ids=str)
def test_visitors_see_only_what_is_public(client: Client, address: Address) -> None:
    path = path_of(address)

    answers = [client.get(path), client.post(path), client.put(path), client.delete(path)]

    if address.name in PUBLIC:
        assert not all(answer.status_code in {401, 403, 500} for answer in answers)
    else:
        assert [is_shut(answer) for answer in answers] == [True] * 4


def test_the_list_of_public_addresses_holds_nothing_that_is_gone() -> None:
    names = {address.name for address in addresses()}

    assert (PUBLIC | SHARED) - names == set()


@pytest.fixture(scope="module")
def _world_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_of_the_module: World, db: None) -> Iterator[World]:
    with time_machine.travel(AFTERWARDS, tick=False):
        yield _world_of_the_module


def with_objects() -> list[Address]:
    return [a for a in addresses() if a.arguments and a.name not in PUBLIC]


@pytest.mark.parametrize("address", with_objects(), ids=str)
def test_people_from_elsewhere_find_nothing_of_lans(
    world: World, log_in: LogIn, address: Address
) -> None:
    path = path_of(address, values_for(address, world))
    allowed = {200, 403, 404, 405} if address.name in SHARED else {404, 405}

    there = any(statuses(log_in(person), path) - {404, 405} for person in world.insiders)
    producer = statuses(log_in(world.stranger), path)
    officer = statuses(log_in(world.officer_elsewhere), path)

    assert there, "nobody finds it"
    assert producer <= allowed
    assert officer <= allowed | ({403} if address.name.startswith("journal:") else set())


# What concerns the reader's own account, whoever that is.
PERSONAL = ("accounts:", "journal:notice", "clients:", "privacy:own", "reporting:filter-")
# An auditor may register a producer of his own; the others ask for the missing word of the form
# before the service asks who speaks.
FORM_FIRST = {
    "promotion:event-apply",
    "api-evidence-list",
    "api-registered-product-list",
    "api-subject-list",
    "cycle:session-register",
    "registry:subject-create",
    "reporting:bulk-start",
    "promotion:withhold",
    "scoring:item-detail",
    "scoring:rating-choose",
}


@pytest.mark.parametrize("address", addresses(), ids=str)
def test_an_auditor_changes_nothing(world: World, log_in: LogIn, address: Address) -> None:
    if address.name in PUBLIC or address.name.startswith(PERSONAL):
        return
    values = values_for(address, world) if address.arguments else {}
    before = Entry.objects.count()

    answer = log_in(world.auditor).post(path_of(address, values))

    refusals = {403, 404, 405} | ({200, 302, 415, 422} if address.name in FORM_FIRST else set())
    assert answer.status_code in refusals
    assert Entry.objects.count() == before


# Pages of one thing that are named otherwise, and those that tell no history, with the reason.
MORE_PAGES = {"promotion:enquiry", "promotion:kept-event", "promotion:kept-point"}
WITHOUT_HISTORY = {
    "criteria:detail": "the text of a set of criteria; its editions stand in the council's office",
    "reporting:sending-detail": "a frozen sending; its report tells the history",
    "registry:invitation-detail": "tells the state of one invitation and who sent it when",
}


def pages_of_things() -> list[Address]:
    return [
        address
        for address in addresses()
        if address.arguments
        and not address.name.startswith("api-")
        and (address.name.endswith("-detail") or address.name in MORE_PAGES)
        and address.name not in WITHOUT_HISTORY
    ]


@pytest.mark.parametrize("address", pages_of_things(), ids=str)
def test_page_of_a_thing_tells_its_history(world: World, log_in: LogIn, address: Address) -> None:
    path = path_of(address, values_for(address, world))

    answers = [log_in(person).get(path) for person in dict.fromkeys(world.insiders)]
    opened = [answer for answer in answers if answer.status_code == 200]

    assert opened
    assert any("Lịch sử</h2>" in answer.content.decode() for answer in opened)
