"""An address is invited, its owner signs up and takes the role; nobody else does."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop_portal.journal.models import Entry
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


def test_who_holds_the_link_reads_it_and_begins_with_the_invited_address(client: Client) -> None:
    row = invited(make.subject())
    url = answer_url(row)

    page = client.get(url).content.decode()
    sign_up = client.get(f"{reverse('accounts:sign-up')}?{urlencode({'next': url})}")
    log_in = client.get(reverse("accounts:login"))
    client.post(url)

    assert row.place_name in page
    assert f"<strong>{EMAIL}</strong>" in page
    assert f"{reverse('accounts:sign-up')}?{urlencode({'next': url})}" in page
    assert sign_up.context["form"]["email"].value() == EMAIL
    assert log_in.context["form"]["username"].value() == EMAIL
    assert not Posting.objects.filter(user__email=EMAIL).exists()


def test_link_leads_a_stranger_nowhere_but_out(client: Client) -> None:
    row = invited(make.subject())
    url = answer_url(row)
    tuan = signed_in(make.person("Tuấn"))

    page = tuan.get(url)
    out = tuan.post(reverse("accounts:logout"), {"next": url})

    assert page.status_code == 404
    assert row.place_name not in page.content.decode()
    assert EMAIL not in page.content.decode()
    assert out["Location"] == url
    assert signed_in(make.person("Tuấn")).post(url).status_code == 404
    wrong = url.replace(f"{row.pk}:", f"{row.pk + 1}:")
    assert signed_in(make.person(email=EMAIL)).get(wrong).status_code == 404
    assert client.get(wrong).status_code == 404


def test_invitation_is_accepted_once_however_often_it_is_pressed() -> None:
    row = invited(make.subject())
    quy = make.person(email=EMAIL)
    posting = invitations.accept(row, by=quy, at=make.NOW)

    again = invitations.accept(row, by=quy, at=make.NOW)
    page = signed_in(quy).get(answer_url(row))

    assert again == posting
    assert page["Location"] == reverse("registry:subject-detail", args=[row.subject_id])
    assert Entry.objects.filter(kind="registry.invitation.accepted").count() == 1


def test_accepted_invitation_does_not_bring_an_ended_role_back() -> None:
    row = invited(make.subject())
    quy = make.person(email=EMAIL)
    posting = invitations.accept(row, by=quy, at=make.NOW)
    postings.end(posting, by=row.invited_by, at=make.NOW)

    with pytest.raises(RuleBroken) as refusal:
        invitations.accept(row, by=quy, at=make.NOW)

    assert refusal.value.code == "invitation.closed"


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
