"""An address is invited, its owner signs up and takes the role; nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from registry import selectors
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Invitation, Posting, Subject
from registry.services import invitations, postings
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db
EMAIL = "quy@ocop.example"


def invited(subject: Subject, **changes: Any) -> Invitation:
    facts: dict[str, Any] = {"email": EMAIL, "role": Role.EDITOR, "at": make.NOW, **changes}
    return invitations.invite(subject, by=make.owner_of(subject), **facts)


def answer_url(invitation: Invitation) -> str:
    return reverse("registry:invitation-answer", args=[selectors.token_of(invitation)])


def test_owner_invites_an_address_without_account_and_it_comes_in() -> None:
    subject = make.subject()
    lan = signed_in(make.owner_of(subject))

    page = lan.post(
        reverse("registry:member-create", args=[subject.pk]),
        {"email": "Quy@ocop.example", "role": "editor"},
        follow=True,
    ).content.decode()
    row = Invitation.objects.get()
    quy = make.person("Quý", email=EMAIL)
    shown = signed_in(quy).get(answer_url(row)).content.decode()
    signed_in(quy).post(answer_url(row))

    assert answer_url(row) in page
    assert subject.name in shown
    posting = Posting.objects.get(user=quy)
    assert (posting.subject, posting.role) == (subject, Role.EDITOR)
    assert EMAIL not in lan.get(subject.get_absolute_url()).content.decode()


def test_link_leads_a_visitor_to_the_login_and_a_stranger_nowhere(client: Any) -> None:
    row = invited(make.subject())
    url = answer_url(row)

    assert client.get(url)["Location"].startswith(reverse("accounts:login"))
    assert signed_in(make.person("Tuấn")).get(url).status_code == 404
    assert signed_in(make.person("Tuấn")).post(url).status_code == 404
    wrong = url.replace(f"{row.pk}:", f"{row.pk + 1}:")
    assert signed_in(make.person(email=EMAIL)).get(wrong).status_code == 404


def test_invitation_is_accepted_once() -> None:
    row = invited(make.subject())
    quy = make.person(email=EMAIL)
    invitations.accept(row, by=quy, at=make.NOW)

    with pytest.raises(RuleBroken) as refusal:
        invitations.accept(row, by=quy, at=make.NOW)

    assert refusal.value.code == "invitation.closed"
    assert Posting.objects.filter(user=quy).count() == 1


def test_late_withdrawn_or_orphaned_invitation_opens_nothing() -> None:
    subject = make.subject()
    lan, quy = make.owner_of(subject), make.person(email=EMAIL)
    late = invited(subject)
    with pytest.raises(RuleBroken):
        invitations.accept(late, by=quy, at=make.NOW + timedelta(days=14))
    invitations.withdraw(late, by=lan, at=make.NOW)
    with pytest.raises(RuleBroken):
        invitations.accept(late, by=quy, at=make.NOW)
    orphaned = invited(subject)
    postings.grant(
        make.person("Hòa"),
        role=Role.OWNER,
        subject=subject,
        starts_on=make.TODAY,
        by=lan,
        at=make.NOW,
    )
    postings.end(Posting.objects.get(user=lan), by=lan, at=make.NOW)

    with pytest.raises(RuleBroken):
        invitations.accept(orphaned, by=quy, at=make.NOW)

    assert not Posting.objects.filter(user=quy).exists()


def test_somebody_elses_invitation_is_refused_by_the_service_too() -> None:
    with pytest.raises(PermissionDenied):
        invitations.accept(invited(make.subject()), by=make.person("Tuấn"), at=make.NOW)


def test_second_invitation_withdraws_the_first() -> None:
    subject = make.subject()
    first = invited(subject)

    second = invited(subject, role=Role.OWNER)

    first.refresh_from_db()
    assert not first.is_open(make.NOW)
    assert list(selectors.open_invitations(subject, make.NOW)) == [second]


def test_editor_invites_nobody_and_sees_no_addresses() -> None:
    subject = make.subject()
    invited(subject)
    editor = make.person()
    make.posting(editor, Role.EDITOR, subject)

    with pytest.raises(PermissionDenied):
        invitations.invite(subject, email=EMAIL, role=Role.OWNER, by=editor, at=make.NOW)

    assert EMAIL not in signed_in(editor).get(subject.get_absolute_url()).content.decode()


def test_role_of_an_officer_is_given_by_no_invitation() -> None:
    with pytest.raises(RuleBroken) as refusal:
        invited(make.subject(), role=Role.ADMINISTRATOR)

    assert refusal.value.field == "role"
