"""Accounts closed and opened by those who may, and what that takes away."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts import links
from ocop_portal.accounts import services as accounts
from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry, Notification
from registry import selectors
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Posting
from registry.services import people, postings
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY: dict[str, Any] = {"reason": "Chuyển công tác", "at": make.NOW}


@pytest.fixture
def head() -> User:
    """Administers the province."""
    return make.officer(Role.ADMINISTRATOR, make.province(), "Hạnh")


@pytest.fixture
def minh() -> User:
    return make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")


def test_a_closed_account_ends_its_sessions_and_programs_at_once(head: User, minh: User) -> None:
    browser = Client()
    browser.force_login(minh)
    _token, secret = tokens.make(name="x", scopes=[Scope.READ], days=30, by=minh, at=make.NOW)

    people.deactivate(minh, by=head, **WHY)

    assert not BrowserSession.objects.filter(user=minh).exists()
    assert browser.get(reverse("accounts:profile")).status_code == 302
    assert tokens.of_secret(secret, at=make.NOW) is None
    entry = Entry.objects.get(kind="registry.person.deactivated")
    assert (entry.actor, entry.facts) == (head, {"reason": "Chuyển công tác"})


def test_roles_sleep_with_the_account_and_wake_with_it(head: User, minh: User) -> None:
    people.deactivate(minh, by=head, **WHY)
    minh.refresh_from_db()
    asleep = selectors.has_role(minh, Role.COMMUNE_OFFICER, on=make.TODAY)

    people.reactivate(minh, by=head, **WHY)
    minh.refresh_from_db()

    assert not asleep
    assert selectors.has_role(minh, Role.COMMUNE_OFFICER, on=make.TODAY)
    assert minh.closed_at is None


def test_a_program_does_not_come_back_with_the_account(head: User, minh: User) -> None:
    _token, secret = tokens.make(name="x", scopes=[Scope.READ], days=30, by=minh, at=make.NOW)
    people.deactivate(minh, by=head, **WHY)

    people.reactivate(minh, by=head, **WHY)

    assert tokens.of_secret(secret, at=make.NOW) is None


def test_roles_end_with_the_account_where_that_is_asked(head: User, minh: User) -> None:
    people.deactivate(minh, by=head, ends=True, **WHY)

    assert Posting.objects.get(user=minh).ends_on == make.TODAY


def test_nobody_closes_the_own_account_or_that_of_an_equal(head: User) -> None:
    equal = make.officer(Role.ADMINISTRATOR, make.province())

    for person in (head, equal):
        with pytest.raises(PermissionDenied):
            people.deactivate(person, by=head, **WHY)


def test_a_role_elsewhere_or_of_a_producer_keeps_the_account_open(head: User, minh: User) -> None:
    make.posting(
        minh, Role.COMMUNE_OFFICER, make.commune("Xã Lạ", "00099", make.province("Tỉnh Xa", "68"))
    )
    lan = make.owner_of(make.subject(commune=make.commune()))

    for person in (minh, lan):
        with pytest.raises(PermissionDenied):
            people.deactivate(person, by=head, **WHY)
    national = make.officer(Role.ADMINISTRATOR, make.country())
    assert people.deactivate(minh, by=national, **WHY).closed_at is not None


def test_somebody_without_any_role_here_is_no_business_of_the_province(head: User) -> None:
    with pytest.raises(PermissionDenied):
        people.deactivate(make.person("Tuấn"), by=head, **WHY)


def test_the_last_administrator_stays() -> None:
    first = make.officer(Role.ADMINISTRATOR, make.country())
    root = make.person(is_superuser=True)
    people.deactivate(root, by=first, **WHY)
    root.is_active = True  # as it was before: asks for what it may no longer do alone

    with pytest.raises(RuleBroken) as closing:
        people.deactivate(first, by=root, **WHY)
    with pytest.raises(RuleBroken) as ending:
        postings.end(Posting.objects.get(user=first), by=first, at=make.NOW)

    codes = {closing.value.code, ending.value.code}
    assert codes == {"posting.last_administrator"}


def test_a_reason_is_asked_for(head: User, minh: User) -> None:
    with pytest.raises(RuleBroken) as refusal:
        people.deactivate(minh, reason="  ", by=head, at=make.NOW)

    assert refusal.value.field == "reason"


def test_no_mailed_link_opens_a_closed_account(head: User, minh: User) -> None:
    User.objects.filter(pk=minh.pk).update(confirmed_at=None)
    minh.refresh_from_db()
    token = links.confirm_tokens.make_token(minh)
    people.deactivate(minh, by=head, **WHY)
    minh.refresh_from_db()
    before = Entry.objects.count()

    accounts.ask_for_password_link(minh.email, at=make.NOW)
    accounts.sign_up(minh.email, full_name="X", password="y", language="vi", at=make.NOW)
    with pytest.raises(PermissionDenied):
        accounts.confirm(minh, at=make.NOW)

    assert not links.may_be_confirmed(minh, token)
    assert Entry.objects.count() == before


def test_the_person_is_written_to_although_the_account_is_closed(head: User, minh: User) -> None:
    people.deactivate(minh, by=head, **WHY)
    entry = Entry.objects.get(kind="registry.person.deactivated")

    delivery.fan_out(entry.pk, at=make.NOW)

    assert [row.recipient for row in Notification.objects.filter(entry=entry)] == [minh]


def test_repeating_an_act_records_it_once(head: User, minh: User) -> None:
    for _each in range(2):
        people.deactivate(minh, by=head, at=make.NOW + timedelta(minutes=1), reason="Nghỉ")

    assert Entry.objects.filter(kind="registry.person.deactivated").count() == 1
