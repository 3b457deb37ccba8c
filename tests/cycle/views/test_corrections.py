"""What the appraiser names stands beside the field of the producer's form."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cycle.models import Dossier, Idea
from cycle.services import dossiers
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from tests.factories import cycle

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
MET = {"met_local_speciality": "yes", "met_value_added": "yes", "met_no_harm": "yes"}


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_requests_stand_beside_the_field_and_before_the_appraiser() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer, owner = client_of(cycle.appraiser_for(row)), client_of(cycle.owner_of(row))
    page = reverse("cycle:idea", args=[row.pk])
    appraise = reverse("cycle:idea-appraise", args=[row.pk])
    said = {**MET, "decision": "return_for_changes", "fix_market": "outdated"}

    answer = officer.post(appraise, {**said, "why_market": "<b>Số liệu cũ</b>"})
    assert answer.status_code == 302
    form = owner.get(page)
    asked = {field.name: [each.note for each in rows] for field, rows in form.context["rows"]}
    assert asked["market"] == ["<b>Số liệu cũ</b>"]
    assert asked["difference"] == []
    text = form.content.decode()
    assert "&lt;b&gt;Số liệu cũ&lt;/b&gt;" in text
    assert "Không còn phù hợp, đã cũ" in text
    assert "Đã trả lại 1 lần." in text

    version = Idea.objects.get().version
    owner.post(page, {"description": "Chè", "version": version, "submit": "1"})
    owner.post(
        page,
        {
            **dict.fromkeys(("description", "local_speciality", "value_added"), "Có"),
            "no_harm": "Có",
            "version": Idea.objects.get().version,
            "submit": "1",
        },
    )
    again = officer.get(appraise).content.decode()
    assert "&lt;b&gt;Số liệu cũ&lt;/b&gt;" in again


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"decision": "return_for_changes"}, "decision"),
        ({"decision": "return_for_changes", "fix_market": "other"}, "why_market"),
        ({"decision": "return_for_changes", "why_market": "Cũ"}, "fix_market"),
        ({"decision": "accept", "fix_market": "other", "why_market": "Cũ"}, "decision"),
        ({"decision": "return_for_changes", "fix_market": "x", "why_market": "Cũ"}, "fix_market"),
    ],
)
def test_half_a_request_comes_back_with_the_field(sent: dict[str, str], field: str) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = client_of(cycle.appraiser_for(row))

    answer = officer.post(reverse("cycle:idea-appraise", args=[row.pk]), {**MET, **sent})

    assert field in answer.context["form"].errors
    assert Idea.objects.get().state == "submitted"


def test_an_officer_returns_two_items_and_only_they_reopen_on_the_pages() -> None:
    dossier = cycle.lodged_dossier()
    row = dossier.enrolment
    officer = client_of(cycle.officer_for(row, Level.DISTRICT))
    owner = client_of(cycle.owner_of(row))
    intake = reverse("cycle:intake", args=[dossier.pk])
    half = officer.post(intake, {"fix_story": "other"})
    assert "why_story" in half.context["form"].errors

    asked = {
        "fix_introduction": "incorrect",
        "why_introduction": "Sai số thành viên",
        "fix_business_registration": "outdated",
        "why_business_registration": "Bản cũ",
    }
    assert officer.post(intake, asked).status_code == 302

    detail = owner.get(dossier.get_absolute_url())
    assert [(each.title, each.is_changed) for each in detail.context["mending"]] == [
        ("Giới thiệu chủ thể và tổ chức sản xuất", False),
        ("Giấy đăng ký kinh doanh", False),
    ]
    text = reverse("cycle:dossier-text", args=[dossier.pk])
    shown = owner.get(text)
    assert [field.name for field, _asked in shown.context["rows"]] == ["introduction"]
    assert "Doanh thu tăng 20 %" in shown.content.decode()
    assert "Sai số thành viên" in shown.content.decode()
    story = owner.get(reverse("cycle:evidence-item", args=[dossier.pk, "story"]))
    assert (story.context["is_writable"], story.context["is_shut"]) == (False, True)
    version = Dossier.objects.get().version
    owner.post(text, {"introduction": "26 thành viên", "plan_results": "Lén", "version": version})
    kept = Dossier.objects.get()
    assert (kept.introduction, kept.plan_results) == ("26 thành viên", "Doanh thu tăng 20 %")
    check = owner.get(reverse("cycle:dossier-check", args=[dossier.pk]))
    assert [each.is_changed for each in check.context["mending"]] == [True, False]

    cycle.lodged(kept)
    again = officer.get(intake).content.decode()
    assert "đã yêu cầu ngày" in again
    assert "Sai số thành viên" in again
    assert "Đã trả lại 1 lần." in again


def test_two_lodgings_are_compared_and_the_original_stays() -> None:
    dossier = cycle.returned(cycle.lodged_dossier())
    owner = cycle.owner_of(dossier.enrolment)
    dossier = dossiers.save(
        dossier, version=dossier.version, introduction="<i>30</i> người", by=owner, at=AT
    )
    cycle.lodged(dossier)
    officer = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))

    page = officer.get(reverse("cycle:dossier-comparison", args=[dossier.pk, 1, 2]))

    assert [(group, [row.after for row in rows]) for group, rows in page.context["groups"]] == [
        ("Nội dung hồ sơ", ["<i>30</i> người"])
    ]
    assert "&lt;i&gt;30&lt;/i&gt; người" in page.content.decode()
    original = officer.get(reverse("cycle:dossier-snapshot", args=[dossier.pk, 1]))
    assert "Hợp tác xã có 25 thành viên" in original.content.decode()
    intake = officer.get(reverse("cycle:intake", args=[dossier.pk]))
    assert intake.context["groups"] == page.context["groups"]
    nothing = officer.get(reverse("cycle:dossier-comparison", args=[dossier.pk, 1, 3]))
    assert nothing.status_code == 404
