"""What waits is told as often as a person chose, to those for whom something waits."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from cycle.models import Enrolment
from ocop_portal.accounts.models import Rhythm, User
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

    digests.send_digests(Rhythm.WEEKLY, at=MONDAY)

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

    first = digests.send_digests(Rhythm.WEEKLY, at=MONDAY)
    again = digests.send_digests(Rhythm.WEEKLY, at=MONDAY + timedelta(days=6))
    later = digests.send_digests(Rhythm.WEEKLY, at=MONDAY + timedelta(days=28))

    assert (first, again) == (later, 0)
    assert told().count(officer.pk) == 2
    last = Entry.objects.filter(kind=digests.DIGEST, subject_id=officer.pk).order_by("pk").last()
    assert last is not None
    assert last.facts["groups"][0]["late"] == 1


@pytest.mark.parametrize(
    ("choice", "weekly", "daily"),
    [(Rhythm.WEEKLY, 1, 0), (Rhythm.DAILY, 0, 1), (Rhythm.NEVER, 0, 0)],
)
def test_each_hears_as_often_as_chosen(choice: Rhythm, weekly: int, daily: int) -> None:
    _row, officer, _owner = waiting()
    User.objects.update(digest=Rhythm.NEVER)
    User.objects.filter(pk=officer.pk).update(digest=choice)

    told_weekly = digests.send_digests(Rhythm.WEEKLY, at=MONDAY)
    told_daily = digests.send_digests(Rhythm.DAILY, at=MONDAY)

    assert (told_weekly, told_daily) == (weekly, daily)
    assert told() == [officer.pk] * (weekly + daily)


def test_daily_digest_is_told_once_a_day_and_names_the_day() -> None:
    _row, officer, _owner = waiting()
    User.objects.filter(pk=officer.pk).update(digest=Rhythm.DAILY)

    numbers = [
        digests.send_digests(Rhythm.DAILY, at=MONDAY + timedelta(hours=hours))
        for hours in (0, 1, 24)
    ]

    assert numbers == [1, 0, 1]
    entry = Entry.objects.filter(kind=digests.DIGEST, subject_id=officer.pk).earliest("pk")
    for key in delivery.fan_out(entry.pk, at=MONDAY):
        delivery.deliver(key, at=MONDAY)
    (letter,) = mail.outbox
    assert letter.subject == "1 việc đang chờ bạn hôm nay"


def test_who_gets_no_mail_gets_no_digest() -> None:
    _row, officer, _owner = waiting()
    User.objects.filter(pk=officer.pk).update(wants_mail=False)

    digests.send_digests(Rhythm.WEEKLY, at=MONDAY)

    assert officer.pk not in told()


@pytest.mark.parametrize("rhythm", ["weekly", "daily"])
def test_task_only_calls_the_service(rhythm: str) -> None:
    assert send_digests(rhythm) == 0


def test_beat_rings_for_both_rhythms(settings: Settings) -> None:
    rung = {
        plan["args"]
        for plan in settings.CELERY_BEAT_SCHEDULE.values()
        if plan["task"] == send_digests.name
    }

    assert rung == {(Rhythm.WEEKLY,), (Rhythm.DAILY,)}
