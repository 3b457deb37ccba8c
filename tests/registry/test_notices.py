"""Who is told that a role was given or taken back, and who is invited to one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal import services as journal
from ocop_portal.journal.models import Channel, Delivery, Entry, Notification
from ocop_portal.journal.selectors import outbox_for
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Invitation
from registry.selectors import invitation_to, token_of
from registry.services import invitations, postings
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[Notification]:
    delivery.fan_out(Entry.objects.get(kind=kind).pk, at=make.NOW)
    rows = list(Notification.objects.filter(entry__kind=kind).order_by("pk"))
    for row in rows:
        if row.channel == Channel.MAIL:
            delivery.deliver(row.pk, at=row.due_at)
    return rows


def test_person_is_told_of_a_role_that_is_given_and_taken_back() -> None:
    root, minh = make.person(is_superuser=True), make.person("Minh")
    facts: dict[str, Any] = {"starts_on": make.TODAY, "by": root, "at": make.NOW}
    posting = postings.grant(minh, role=Role.COMMUNE_OFFICER, unit=make.commune(), **facts)
    postings.end(posting, by=root, at=make.NOW)

    given, ended = told("registry.posting.granted"), told("registry.posting.ended")

    assert {row.recipient for row in given + ended} == {minh}
    subjects = [message.subject for message in mail.outbox]
    assert subjects == [
        "Vai trò mới: Cán bộ cấp xã, Xã Tân Cương, Tỉnh Thái Nguyên",
        "Đã kết thúc vai trò: Cán bộ cấp xã, Xã Tân Cương, Tỉnh Thái Nguyên",
    ]


def test_owner_who_registers_is_not_told_of_the_own_deed() -> None:
    make.subject()

    assert not Entry.objects.filter(kind="registry.posting.granted").exists()
    assert not Notification.objects.exists()


def invited(email: str) -> Invitation:
    maker = make.subject(name="Hợp tác xã Gió & Núi")
    owner = make.owner_of(maker)
    return invitations.invite(maker, email=email, role=Role.EDITOR, by=owner, at=make.NOW)


def test_address_without_an_account_is_mailed_the_link_and_the_row_can_be_seen() -> None:
    row = invited("quy@ocop.example")

    (letter,) = told("registry.invitation.sent")

    letter.refresh_from_db()
    assert (letter.recipient, letter.address) == (None, "quy@ocop.example")
    assert (letter.channel, letter.state) == (Channel.MAIL, Delivery.SENT)
    (message,) = mail.outbox
    assert message.to == ["quy@ocop.example"]
    assert message.subject == "Lời mời làm hồ sơ OCOP: Hợp tác xã Gió & Núi"
    assert reverse("registry:invitation-answer", args=[token_of(row)]) in message.body
    assert "Kính gửi ông/bà," in message.body
    assert token_of(row) not in letter.url
    owner = row.invited_by
    assert list(outbox_for(owner, on=make.TODAY)) == [letter]
    assert list(outbox_for(make.person("Tuấn"), on=make.TODAY)) == []


def test_person_with_an_account_finds_the_invitation_in_the_portal_too() -> None:
    quy = make.person("Quý", email="quy@ocop.example")
    User.objects.filter(pk=quy.pk).update(created_at=make.NOW - timedelta(days=1))
    row = invited("quy@ocop.example")
    quy.refresh_from_db()

    rows = told("registry.invitation.sent")

    assert [(each.recipient, each.channel) for each in rows] == [
        (quy, Channel.PORTAL),
        (quy, Channel.MAIL),
    ]
    assert invitation_to(quy, row.pk) == row
    assert rows[0].url == reverse("registry:invitation-own", args=[row.pk])
    assert invitation_to(make.person("Tuấn"), row.pk) is None


def test_account_opened_after_the_invitation_needs_the_mailed_link() -> None:
    row = invited("quy@ocop.example")
    User.objects.filter(pk=row.invited_by_id).update(created_at=make.NOW)

    squatter = make.person("Tuấn", email="quy@ocop.example")
    User.objects.filter(pk=squatter.pk).update(created_at=make.NOW + timedelta(minutes=1))
    squatter.refresh_from_db()

    assert invitation_to(squatter, row.pk) is None


def test_letter_to_an_address_that_is_muted_for_all_waits_until_somebody_sends_it_again() -> None:
    root = make.person(is_superuser=True)
    make.posting(root, Role.ADMINISTRATOR, make.country())
    journal.mute("registry.invitation.sent", person=None, by=root, at=make.NOW)
    invited("quy@ocop.example")

    (letter,) = told("registry.invitation.sent")

    letter.refresh_from_db()
    assert (letter.state, len(mail.outbox)) == (Delivery.MUTED, 0)
    assert journal.send_again(letter, by=root, at=make.NOW).state == Delivery.WAITING


def test_who_invited_is_told_that_the_invitation_was_accepted() -> None:
    row = invited("quy@ocop.example")
    invitations.accept(row, by=make.person("Quý", email="quy@ocop.example"), at=make.NOW)

    rows = told("registry.invitation.accepted")

    assert {each.recipient for each in rows} == {row.invited_by}
    assert mail.outbox[-1].subject == "Quý đã nhận lời làm hồ sơ cho Hợp tác xã Gió & Núi"


def test_twenty_first_invitation_of_a_day_is_refused_and_so_is_who_is_there_already() -> None:
    maker = make.subject()
    owner = make.owner_of(maker)
    facts: dict[str, Any] = {"role": Role.OWNER, "by": owner, "at": make.NOW}

    with pytest.raises(RuleBroken) as held:
        invitations.invite(maker, email=owner.email, **facts)
    for number in range(20):
        invitations.invite(maker, email=f"ban{number}@ocop.example", **facts)
    with pytest.raises(RuleBroken) as refusal:
        invitations.invite(maker, email="them@ocop.example", **facts)

    assert (held.value.code, held.value.field) == ("invitation.held", "email")
    assert refusal.value.code == "invitation.too_many"
    assert Invitation.objects.count() == 20
