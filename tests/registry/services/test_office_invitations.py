"""A colleague is invited to an office, comes in with a password, and nobody learns who had one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry, Notification
from registry import selectors
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Invitation, Posting
from registry.services import invitations, people, postings
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db
EMAIL = "moi@ocop.example"
PASSWORD = "con trâu đi trước cái cày"


@pytest.fixture
def head() -> User:
    return make.officer(Role.ADMINISTRATOR, make.province(), "Hạnh")


def invited(head: User, email: str = EMAIL, **changes: Any) -> Invitation:
    facts: dict[str, Any] = {"role": Role.COMMUNE_OFFICER, "at": make.NOW, **changes}
    return invitations.invite_to_office(make.commune(), email=email, by=head, **facts)


def url_of(row: Invitation) -> str:
    return reverse("registry:invitation-answer", args=[selectors.token_of(row)])


def named(**changes: str) -> dict[str, str]:
    facts = {"full_name": "Trần Mới", "password": PASSWORD, "password_again": PASSWORD}
    return {**facts, **changes}


def test_a_new_colleague_names_a_password_and_works(head: User, client: Client) -> None:
    row = invited(head, at=make.timezone_now())

    answer = client.post(url_of(row), named())

    person = User.objects.get(email=EMAIL)
    posting = Posting.objects.get(user=person)
    assert answer["Location"] == reverse("desk")
    assert client.get(reverse("desk")).status_code == 200
    assert (posting.role, posting.unit) == (Role.COMMUNE_OFFICER, make.commune())
    assert person.confirmed_at is not None
    assert person.check_password(PASSWORD)
    granted = Entry.objects.get(kind="registry.posting.granted", subject_id=posting.pk)
    assert granted.actor == head


def test_a_weak_password_is_refused_and_nothing_is_opened(head: User, client: Client) -> None:
    row = invited(head, at=make.timezone_now())

    page = client.post(url_of(row), named(password="12345", password_again="12345"))

    assert page.status_code == 200
    assert not User.objects.filter(email=EMAIL).exists()
    assert not page.context["form"].is_valid()


def test_who_invites_sees_the_same_for_every_sort_of_address(head: User) -> None:
    closed = make.officer(Role.AUDITOR, make.province("Tỉnh Xa", "68"), email="dong@ocop.example")
    national = make.officer(Role.ADMINISTRATOR, make.country())
    people.deactivate(closed, reason="x", by=national, at=make.NOW)
    make.person(email="co@ocop.example")
    make.person(email="chua@ocop.example", is_active=False)
    browser = signed_in(head)
    facts = {"role": "commune_officer", "unit": make.commune().pk, "starts_on": "2030-01-01"}
    told = []

    for name in ("khong", "co", "chua", "dong"):
        email = f"{name}@ocop.example"
        page = browser.post(
            reverse("registry:posting-create"), {**facts, "email": email}, follow=True
        )
        told.append([str(each).replace(email, "…") for each in page.context["messages"]])
        row = Invitation.objects.get(email=email)
        entry = Entry.objects.get(kind="registry.office_invitation.sent", subject_id=row.pk)
        delivery.fan_out(entry.pk, at=make.NOW)
        mails = Notification.objects.filter(entry=entry, channel="mail")
        assert mails.count() == 1, name
        assert row.email not in str(entry.facts)

    assert told == [["Đã gửi lời mời tới …."]] * 4


def test_an_address_with_an_account_logs_in_first(head: User, client: Client) -> None:
    person = make.person(email=EMAIL)
    row = invited(head, at=make.timezone_now())

    page = client.post(url_of(row), named())
    signed_in(person).post(url_of(row))

    assert page.context["must_log_in"]
    assert not person.check_password(PASSWORD)
    assert Posting.objects.filter(user=person, unit=make.commune()).exists()


def test_a_closed_account_is_not_opened_by_an_invitation(head: User, client: Client) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), email=EMAIL)
    people.deactivate(minh, reason="x", by=head, at=make.NOW)
    row = invited(head, at=make.timezone_now())

    client.post(url_of(row), named())

    minh.refresh_from_db()
    assert not minh.is_active
    assert not minh.check_password(PASSWORD)


def test_an_unconfirmed_account_made_by_a_stranger_is_taken_over(
    head: User, client: Client
) -> None:
    squatter = make.person(email=EMAIL, is_active=False)
    row = invited(head, at=make.timezone_now())

    client.post(url_of(row), named())

    squatter.refresh_from_db()
    assert squatter.is_active
    assert squatter.check_password(PASSWORD)


def test_late_withdrawn_or_orphaned_link_opens_nothing(head: User, client: Client) -> None:
    late = invited(head, at=make.timezone_now() - timedelta(days=14))
    withdrawn = invited(head, email="b@ocop.example", at=make.timezone_now())
    invitations.withdraw(withdrawn, by=head, at=make.NOW)
    orphaned = invited(head, email="c@ocop.example", at=make.timezone_now())
    national = make.officer(Role.ADMINISTRATOR, make.country())
    postings.end(Posting.objects.get(user=head), by=national, at=make.NOW)

    for row in (late, withdrawn):
        client.post(url_of(row), named())
    refused = client.post(url_of(orphaned), named())

    assert refused.status_code == 409
    assert not User.objects.filter(email__in=(EMAIL, "b@ocop.example", "c@ocop.example")).exists()


def test_sent_again_the_old_link_is_dead_and_the_new_one_lives(head: User) -> None:
    first = invited(head, at=make.timezone_now())
    browser = signed_in(head)

    browser.post(reverse("registry:office-invitation-send-again", args=[first.pk]))

    first.refresh_from_db()
    (row,) = selectors.office_invitations(head, make.timezone_now())
    assert first.withdrawn_at is not None
    assert row.pk != first.pk
    browser.post(reverse("registry:office-invitation-withdraw", args=[row.pk]))
    assert not selectors.office_invitations(head, make.timezone_now()).exists()


def test_nobody_invites_to_what_he_does_not_give(head: User) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite_to_office(
            make.province(), email=EMAIL, role=Role.ADMINISTRATOR, by=head, at=make.NOW
        )
    with pytest.raises(RuleBroken):
        invitations.invite_to_office(
            make.province(), email=EMAIL, role=Role.COMMUNE_OFFICER, by=head, at=make.NOW
        )


def test_a_link_to_an_office_is_shown_to_nobody_but_its_address(head: User) -> None:
    row = invited(head, at=make.timezone_now())

    page = signed_in(head).get(reverse("registry:office-invitation-list")).content.decode()

    assert EMAIL in page
    assert selectors.token_of(row) not in page
