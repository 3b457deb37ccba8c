"""A person is forgotten: the planted name, address and number are looked for in every table."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone

from cycle.models import Jotting, SessionAttendee
from ocop_portal.accounts import sessions
from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.clients import tokens, webhooks
from ocop_portal.clients.models import KeptAnswer
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import delivery, sealing, verification
from ocop_portal.journal.models import Entry, Mute, Notification, Seal
from ocop_portal.journal.selectors import history_of
from ocop_portal.privacy import anonymising, exports, requests, retention
from ocop_portal.privacy.models import DataExport, DataRequest, RequestKind, RequestState
from promotion.domain.reports import ReportKind
from promotion.models import Enquiry, Favourite, MisuseReport
from registry.domain.roles import Role
from registry.models import Invitation, Posting
from registry.services import invitations, people
from scoring.models import InterestStatement
from tests.factories import cycle as make_cycle
from tests.factories import registry as make
from tests.factories import sessions as make_sessions

pytestmark = pytest.mark.django_db
NAME = "Hoàng Thị Mộng Kiều"
MAIL = "mong.kieu.rieng@thu.example"
PHONE = "0977 314 159"
NEEDLES = (NAME, MAIL, PHONE, PHONE.replace(" ", ""))


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head() -> User:
    return make.officer(Role.ADMINISTRATOR, make.country(), "Hạnh")


def kieu(head: User) -> User:
    """Somebody who left a trace wherever the portal keeps one."""
    person = make.person(NAME, email=MAIL, phone=PHONE)
    row = invitations.invite_to_office(
        make.commune(), email=MAIL, role=Role.COMMUNE_OFFICER, by=head, at=make.NOW
    )
    invitations.accept(row, by=person, at=make.NOW)
    browser = Client(headers={"user-agent": f"Của {NAME}"})
    browser.force_login(person)
    tokens.make(name=f"Máy của {NAME}", scopes=[Scope.READ], days=30, by=person, at=make.NOW)
    webhooks.place(url=f"https://example.org/{MAIL}", kinds=(), by=person, at=make.NOW)
    KeptAnswer.objects.create(
        user=person, key="k", request_digest="d", body={"name": NAME}, at=make.NOW
    )
    Mute.objects.create(kind="", person=person, by=head, at=make.NOW)
    enrolment = make_cycle.enrolment()
    Jotting.objects.create(
        person=person, enrolment=enrolment, form="idea", field="x", text=NAME, saved_at=make.NOW
    )
    Favourite.objects.create(user=person, product=enrolment.product, added_at=make.NOW)
    SessionAttendee.objects.create(
        session=make_sessions.session(),
        user=person,
        name=NAME,
        phone=PHONE,
        person_key=f"{NAME} {PHONE}",
        registered_at=make.NOW,
    )
    InterestStatement.objects.create(
        user=person, phone=PHONE, employers=f"Nhà {NAME}", stated_at=make.NOW
    )
    Enquiry.objects.create(
        code="ABCD2345EFGH", name=NAME, mail=MAIL, text=f"Tôi là {NAME}", sent_at=make.NOW
    )
    MisuseReport.objects.create(
        code="ABCD2345EFGJ",
        kind=ReportKind.OTHER,
        text="Sai nhãn",
        contact=MAIL,
        unit=make.province(),
        received_at=make.NOW,
        due_on=make.TODAY,
    )
    AccessAttempt.objects.create(
        username=MAIL, ip_address="192.0.2.1", user_agent="x", failures_since_start=1
    )
    for entry in Entry.objects.order_by("pk"):
        delivery.fan_out(entry.pk, at=make.NOW)
    Notification.objects.create(
        entry=Entry.objects.earliest("pk"),
        recipient=head,
        channel="mail",
        title=f"{NAME} đã nhận vai trò",
        failure=f"550 {MAIL}",
        due_at=make.NOW,
    )
    requests.ask(RequestKind.CORRECTION, text=f"Tên tôi là {NAME}", by=person, at=make.NOW)
    exports.ask(by=person, at=make.NOW)
    return person


def found(needles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every text field of every model in which one of the needles stands."""
    for model in apps.get_models(include_auto_created=True):
        for field in retention.text_fields(model):
            for value in model._default_manager.values_list(field.name, flat=True):
                text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
                if any(needle in text for needle in needles):
                    yield model._meta.label, field.name


def test_nothing_is_left_of_a_person_but_what_the_table_keeps(head: User) -> None:
    person = kieu(head)
    planted = {label for label, _field in found(NEEDLES)}

    anonymising.anonymise(person, at=make.NOW)

    left = set(found(NEEDLES))
    kept = {(rule.label, name) for rule in retention.rules() for name in rule.kept}
    assert planted >= {
        "accounts.User",
        "axes.AccessAttempt",
        "clients.ApiToken",
        "clients.KeptAnswer",
        "clients.Webhook",
        "cycle.Jotting",
        "cycle.SessionAttendee",
        "journal.Notification",
        "privacy.DataRequest",
        "promotion.Enquiry",
        "promotion.MisuseReport",
        "registry.Invitation",
        "scoring.InterestStatement",
    }
    assert ("journal.Entry", "facts") in kept
    assert left == set()


