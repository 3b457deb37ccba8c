"""Messages and milestones keep themselves while they are typed, for their writer alone."""

import json
import unicodedata
from typing import Any

import pytest
from django.urls import reverse

from cycle.models import Enrolment, Jotting, Message, Milestone
from cycle.selectors import jotted
from ocop_portal.journal.models import Entry
from registry.domain.merging import mark_of
from registry.domain.regime import Level
from tests.conftest import LogIn
from tests.cycle.views.test_field_saves import field, post
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WORDS = "Máy sấy hỏng,\nchúng tôi xin lùi một tuần \U0001f33f  "


@pytest.fixture
def row() -> Enrolment:
    return cycle.with_plan_accepted(cycle.enrolment())


def milestone_of(row: Enrolment) -> Milestone:
    return row.milestones.create(title="In bao bì", due_on=NOW.date())


def seen_in(page: Any) -> dict[str, str]:
    marks: dict[str, str] = json.loads(page.context["kept"]["seen"])
    return marks


def test_a_message_comes_back_sign_for_sign_and_goes_when_it_is_sent(
    log_in: LogIn, row: Enrolment
) -> None:
    owner = log_in(cycle.owner_of(row))
    page = reverse("cycle:messages", args=[row.pk])
    entries = Entry.objects.count()

    answer = post(owner, reverse("cycle:message-fields", args=[row.pk]), {"text": field(WORDS)})
    again = owner.get(page)

    assert answer.json()["saved"] == {"text": mark_of(WORDS)}
    assert again.context["form"]["text"].value() == WORDS
    assert seen_in(again) == {"text": mark_of(WORDS)}
    assert (Message.objects.count(), Entry.objects.count()) == (0, entries)
    owner.post(page, {"text": WORDS})
    assert Message.objects.get().text == WORDS.strip()
    assert not Jotting.objects.exists()
    assert owner.get(page).context["form"]["text"].value() is None


def test_nobody_else_reads_what_is_not_sent(log_in: LogIn, row: Enrolment) -> None:
    address = reverse("cycle:message-fields", args=[row.pk])
    post(log_in(cycle.owner_of(row)), address, {"text": field(WORDS)})
    officer = cycle.officer_for(row, Level.DISTRICT)

    page = log_in(officer).get(reverse("cycle:messages", args=[row.pk]))

    assert page.context["form"]["text"].value() is None
    assert "Máy sấy hỏng" not in page.content.decode()
    stranger = log_in(registry.person("Người lạ"))
    assert post(stranger, address, {"text": field("x")}).status_code == 404


def test_two_devices_of_one_person_are_asked_which_text_stays(
    log_in: LogIn, row: Enrolment
) -> None:
    owner = log_in(cycle.owner_of(row))
    address = reverse("cycle:message-fields", args=[row.pk])
    post(owner, address, {"text": field("từ điện thoại")})

    answer = post(owner, address, {"text": field("từ máy tính")}).json()

    assert answer["conflicts"] == {
        "text": {"value": "từ điện thoại", "seen": mark_of("từ điện thoại")}
    }
    assert jotted(row, "message", cycle.owner_of(row)) == {"text": "từ điện thoại"}


def test_half_a_day_and_half_a_number_are_kept(log_in: LogIn, row: Enrolment) -> None:
    owner = log_in(cycle.owner_of(row))
    milestone = milestone_of(row)
    decomposed = unicodedata.normalize("NFD", "Đã in xong")
    sent = {"note": field(decomposed), "cost": field("12 tr"), "completed_on": field("2026-1")}

    answer = post(owner, reverse("cycle:milestone-done-fields", args=[milestone.pk]), sent)

    assert answer.json()["errors"] == {}
    assert jotted(row, f"done-{milestone.pk}", cycle.owner_of(row)) == {
        "note": "Đã in xong",
        "cost": "12 tr",
        "completed_on": "2026-1",
    }
    page = owner.get(reverse("cycle:milestone-complete", args=[milestone.pk]))
    assert "Đã in xong" in page.content.decode()
    owner.post(
        reverse("cycle:milestone-complete", args=[milestone.pk]),
        {"note": "Đã in xong", "cost": "12000000", "completed_on": "2026-11-20"},
    )
    assert not Jotting.objects.exists()


def test_a_new_milestone_is_kept_until_it_is_added(log_in: LogIn, row: Enrolment) -> None:
    owner = log_in(cycle.owner_of(row))
    address = reverse("cycle:milestone-fields", args=[row.pk])
    page = reverse("cycle:implementation", args=[row.pk])

    post(owner, address, {"title": field("Kiểm nghiệm")})

    assert owner.get(page).context["form"]["title"].value() == "Kiểm nghiệm"
    owner.post(page, {"title": "Kiểm nghiệm", "due_on": "2026-12-20", "cost": ""})
    assert row.milestones.get().title == "Kiểm nghiệm"
    assert not Jotting.objects.exists()


def test_an_officer_adds_no_milestone_and_keeps_none(log_in: LogIn, row: Enrolment) -> None:
    officer = log_in(cycle.officer_for(row, Level.DISTRICT))

    answer = post(
        officer, reverse("cycle:milestone-fields", args=[row.pk]), {"title": field("Kiểm nghiệm")}
    )

    assert answer.status_code == 403
    assert not Jotting.objects.exists()
