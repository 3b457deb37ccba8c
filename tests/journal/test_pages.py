"""My notices, the outbox, the switches."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from ocop_portal.journal import selectors, services
from ocop_portal.journal.models import Channel, Delivery, Mute, Notification
from ocop_portal.web import navigation
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
LIST = reverse("journal:notice-list")
OUTBOX = reverse("journal:outbox")
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example")


@pytest.fixture
def minh() -> User:
    return people.person("Trần Văn Minh", "minh@ocop.example")


@pytest.fixture
def an() -> User:
    return people.person("Mai An", "an@ocop.example", is_staff=True)


@pytest.fixture(autouse=True)
def no_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the menu of the apps costs is not counted here."""
    monkeypatch.setattr(navigation, "_offers", [])


def told(
    person: User,
    number: int = 1,
    *,
    actor: User | None = None,
    channel: Channel = Channel.PORTAL,
    state: Delivery = Delivery.SENT,
) -> list[Notification]:
    rows = []
    for n in range(number):
        entry = services.record("test.thing.done", subject=person, actor=actor, at=AT)
        rows.append(
            Notification.objects.create(
                entry=entry,
                recipient=person,
                channel=channel,
                state=state,
                title=f"Tin số {n}",
                url="/tai-khoan/",
                due_at=AT,
            )
        )
    return rows


def test_unread_notices_come_first(log_in: LogIn, lan: User) -> None:
    rows = told(lan, 3)
    services.mark_read(rows[2], by=lan, at=AT)

    shown = log_in(lan).get(LIST).context["rows"]

    assert [row.pk for row in shown] == [rows[1].pk, rows[0].pk, rows[2].pk]


def test_opening_marks_as_read_and_goes_there(log_in: LogIn, lan: User) -> None:
    row = told(lan)[0]

    answer = log_in(lan).get(reverse("journal:notice-open", args=[row.pk]))

    row.refresh_from_db()
    assert answer["Location"] == "/tai-khoan/"
    assert row.read_at is not None
    assert selectors.unread_count(lan) == 0


def test_a_notice_of_somebody_else_is_not_there(log_in: LogIn, lan: User, minh: User) -> None:
    row = told(lan)[0]

    assert log_in(lan).get(reverse("journal:notice-open", args=[row.pk])).status_code == 302
    assert log_in(minh).get(reverse("journal:notice-open", args=[row.pk])).status_code == 404


def test_all_can_be_marked_as_read(log_in: LogIn, lan: User, minh: User) -> None:
    told(lan, 3)
    told(minh)

    log_in(lan).post(reverse("journal:notices-read"))

    assert (selectors.unread_count(lan), selectors.unread_count(minh)) == (0, 1)


def test_the_header_counts_what_is_unread(log_in: LogIn, lan: User) -> None:
    told(lan, 2)

    assert log_in(lan).get(LIST).context["unread_count"] == 2


