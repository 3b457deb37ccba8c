"""Who is told that a role was given or taken back."""

from typing import Any

import pytest
from django.core import mail

from ocop_portal.journal import delivery
from ocop_portal.journal.models import Channel, Entry, Notification
from registry.domain.roles import Role
from registry.services import postings
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
