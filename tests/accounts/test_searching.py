"""People are found whatever marks they are typed with."""

import pytest
from django.core.management import call_command
from django.db import connection

from ocop_portal.accounts import services
from ocop_portal.accounts.models import User
from ocop_portal.accounts.searching import folded, has_words
from registry.domain.text import fold
from tests.factories import people
from tests.factories.registry import NOW

NAMES = ["Nguyễn Văn  Đức", "Đặng Thị Ư Ơ Ă", "TRẦN\tHOÀNG\nÁi", "Nguye\u0302\u0303n", "", "ß İ"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_folded_as_the_register_folds_them(name: str) -> None:
    assert folded(name) == fold(name)


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("nguyen van a", True),
        ("Nguyễn Văn A", True),
        ("a  NGUYEN", True),
        ("nguyê\u0303n", True),
        ("van-a@ocop", True),
        ("nguyen van b", False),
    ],
)
def test_person_is_found_without_marks_and_in_any_order(typed: str, is_found: bool) -> None:
    person = people.person("Nguyễn Văn A", "van-a@ocop.example")

    assert list(User.objects.filter(has_words(typed))) == ([person] if is_found else [])


@pytest.mark.django_db
@pytest.mark.embedded
def test_person_who_changes_the_name_is_found_by_the_new_one_alone() -> None:
    person = people.person("Nguyễn Văn A", "a@ocop.example")

    services.save_profile(
        person, full_name="Lý Đông", phone="", language="vi", wants_mail=True, digest="weekly"
    )

    assert User.objects.filter(has_words("ly dong")).exists()
    assert not User.objects.filter(has_words("nguyen")).exists()


@pytest.mark.django_db
@pytest.mark.embedded
def test_person_who_is_forgotten_is_found_no_longer() -> None:
    person = people.person("Nguyễn Văn A", "van-a@ocop.example")

    services.anonymise(person, at=NOW)

    assert not User.objects.filter(has_words("nguyen van a")).exists()
    assert not User.objects.filter(has_words("van-a@ocop")).exists()


@pytest.mark.django_db(transaction=True)
def test_people_of_before_the_migration_are_found_after_it() -> None:
    people.person("Nguyễn Văn A", "a@ocop.example")

    call_command("migrate", "accounts", "0005", verbosity=0)
    assert not User.objects.exclude(search_text="").exists()
    call_command("migrate", verbosity=0)

    assert User.objects.get().search_text == "nguyen van a a@ocop.example"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "accounts_user")
        assert "accounts_user_search" in found
