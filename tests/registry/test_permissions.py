"""Who may do what: every role against every act."""

from collections.abc import Callable
from typing import Any

import pytest

from ocop_portal.accounts.models import User
from registry import permissions
from registry.domain.roles import Role
from registry.models import Evidence, Posting, Product, Subject
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ON = make.TODAY
PRODUCERS = {Role.OWNER, Role.EDITOR}
OFFICERS = {
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.PROVINCIAL_OFFICER,
    Role.CENTRAL_OFFICER,
}
# What each act allows; everybody else is refused with a reason.
ALLOWED: dict[str, set[Role]] = {
    "edit subject": PRODUCERS,
    "add product": PRODUCERS,
    "edit product": PRODUCERS,
    "give code": OFFICERS,
    "upload evidence": PRODUCERS,
    "withdraw evidence": PRODUCERS,
    "grant on subject": {Role.OWNER},
    "end posting on subject": {Role.OWNER},
    "give on unit": {Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER},
    "end posting on unit": {Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER},
    "close account": {Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER},
    "administer": {Role.ADMINISTRATOR},
}
PLACES: dict[Role, Callable[[], Any]] = {
    Role.COMMUNE_OFFICER: make.commune,
    Role.DISTRICT_OFFICER: make.district,
    Role.PROVINCIAL_OFFICER: make.province,
    Role.CENTRAL_OFFICER: make.country,
    Role.AUTHORITY: make.province,
    Role.ADMINISTRATOR: make.province,
    Role.AUDITOR: make.province,
}


@pytest.fixture
def maker() -> Subject:
    commune = make.commune()
    return make.subject(commune=commune, former_commune=make.former_commune(successor=commune))


def ask(act: str, user: User, maker: Subject) -> Any:
    product: Product = make.product(maker)
    paper: Evidence = make.paper(maker)
    on_subject = Posting.objects.filter(subject=maker, role=Role.OWNER).earliest("pk")
    on_unit = make.posting(make.person(), Role.COMMUNE_OFFICER, make.commune())
    answers: dict[str, Callable[[], Any]] = {
        "edit subject": lambda: permissions.may_edit_subject(user, maker, on=ON),
        "add product": lambda: permissions.may_add_product(user, maker, on=ON),
        "edit product": lambda: permissions.may_edit_product(user, product, on=ON),
        "give code": lambda: permissions.may_give_code(user, product, on=ON),
        "upload evidence": lambda: permissions.may_upload_evidence(user, maker, on=ON),
        "withdraw evidence": lambda: permissions.may_withdraw_evidence(user, paper, on=ON),
        "grant on subject": lambda: permissions.may_grant_on_subject(user, maker, on=ON),
        "end posting on subject": lambda: permissions.may_end_posting(user, on_subject, on=ON),
        "give on unit": lambda: permissions.may_give(
            user, Role.COMMUNE_OFFICER, make.commune(), on=ON
        ),
        "close account": lambda: permissions.may_close_account(user, on_unit.user, on=ON),
        "end posting on unit": lambda: permissions.may_end_posting(user, on_unit, on=ON),
        "administer": lambda: permissions.may_administer(user, on=ON),
    }
    return answers[act]()


@pytest.mark.parametrize("act", ALLOWED)
@pytest.mark.parametrize("role", list(Role))
def test_role_against_act(role: Role, act: str, maker: Subject) -> None:
    user = make.person()
    make.posting(user, role, maker if role.is_on_subject else PLACES[role]())

    verdict = ask(act, user, maker)

    assert bool(verdict) == (role in ALLOWED[act])
    assert bool(verdict.reason) != bool(verdict)


@pytest.mark.parametrize("act", ALLOWED)
def test_person_without_a_posting_may_nothing(act: str, maker: Subject) -> None:
    verdict = ask(act, make.person("Tuấn"), maker)

    assert not verdict
    assert verdict.reason


@pytest.mark.parametrize("act", ALLOWED)
def test_posting_elsewhere_gives_nothing_here(act: str, maker: Subject) -> None:
    user = make.person()
    elsewhere = make.province("Tỉnh Lâm Đồng", "68")
    for role in (Role.PROVINCIAL_OFFICER, Role.AUTHORITY, Role.AUDITOR):
        make.posting(user, role, elsewhere)
    make.posting(user, Role.OWNER, make.subject())
    if act != "administer":
        make.posting(user, Role.ADMINISTRATOR, elsewhere)

    assert not ask(act, user, maker)


def test_superuser_only_administers(maker: Subject) -> None:
    root = make.person(is_superuser=True)

    allowed = {act for act in ALLOWED if ask_again(act, root, maker)}

    assert allowed == {"give on unit", "end posting on unit", "close account", "administer"}


def ask_again(act: str, user: User, maker: Subject) -> bool:
    Product.objects.filter(subject=maker).delete()
    Posting.objects.filter(role=Role.COMMUNE_OFFICER).delete()
    return bool(ask(act, user, maker))