@pytest.mark.parametrize("number", [1, 50])
def test_notice_list_costs_the_same_for_1_and_50_rows(
    log_in: LogIn, lan: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(lan, number)
    browser = log_in(lan)
    browser.get(LIST)

    with django_assert_num_queries(5):
        browser.get(LIST)


@pytest.mark.parametrize("number", [1, 50])
def test_outbox_costs_the_same_for_1_and_50_rows(
    log_in: LogIn,
    lan: User,
    an: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    told(lan, number, channel=Channel.MAIL)
    browser = log_in(an)
    browser.get(OUTBOX)

    with django_assert_num_queries(6):
        browser.get(OUTBOX)


def test_outbox_shows_managers_all_and_others_their_own_deeds(
    log_in: LogIn, lan: User, minh: User, an: User
) -> None:
    told(lan, 1, actor=minh)
    told(lan, 1)

    assert len(log_in(an).get(OUTBOX).context["rows"]) == 2
    assert len(log_in(minh).get(OUTBOX).context["rows"]) == 1
    assert len(log_in(lan).get(OUTBOX).context["rows"]) == 0


def test_outbox_is_filtered_by_state(log_in: LogIn, lan: User, an: User) -> None:
    told(lan, 2, channel=Channel.MAIL, state=Delivery.FAILED)
    told(lan, 1, channel=Channel.MAIL)

    rows = log_in(an).get(OUTBOX, {"state": "failed"}).context["rows"]

    assert [row.state for row in rows] == ["failed", "failed"]


def test_outbox_is_searched_for_a_person_without_marks(log_in: LogIn, lan: User, an: User) -> None:
    told(lan, 2, channel=Channel.MAIL)
    told(an, 1, channel=Channel.MAIL)

    rows = log_in(an).get(OUTBOX, {"nguoi": "nguyen thi"}).context["rows"]

    assert [row.recipient for row in rows] == [lan, lan]


def test_outbox_survives_a_nonsense_filter(log_in: LogIn, an: User) -> None:
    assert log_in(an).get(OUTBOX, {"state": "???", "page": "-7"}).status_code == 200


def test_failed_mail_can_be_sent_again(log_in: LogIn, lan: User, an: User) -> None:
    row = told(lan, 1, channel=Channel.MAIL, state=Delivery.FAILED)[0]
    Notification.objects.update(attempts=6)

    log_in(an).post(reverse("journal:send-again", args=[row.pk]))

    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.WAITING, 0)


def test_sent_mail_is_not_sent_again(log_in: LogIn, lan: User, an: User) -> None:
    row = told(lan, 1, channel=Channel.MAIL)[0]

    log_in(an).post(reverse("journal:send-again", args=[row.pk]))

    row.refresh_from_db()
    assert row.state == Delivery.SENT


def test_who_only_sees_his_own_deeds_may_not_send_again(
    log_in: LogIn, lan: User, minh: User
) -> None:
    row = told(lan, 1, actor=minh, channel=Channel.MAIL, state=Delivery.FAILED)[0]
    hidden = told(lan, 1, channel=Channel.MAIL, state=Delivery.FAILED)[0]

    seen = log_in(minh).post(reverse("journal:send-again", args=[row.pk]))
    unseen = log_in(minh).post(reverse("journal:send-again", args=[hidden.pk]))

    assert (seen.status_code, unseen.status_code) == (403, 404)
    row.refresh_from_db()
    assert row.state == Delivery.FAILED


def test_a_kind_is_muted_and_unmuted(log_in: LogIn, lan: User, an: User) -> None:
    row = told(lan, 1, channel=Channel.MAIL, state=Delivery.WAITING)[0]
    browser = log_in(an)

    browser.post(reverse("journal:mute", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == Delivery.MUTED
    assert browser.get(reverse("journal:mute-list")).status_code == 200

    browser.post(reverse("journal:unmute", args=[Mute.objects.get().pk]))
    row.refresh_from_db()
    assert row.state == Delivery.MUTED
    assert not Mute.objects.exists()


def test_a_person_is_muted_by_address(log_in: LogIn, lan: User, an: User) -> None:
    browser = log_in(an)
    address = reverse("journal:mute-list")

    unknown = browser.post(address, {"kind": "", "email": "ai-do@ocop.example"})
    browser.post(address, {"kind": "", "email": "LAN@ocop.example"})

    assert unknown.context["form"].errors["email"]
    assert list(Mute.objects.values_list("kind", "person")) == [("", lan.pk)]


def test_switches_are_for_managers(log_in: LogIn, lan: User) -> None:
    assert log_in(lan).get(reverse("journal:mute-list")).status_code == 403


def test_history_names_what_happened_in_words(lan: User, minh: User) -> None:
    services.record("accounts.user.signed_up", subject=lan, actor=None, at=AT)
    services.record(
        "accounts.password.changed",
        subject=lan,
        actor=minh,
        at=AT + timedelta(hours=1),
        facts={"reason": "Theo yêu cầu"},
    )
    services.record("accounts.user.signed_up", subject=minh, actor=None, at=AT)

    lines = selectors.history_of(lan)

    assert [(line.title, line.text, line.actor) for line in lines] == [
        ("Mật khẩu đã đổi", "Theo yêu cầu", "Trần Văn Minh"),
        ("Tài khoản được lập", "", ""),
    ]
