"""The sheet as a script sends it: stored once, read back, refused with the reason."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from scoring.models import AgendaItem, Mark, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.services import attendance, councils, declarations, ratings
from tests.conftest import LogIn
from tests.factories import rubrics
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> make.Room:
    dossier = make.accepted_dossier(regime="2019")
    room = make.room_for(dossier)
    make.opened(room, make.called(room, dossier))
    return room


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def sending(item: AgendaItem, total: int = 70, **facts: str) -> dict[str, str]:
    chosen = make.choices_of_total(rubric_of(item.edition), total)
    fields = {f"c-{code}": option or "khong" for code, option in chosen.items()}
    return {**fields, "act": "save", "version": "0", "key": str(uuid4()), **facts}


def send(log_in: LogIn, user: User, item: AgendaItem, data: dict[str, str], at: Any = None) -> Any:
    address = reverse("scoring:sheet-sync", args=[item.pk])
    with time_machine.travel(at or make.MEETING, tick=False):
        return log_in(user).post(address, data, headers={"Accept": "application/json"})


def test_a_sending_is_answered_with_what_is_stored(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    data = sending(item, act="submit", comment="Chè thơm")

    answers = [send(log_in, held.chair.user, item, data).json() for _ in range(3)]
    sheet = Sheet.objects.get()

    assert answers[0] == answers[1] == answers[2]
    assert answers[0] | {"choices": None} == {
        "state": "submitted",
        "version": 1,
        "saved_at": "2026-11-27T03:00:00+00:00",
        "saved_at_text": "10:00",
        "choices": None,
        "comment": "Chè thơm",
        "answered": 31,
        "asked": 31,
        "parts": answers[0]["parts"],
        "total": 70,
        "receipt": sheet.receipt_hash,
        "url": sheet.get_absolute_url(),
    }
    assert sum(answers[0]["parts"].values()) == 70
    assert answers[0]["choices"] == {
        mark.criterion: mark.option for mark in Mark.objects.filter(sheet=sheet)
    }


def test_the_clock_of_a_device_is_nowhere_in_a_sheet(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    """An hour slow or fast, a device sends no time, and one that is sent is not read."""
    slow = (make.MEETING - timedelta(hours=1)).isoformat()
    data = sending(item, at=slow, saved_at=slow, submitted_at=slow, act="submit")

    send(log_in, held.chair.user, item, data)

    assert Sheet.objects.get().submitted_at == make.MEETING
    assert Sheet.objects.get().saved_at == make.MEETING


def test_a_stale_version_is_answered_with_what_is_stored(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    send(log_in, held.chair.user, item, sending(item, 60))

    answer = send(log_in, held.chair.user, item, sending(item, 61))

    assert answer.status_code == 409
    assert answer.json()["code"] == "sheet.stale"
    assert answer.json()["stored"]["total"] == 60
    assert Sheet.objects.get().version == 1


@pytest.mark.parametrize("wrong", ["foreign", "number", "unknown", "incomplete"])
def test_what_a_rule_refuses_is_named_and_changes_nothing(
    log_in: LogIn, held: make.Room, item: AgendaItem, wrong: str
) -> None:
    data = sending(item, act="submit")
    code = next(iter(rubric_of(item.edition).by_code))
    other = rubric_of(rubrics.edition("2019", 2)).criteria[0].options[0].id
    if wrong == "incomplete":
        del data[f"c-{code}"]
    else:
        data |= {
            "foreign": {f"c-{code}": other},
            "number": {f"c-{code}": "10"},
            "unknown": {"c-99.9": "khong"},
        }[wrong]

    answer = send(log_in, held.chair.user, item, data)

    expected = {
        "foreign": ("sheet.foreign_option", f"choices.{code}"),
        "number": ("sheet.foreign_option", f"choices.{code}"),
        "unknown": ("sheet.unknown_criterion", "choices.99.9"),
        "incomplete": ("sheet.incomplete", ""),
    }[wrong]
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == expected
    assert answer.json()["message"]
    assert not Sheet.objects.exists()


def test_a_member_no_longer_in_office_is_told_so_and_nothing_changes(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    send(log_in, member.user, item, sending(item, 60))
    councils.end_membership(member, by=held.officer, at=make.MEETING)

    answer = send(log_in, member.user, item, sending(item, 61, version="1"))
    with time_machine.travel(make.MEETING, tick=False):
        page = log_in(member.user).get(reverse("scoring:sheet-edit", args=[item.pk]))

    assert answer.status_code == 403
    assert "không phải thành viên đương nhiệm" in answer.json()["message"]
    assert page.status_code == 403
    assert Sheet.objects.get().version == 1


def test_who_may_not_score_is_told_why_or_finds_nothing(
    log_in: LogIn, held: make.Room, item: AgendaItem, stranger: User
) -> None:
    absent, in_conflict = held.members[:2]
    attendance.mark_absent(item.session, absent, by=held.secretary.user, at=make.MEETING)
    declarations.declare(item, has_conflict=True, by=in_conflict.user, at=make.MEETING)
    people = (held.secretary.user, absent.user, in_conflict.user, stranger)

    answers = [send(log_in, person, item, sending(item)).status_code for person in people]

    assert answers == [403, 403, 404, 404]
    assert not Sheet.objects.exists()


def test_after_the_conclusion_a_new_sending_is_refused(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    item = make.scored(item, held.voters, [80] * 4)
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    before = list(Mark.objects.order_by("pk").values_list("pk", "option"))

    answer = send(log_in, held.chair.user, item, sending(item, 81, version="1"))

    assert answer.status_code == 403
    assert list(Mark.objects.order_by("pk").values_list("pk", "option")) == before


def test_after_the_end_of_the_session_a_script_is_led_to_the_login(item: AgendaItem) -> None:

    answer = Client().post(
        reverse("scoring:sheet-sync", args=[item.pk]),
        sending(item),
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 401
    assert not Sheet.objects.exists()


def test_without_a_script_the_button_saves_and_leads_to_the_section(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    address = reverse("scoring:sheet-edit", args=[item.pk])
    code, option = next(iter(make.choices_of_total(rubric_of(item.edition), 70).items()))
    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.chair.user)
        on = [
            browser.post(address, {f"c-{code}": option or "khong", "version": version, "go": go})
            for version, go in (("0", "2"), ("1", "6.1.1"), ("1", "nop"), ("1", "no such place"))
        ]
        page = browser.get(on[0]["Location"]).content.decode()

    assert [answer["Location"] for answer in on] == [
        f"{address}?muc=2",
        f"{address}?muc=6#tc-6-1-1",
        f"{address}?muc=nop",
        address,
    ]
    assert page.count(" hidden>") >= 10
    assert 'id="muc-2" data-section="2" data-part="A" aria-labelledby="muc-2-ten">' in page
