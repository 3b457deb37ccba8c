"""A real worker: it delivers, it may be killed, and its silence is noticed."""

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.journal import bell, delivery, services
from ocop_portal.journal.models import Channel, Delivery, Entry, Notification
from tests.factories import people
from tests.services_fixtures import Worker, WorkerStarter

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
KIND = "accounts.password.changed"
MESSAGE_ID = re.compile(r"^Message-ID: <(\S+)>", re.MULTILINE)
MANY = 60
THOUSAND = 1_000
IN_FLIGHT = 1  # a worker of these tests sends one mail at a time


def wait_for(truth: Callable[[], bool], seconds: float) -> float:
    """Waits until it holds; says for how long."""
    started = time.monotonic()
    while not truth():
        assert time.monotonic() - started < seconds, "it did not come"
        time.sleep(0.2)
    return time.monotonic() - started


def changed(person: User) -> Entry:
    return services.record(KIND, subject=person, actor=None, at=timezone.now())


def waiting() -> int:
    return Notification.objects.exclude(state=Delivery.SENT).count() + (
        Entry.objects.filter(fan_out_due_at__isnull=False).count()
    )


def letters(*workers: Worker) -> list[str]:
    """The ids of all mails that these workers sent."""
    return [
        found
        for worker in workers
        for text in worker.letters()
        for found in MESSAGE_ID.findall(text)
    ]


def has_sent(workers: list[Worker], many: int) -> bool:
    return len(letters(*workers)) >= many


def kill(worker: Worker) -> None:
    os.killpg(os.getpgid(worker.pid), signal.SIGKILL)


def test_a_notice_reaches_its_reader_through_broker_and_worker(start_worker: WorkerStarter) -> None:
    lan = people.person("Nguyễn Thị Lan", "lan@ocop.example")
    with start_worker() as worker:
        changed(lan)
        took = wait_for(lambda: len(letters(worker)) == 1, 15)

    assert took < 15
    assert Notification.objects.get().state == Delivery.SENT


def test_killed_workers_lose_nothing(start_worker: WorkerStarter) -> None:
    lan = people.person("Nguyễn Thị Lan", "lan@ocop.example")
    workers = []
    for _life in range(3):
        with start_worker() as worker:
            workers.append(worker)
            for _time in range(MANY // 3):
                changed(lan)
            wait_for(lambda: len(letters(*workers)) >= len(workers) * 3, 30)
            kill(worker)
    # What the dead held is free again after five minutes; the clock is put forward for the test.
    held = Notification.objects.filter(state=Delivery.SENDING)
    held.update(claimed_at=timezone.now() - delivery.CLAIM_LASTS - timedelta(seconds=1))

    with start_worker() as worker:
        workers.append(worker)
        wait_for(lambda: waiting() == 0, 60)

    rows = Notification.objects.filter(channel=Channel.MAIL).values_list("pk", flat=True)
    assert len(rows) == MANY
    assert {found.partition("@")[0] for found in letters(*workers)} == {
        f"notice-{pk}" for pk in rows
    }


def test_a_thousand_notices_survive_three_killed_workers_each_delivered_once(
    start_worker: WorkerStarter,
) -> None:
    """The queue is the row: what a dead worker held comes free, what it had sent is not sent again.

    A mail that left in the very moment of the kill, before its row could say so, leaves again under
    the same Message-ID, by which a mailbox knows it: at most one for each kill.
    """
    readers = [
        people.person(f"Người đọc {letter}", f"doc-{number}@ocop.example")
        for number, letter in enumerate("ABCDEFGHIJ")
    ]
    workers: list[Worker] = []
    started = time.monotonic()
    for number in range(THOUSAND):
        # Every tenth message never reaches the broker; the sweep finds its row.
        with bell.silence() if number % 10 == 0 else nullcontext():
            changed(readers[number % len(readers)])
    for _life in range(3):
        with start_worker() as worker:
            workers.append(worker)
            before = len(letters(*workers))
            wait_for(partial(has_sent, workers, before + 100), 120)
            kill(worker)
        held = Notification.objects.filter(state=Delivery.SENDING)
        held.update(claimed_at=timezone.now() - delivery.CLAIM_LASTS - timedelta(seconds=1))
    with start_worker() as worker:
        workers.append(worker)
        wait_for(lambda: waiting() == 0, 420)

    rows = Notification.objects.filter(channel=Channel.MAIL)
    sent = [found.partition("@")[0] for found in letters(*workers)]
    print(f"{len(sent)} letters, 3 SIGKILLs, {time.monotonic() - started:.0f} s")  # noqa: T201 - a figure
    assert rows.count() == THOUSAND
    assert sorted(set(sent)) == sorted(f"notice-{pk}" for pk in rows.values_list("pk", flat=True))
    assert len(sent) - THOUSAND <= 3 * IN_FLIGHT


def test_a_stopped_worker_is_noticed_within_ninety_seconds(
    start_worker: WorkerStarter, client: Client
) -> None:
    with start_worker():
        wait_for(lambda: client.get("/healthz").status_code == 200, 30)

    took = wait_for(lambda: client.get("/healthz").status_code == 503, 90)

    assert took < 90
