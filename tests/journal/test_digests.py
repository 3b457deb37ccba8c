"""What waits is told once a week, to those for whom something waits."""

from datetime import timedelta

import pytest
from django.core import mail

from cycle.models import Enrolment
from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery, digests
from ocop_portal.journal.models import Channel, Entry, Notification
from ocop_portal.journal.tasks import send_digests
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# NOW is a Friday; the Monday after it begins the next week.
MONDAY = NOW + timedelta(days=3)


def waiting() -> tuple[Enrolment, User, User]:
    row = cycle.with_idea_submitted(cycle.enrolment())
    return row, cycle.appraiser_for(row), cycle.owner_of(row)


def told() -> list[int]:
    return list(Entry.objects.filter(kind=digests.DIGEST).values_list("subject_id", flat=True))


def test_officer_with_work_is_told_and_others_are_not() -> None:
    _row, officer, owner = waiting()
    registry.person("Tuấn")
    User.objects.filter(pk=officer.pk).update(language="en")

    digests.send_digests(at=MONDAY)

    assert officer.pk in told()
    assert owner.pk not in told()
    entry = Entry.objects.get(kind=digests.DIGEST, subject_id=officer.pk)
    assert entry.facts["groups"] == [{"label": "Product idea", "number": 1, "late": 0}]
    for key in delivery.fan_out(entry.pk, at=MONDAY):
        delivery.deliver(key, at=MONDAY)
    (letter,) = mail.outbox
    assert letter.subject == "1 thing waits for you this week"
    assert "- Product idea: 1" in letter.body
    row = Notification.objects.get(entry=entry)
    assert (row.recipient, row.channel) == (officer, Channel.MAIL)


def test_digest_is_told_once_a_week_however_often_it_runs() -> None:
    _row, officer, _owner = waiting()

    first = digests.send_digests(at=MONDAY)
    again = digests.send_digests(at=MONDAY + timedelta(days=6))
    later = digests.send_digests(at=MONDAY + timedelta(days=28))

    assert (first, again) == (later, 0)
    assert told().count(officer.pk) == 2
    last = Entry.objects.filter(kind=digests.DIGEST, subject_id=officer.pk).order_by("pk").last()
    assert last is not None
    assert last.facts["groups"][0]["late"] == 1


def test_weekly_task_only_calls_the_service() -> None:
    assert send_digests() == 0