def test_acts_and_postings_stay_under_no_name(head: User) -> None:
    person = kieu(head)
    acts = list(Entry.objects.filter(actor=person).values_list("pk", "kind", "facts"))

    anonymising.anonymise(person, at=make.NOW)

    person.refresh_from_db()
    posting = Posting.objects.get(user=person)
    assert str(posting.user) == "Người dùng đã ẩn danh"
    assert list(Entry.objects.filter(actor=person).values_list("pk", "kind", "facts")) == acts
    assert "Người dùng đã ẩn danh" in {line.actor for line in history_of(Invitation.objects.get())}
    assert not person.has_usable_password()
    assert not person.is_active
    assert not BrowserSession.objects.filter(user=person).exists()
    assert sessions.open_sessions(person, this_key=None, at=make.NOW) == []


def test_the_chain_of_the_journal_is_whole_afterwards(head: User) -> None:
    person = kieu(head)
    later = timezone.now() + timedelta(hours=2)
    sealing.seal_new(at=later)
    sealed = Seal.objects.count()

    anonymising.anonymise(person, at=make.NOW)

    sealing.seal_new(at=later + timedelta(hours=2))
    assert sealed > 0
    assert Seal.objects.count() > sealed
    assert [each.what for each in verification.faults(at=later) if "day" not in each.where] == []


def test_an_anonymised_account_does_not_come_back(head: User) -> None:
    person = kieu(head)
    anonymising.anonymise(person, at=make.NOW)
    before = Entry.objects.filter(kind="accounts.user.anonymised").count()

    anonymising.anonymise(person, at=make.NOW)
    people.reactivate(person, reason="Nhầm", by=head, at=make.NOW)

    person.refresh_from_db()
    assert not person.is_active
    assert Entry.objects.filter(kind="accounts.user.anonymised").count() == before == 1


def test_the_night_forgets_what_is_past_its_time_and_nothing_younger(head: User) -> None:
    def enquiry(code: str, sent_at: datetime) -> Enquiry:
        return Enquiry.objects.create(
            code=code, name=NAME, mail=MAIL, text="Hỏi giá", sent_at=sent_at
        )

    old = enquiry("ABCD2345EFGH", make.NOW - timedelta(days=731))
    young = enquiry("ABCD2345EFGJ", make.NOW - timedelta(days=729))
    closed = make.person("Đã Nghỉ Lâu Rồi", email="nghi@ocop.example")
    User.objects.filter(pk=closed.pk).update(
        is_active=False, closed_at=make.NOW - timedelta(days=731)
    )

    counted = anonymising.run(at=make.NOW, dry_run=True)
    untouched = Enquiry.objects.get(pk=old.pk).name
    done = anonymising.run(at=make.NOW)
    again = anonymising.run(at=make.NOW)

    old.refresh_from_db()
    young.refresh_from_db()
    closed.refresh_from_db()
    assert untouched == NAME
    assert counted == done
    assert {each.label: each.rows for each in done} == {"accounts.User": 1, "promotion.Enquiry": 1}
    assert again == []
    assert (old.name, old.mail, young.name) == ("", "", NAME)
    assert closed.full_name == "Người dùng đã ẩn danh"


def test_the_command_counts_and_only_then_forgets(head: User) -> None:
    row = invitations.invite_to_office(
        make.commune(),
        email=MAIL,
        role=Role.COMMUNE_OFFICER,
        by=head,
        at=make.NOW,
    )
    Invitation.objects.filter(pk=row.pk).update(expires_at=make.NOW - timedelta(days=3000))
    told = StringIO()

    call_command("anonymise_personal_data", dry_run=True, stdout=told)
    before = Invitation.objects.get(pk=row.pk).email
    call_command("anonymise_personal_data", stdout=told)

    assert "registry.Invitation: 1\n1 rows would be forgotten" in told.getvalue()
    assert before == MAIL
    assert Invitation.objects.get(pk=row.pk).email == f"an-danh-{row.pk}@an-danh.invalid"


def test_an_approved_deletion_is_done_in_the_night(head: User) -> None:
    person = kieu(head)
    row = requests.ask(RequestKind.DELETION, text="Tôi nghỉ", by=person, at=make.NOW)
    requests.approve(row, answer="Được", by=head, at=make.NOW)

    anonymising.run(at=make.NOW + timedelta(hours=12))

    row.refresh_from_db()
    person.refresh_from_db()
    assert row.state == RequestState.DONE
    assert person.anonymised_at is not None
    assert (row.text, row.answer) == ("", "")


def test_files_of_a_forgotten_person_are_gone_from_the_disk(
    head: User, django_capture_on_commit_callbacks: Any
) -> None:
    person = kieu(head)
    file = DataExport.objects.get(person=person).file
    there = file.storage.exists(str(file.name))

    with django_capture_on_commit_callbacks(execute=True):
        anonymising.anonymise(person, at=make.NOW)

    assert there
    assert not file.storage.exists(str(file.name))
    assert not DataRequest.objects.filter(person=person).exclude(text="").exists()
