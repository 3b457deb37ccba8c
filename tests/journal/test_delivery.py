"""Notices travel: a lost message, a killed worker and a doubled message lose and double nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from ocop_portal.accounts.models import User
from ocop_portal.celery import app as celery_app
from ocop_portal.journal import bell, delivery, mailer, notices, services, tasks
from ocop_portal.journal.models import Channel, Delivery, Entry, Mute, Notification
from ocop_portal.journal.notices import Notice
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# A kind whose triple exists; here it is told to everybody, in both ways, and can be muted.
KIND = "accounts.password.changed"


@pytest.fixture
def cast() -> list[User]:
    return [
        people.person("Nguyễn Thị Lan", "lan@ocop.example"),
        people.person("Trần Văn Minh", "minh@ocop.example", language="en"),
        people.person("Phạm Thu Hà", "ha@ocop.example"),
    ]


@pytest.fixture(autouse=True)
def told_to_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = Notice(
        kind=KIND,
        recipients=lambda _entry: User.objects.order_by("pk"),
        url=lambda _entry: "/ban-lam-viec/",
    )
    monkeypatch.setitem(notices._notices, KIND, notice)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=1)


def entry_by(actor: User | None, subject: User) -> Entry:
    return services.record(KIND, subject=subject, actor=actor, at=datetime.now(UTC))


def letters_to() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


def test_each_person_gets_one_row_for_each_way_but_not_the_doer(
    cast: list[User], now: datetime
) -> None:
    entry = entry_by(cast[0], cast[0])

    waiting = delivery.fan_out(entry.pk, at=now)

    rows = Notification.objects.order_by("recipient_id", "channel")
    assert list(rows.values_list("recipient", "channel", "state")) == [
        (cast[1].pk, "mail", "waiting"),
        (cast[1].pk, "portal", "sent"),
        (cast[2].pk, "mail", "waiting"),
        (cast[2].pk, "portal", "sent"),
    ]
    assert len(waiting) == 2


def test_a_doubled_message_doubles_nothing(cast: list[User]) -> None:
    entry = entry_by(None, cast[0])

    for _time in range(3):
        tasks.fan_out(entry.pk)
    for row in Notification.objects.filter(channel=Channel.MAIL):
        tasks.deliver(row.pk)
        tasks.deliver(row.pk)

    assert Notification.objects.count() == 6
    assert letters_to() == ["ha@ocop.example", "lan@ocop.example", "minh@ocop.example"]


def test_lost_messages_lose_nothing(cast: list[User]) -> None:
    entry_by(None, cast[0])
    entry_by(None, cast[1])

    tasks.sweep()
    tasks.sweep()

    assert len(mail.outbox) == 6
    assert set(Notification.objects.values_list("state", flat=True)) == {"sent"}


def test_a_worker_killed_between_entry_and_rows_loses_nothing(
    cast: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_by(None, cast[0])
    with monkeypatch.context() as patch:
        patch.setattr(Notification.objects, "bulk_create", _die)
        with pytest.raises(Killed):
            delivery.fan_out(entry.pk, at=now)

    assert Notification.objects.count() == 0
    assert delivery.sweep(at=now).entries == [entry.pk]


def test_a_worker_killed_while_sending_is_found_after_five_minutes(
    cast: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_by(cast[1], cast[0])
    first, second = delivery.fan_out(entry.pk, at=now)
    with monkeypatch.context() as patch:
        patch.setattr(mailer, "send", _die)
        with pytest.raises(Killed):
            delivery.deliver(first, at=now)

    assert delivery.sweep(at=now + timedelta(minutes=4)).mails == [second]
    later = now + timedelta(minutes=6)
    assert sorted(delivery.sweep(at=later).mails) == [first, second]
    assert delivery.deliver(first, at=later)
    assert not delivery.deliver(first, at=later)
    assert len(mail.outbox) == 1


class Killed(BaseException):
    """A process that ended in the middle."""


def _die(*args: Any, **kwargs: Any) -> None:
    raise Killed


def test_failures_wait_longer_each_time_and_end_after_six(
    cast: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_by(cast[1], cast[0])
    row_id = delivery.fan_out(entry.pk, at=now)[0]
    monkeypatch.setattr(mailer, "send", _refuse)
    waits = []
    moment = now
    for _attempt in range(delivery.MOST_ATTEMPTS):
        assert not delivery.deliver(row_id, at=moment)
        row = Notification.objects.get(pk=row_id)
        waits.append(row.due_at - moment)
        assert not delivery.deliver(row_id, at=moment)
        moment = row.due_at

    assert [timedelta(seconds=30 * 2**n) <= wait for n, wait in enumerate(waits)] == [True] * 6
    assert [wait <= timedelta(seconds=37.5 * 2**n) for n, wait in enumerate(waits)] == [True] * 6
    assert (row.state, row.attempts, row.failure) == (
        Delivery.FAILED,
        6,
        "ValueError: hộp thư đầy",
    )


def _refuse(_row: Notification) -> None:
    raise ValueError("hộp thư đầy")


def test_a_mail_server_that_is_down_is_left_alone_for_a_while(
    cast: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def no_connection(row: Notification) -> None:
        tries.append(row.pk)
        raise ConnectionRefusedError

    entry = entry_by(None, cast[0])
    monkeypatch.setattr(mailer, "send", no_connection)
    for row_id in delivery.fan_out(entry.pk, at=now):
        delivery.deliver(row_id, at=now)

    assert len(tries) == 1
    assert Notification.objects.filter(state=Delivery.WAITING, attempts=0).count() == 2


def test_who_wants_no_mail_is_told_in_the_portal_only(cast: list[User], now: datetime) -> None:
    cast[1].wants_mail = False
    cast[1].save()

    delivery.fan_out(entry_by(cast[0], cast[0]).pk, at=now)

    states = Notification.objects.filter(recipient=cast[1]).order_by("channel")
    assert list(states.values_list("channel", "state")) == [("mail", "muted"), ("portal", "sent")]


def test_who_left_is_not_told(cast: list[User], now: datetime) -> None:
    cast[1].is_active = False
    cast[1].save()

    delivery.fan_out(entry_by(cast[0], cast[0]).pk, at=now)

    assert set(Notification.objects.values_list("recipient", flat=True)) == {cast[2].pk}


@pytest.mark.parametrize(
    ("kind", "which", "muted"),
    [(KIND, None, 3), ("", None, 3), (KIND, 1, 1), ("", 1, 1), ("another.kind.done", None, 0)],
)
def test_switches_mute_mail(
    cast: list[User], now: datetime, kind: str, which: int | None, muted: int
) -> None:
    person = None if which is None else cast[which]
    Mute.objects.create(kind=kind, person=person, by=cast[0], at=now)

    delivery.fan_out(entry_by(None, cast[0]).pk, at=now)

    assert Notification.objects.filter(state=Delivery.MUTED).count() == muted


def test_old_news_is_shown_but_not_mailed(cast: list[User], now: datetime) -> None:
    entry = services.record(
        KIND, subject=cast[0], actor=None, at=now - delivery.NEWS_LASTS - timedelta(days=1)
    )

    assert delivery.fan_out(entry.pk, at=now) == []
    assert Notification.objects.filter(channel=Channel.PORTAL).count() == 3


def test_mail_speaks_the_language_of_its_reader_and_has_both_forms(
    cast: list[User], now: datetime, settings: Settings
) -> None:
    settings.SITE_URL = "https://ocop.example"
    for row_id in delivery.fan_out(entry_by(cast[0], cast[0]).pk, at=now):
        delivery.deliver(row_id, at=now)

    letter: Any = next(letter for letter in mail.outbox if letter.to == ["ha@ocop.example"])
    assert letter.subject == "Mật khẩu tài khoản OCOP đã đổi"
    assert "Kính gửi Phạm Thu Hà," in letter.body
    assert "https://ocop.example/ban-lam-viec/" in letter.body
    assert letter.alternatives[0].mimetype == "text/html"
    assert letter.extra_headers["Message-ID"].endswith("@ocop.example>")


def test_a_fault_in_a_notice_puts_the_entry_off_and_hides_nothing(
    cast: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Notice(kind=KIND, recipients=_break, url=lambda _entry: "/")
    entry = entry_by(None, cast[0])
    with monkeypatch.context() as patch:
        patch.setitem(notices._notices, KIND, broken)
        assert delivery.fan_out(entry.pk, at=now) == []

    assert delivery.sweep(at=now).entries == []
    assert delivery.sweep(at=now + timedelta(minutes=1)).entries == [entry.pk]
    assert len(delivery.fan_out(entry.pk, at=now + timedelta(minutes=1))) == 3


def _break(_entry: Entry) -> list[User]:
    raise KeyError("stage")


def test_an_entry_that_tells_nobody_is_no_work(cast: list[User], now: datetime) -> None:
    services.record("registry.thing.counted", subject=cast[0], actor=None, at=now)

    assert delivery.sweep(at=now).entries == []


def test_a_broker_that_is_down_breaks_no_request(
    cast: list[User], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[str] = []

    def unreachable(task: str, **kwargs: Any) -> None:
        tries.append(task)
        raise OSError("no broker")

    monkeypatch.setattr(celery_app, "send_task", unreachable)
    for _time in range(5):
        bell.ring(services.FAN_OUT, 1)

    assert tries == [services.FAN_OUT]
    assert "the broker does not hear" in caplog.text


def test_bell_is_silent_inside_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []
    monkeypatch.setattr(celery_app, "send_task", lambda task, **_options: tries.append(task))

    with bell.silence():
        bell.ring(services.FAN_OUT, 1)
    bell.ring(services.DELIVER, 2)

    assert tries == [services.DELIVER]
