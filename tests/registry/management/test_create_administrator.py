"""The first administrator of an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Posting
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def run(**options: str) -> str:
    answer = StringIO()
    call_command("create_administrator", stdout=answer, **options)
    return answer.getvalue()


def test_first_administrator_gets_a_password_and_the_whole_country() -> None:
    make.country()

    answer = run(email="An@Ocop.example", name="Mai An")

    user = User.objects.get(email="an@ocop.example")
    password = answer.partition("password: ")[2].strip()
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert list(Posting.objects.values_list("user", "role", "unit__path")) == [
        (user.pk, Role.ADMINISTRATOR, "/")
    ]


def test_a_given_password_is_not_printed() -> None:
    make.country()

    assert "hoa ban" not in run(email="an@ocop.example", password="hoa ban trắng núi rừng")


def test_a_known_address_is_refused() -> None:
    make.country()
    make.person(email="an@ocop.example")

    with pytest.raises(CommandError, match="has an account already"):
        run(email="an@ocop.example")


@pytest.mark.parametrize("options", [{"email": "khong-phai-thu"}, {"password": "ngan"}])
def test_bad_input_is_refused(options: dict[str, str]) -> None:
    make.country()

    with pytest.raises(CommandError):
        run(**options)


def test_without_units_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="load_units"):
        run(email="an@ocop.example")

    assert not User.objects.exists()
