"""The menu and the empty desk as all the apps together make them, for each sort of person."""

import pytest
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.web import desk, navigation
from registry.domain.regime import Level
from tests.factories import cycle, people, registry, scoring
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
MOST_ENTRIES = 10


def menu(user: User) -> list[str]:
    return [item.url for item in navigation.items_for(user, "/ban-lam-viec/")]


def offered(user: User) -> list[str]:
    return [hint.url for hint in desk.suggestions_for(user, NOW)]


def test_the_menu_of_the_desk_leaves_the_public_pages_to_the_public_menu() -> None:
    public = {"promotion:catalogue", "promotion:verify", "guidance:index", "reporting:stars"}
    addresses = {reverse(name) for name in public}

    for user in (people.lan(), people.ha(), people.son(), people.an(), people.giang()):
        assert not addresses & set(menu(user)), user


def test_the_menu_of_an_office_fits_on_one_line_of_an_office_screen() -> None:
    for user in (people.lan(), people.minh(), people.dung(), people.ha(), people.son()):
        assert len(menu(user)) <= MOST_ENTRIES, user


def test_own_files_are_in_the_menu_of_producers_alone() -> None:
    mine = reverse("registry:desk")

    assert mine in menu(people.lan())
    assert mine not in menu(people.ha())
    assert mine not in menu(people.person("Người mới", "moi@ocop.example"))


def test_who_is_new_here_begins_with_a_subject() -> None:
    cycle.season()

    assert offered(registry.person()) == [
        reverse("registry:subject-create"),
        reverse("cycle:index"),
    ]


def test_a_member_of_a_council_is_led_to_the_council_not_to_a_subject() -> None:
    cycle.season()
    room = scoring.room(Level.PROVINCE, registry.province())

    assert offered(room.members[0].user) == [reverse("scoring:council-list")]


def test_an_office_is_not_asked_to_take_part_with_its_product() -> None:
    cycle.season()
    (hint,) = desk.suggestions_for(people.ha(), NOW)

    assert hint.url == reverse("cycle:index")
    assert "sản phẩm của bạn" not in str(hint.text)
