"""The addresses to which fields save themselves."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cycle.models import BusinessPlan, Dossier, Enrolment, Idea
from cycle.services import ideas
from ocop_portal.accounts.models import User
from ocop_portal.web.forms import _UNSEEN
from registry.domain.merging import mark_of
from tests.factories import cycle, people
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOTHING = mark_of("")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, url: str, fields: Any, **headers: str) -> Any:
    return client.post(
        url,
        json.dumps({"fields": fields}) if not isinstance(fields, str) else fields,
        content_type="application/json",
        headers={"accept": "application/json", **headers},
    )


def field(value: str, seen: str = NOTHING, **more: Any) -> dict[str, Any]:
    return {"value": value, "seen": seen, **more}


@pytest.fixture
def row() -> Enrolment:
    return cycle.enrolment()


@pytest.fixture
def url(row: Enrolment) -> str:
    return reverse("cycle:idea-fields", args=[row.pk])


@pytest.fixture
def owner(row: Enrolment) -> Client:
    return client_of(cycle.owner_of(row))


def test_a_field_is_saved_and_gets_its_new_mark(url: str, owner: Client) -> None:
    with time_machine.travel("2026-11-20T03:42:10+00:00", tick=False):
        answer = post(owner, url, {"market": field("Chợ phiên ")})

    assert answer.json() == {
        "at": "10:42",
        "saved": {"market": mark_of("Chợ phiên ")},
        "conflicts": {},
        "errors": {},
    }
    assert Idea.objects.get().market == "Chợ phiên "


def test_every_paper_has_its_address() -> None:
    dossier = cycle.draft_dossier()
    row = dossier.enrolment
    owner = client_of(cycle.owner_of(row))

    post(owner, reverse("cycle:dossier-fields", args=[dossier.pk]), {"introduction": field("A")})
    assert Dossier.objects.get().introduction == "A"
    before = BusinessPlan.objects.get()
    answer = post(owner, reverse("cycle:plan-fields", args=[row.pk]), {"finance": field("B")})
    assert answer.status_code == 409
    assert "Không sửa được" in answer.json()["reason"]
    assert BusinessPlan.objects.get().version == before.version


def test_what_the_form_takes_out_the_field_takes_out_too(url: str, owner: Client) -> None:
    typed = unicodedata.normalize("NFD", "\u200bChè đắng\r\n\x07")

    answer = post(owner, url, {"market": field(typed)})

    assert Idea.objects.get().market == "Chè đắng\n"
    assert answer.json()["saved"] == {"market": mark_of("Chè đắng\n")}


def test_page_and_portal_take_out_the_same_signs() -> None:
    module = Path(settings.BASE_DIR, "static/js/drafts.js").read_text(encoding="utf-8")

    assert f"/{_UNSEEN.pattern}/g" in module


def test_a_conflict_comes_with_the_other_text(row: Enrolment, url: str, owner: Client) -> None:
    ideas.save(row.idea, version=1, market="Máy kia", by=cycle.owner_of(row), at=NOW)

    answer = post(owner, url, {"market": field("Máy này"), "difference": field("Sao tay")})

    assert answer.json()["conflicts"] == {
        "market": {"value": "Máy kia", "seen": mark_of("Máy kia")}
    }
    assert list(answer.json()["saved"]) == ["difference"]
    after = post(owner, url, {"market": field("Máy này", tried=["Máy kia"])})
    assert list(after.json()["saved"]) == ["market"]


def test_one_bad_field_keeps_back_no_other() -> None:
    row = cycle.with_idea_accepted(cycle.enrolment())
    owner = client_of(cycle.owner_of(row))

    answer = post(
        owner,
        reverse("cycle:plan-fields", args=[row.pk]),
        {
            "investment": field("?"),
            "own_capital": field("-1"),
            "goals": field("x" * 20_001),
            "state": field("accepted"),
            "market": field("a\x00b"),
            "finance": field("Lãi 10 %"),
        },
    )

    assert list(answer.json()["saved"]) == ["finance"]
    assert set(answer.json()["errors"]) == {"investment", "own_capital", "goals", "state", "market"}
    assert all(answer.json()["errors"].values())


def test_own_capital_beyond_the_whole_is_told_at_its_field() -> None:
    row = cycle.with_idea_accepted(cycle.enrolment())
    owner = client_of(cycle.owner_of(row))
    fields = {"investment": field("5"), "own_capital": field("6"), "goals": field("4 sao")}

    answer = post(owner, reverse("cycle:plan-fields", args=[row.pk]), fields)

    assert set(answer.json()["saved"]) == {"investment", "goals"}
    assert list(answer.json()["errors"]) == ["own_capital"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "{",
        "\ud800",
        '{"fields": 1}',
        '{"fields": {"market": "x"}}',
        '{"fields": {"market": {"value": "\\ud800", "seen": ""}}}',
        '{"fields": {"market": {"value": 1, "seen": ""}}}',
        '{"fields": {"market": {"value": "x", "seen": "", "tried": {"a": 1}}}}',
    ],
)
def test_what_is_no_message_of_a_page_is_refused(url: str, owner: Client, body: str) -> None:
    content = body.encode("utf-8", "surrogatepass")
    answer = owner.post(url, content, content_type="application/json")

    assert answer.status_code == 409
    assert answer.json()["code"] == "autosave.malformed"


def test_a_page_of_another_account_writes_nothing(row: Enrolment, url: str, owner: Client) -> None:
    other = str(people.tuan().pk)

    answer = post(owner, url, {"market": field("x")}, **{"x-draft-owner": other})

    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert Idea.objects.get().market == ""
    mine = str(cycle.owner_of(row).pk)
    assert post(owner, url, {"market": field("x")}, **{"x-draft-owner": mine}).status_code == 200


def test_without_a_session_the_page_hears_where_to_log_in(url: str) -> None:
    answer = post(Client(), url, {"market": field("x")})

    assert answer.status_code == 401
    assert answer.json()["login"].startswith("/tai-khoan/dang-nhap/")


def test_strangers_do_not_find_it_and_officers_hear_why_not(row: Enrolment, url: str) -> None:
    assert post(client_of(people.tuan()), url, {"market": field("x")}).status_code == 404
    answer = post(client_of(cycle.appraiser_for(row)), url, {"market": field("x")})

    assert answer.status_code == 403
    assert answer.json()["reason"] == "Chỉ người của chủ thể mới làm được việc này."


def form_of(owner: Client, page: str) -> dict[str, Any]:
    form = owner.get(page).context["form"]
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_without_a_script_two_devices_on_two_fields_lose_nothing(
    row: Enrolment, owner: Client
) -> None:
    page = reverse("cycle:idea", args=[row.pk])
    first, second = form_of(owner, page), form_of(owner, page)

    owner.post(page, {**first, "market": "Chợ"})
    answer = owner.post(page, {**second, "difference": "Sao"})

    assert answer.status_code == 302
    idea = Idea.objects.get()
    assert (idea.market, idea.difference) == ("Chợ", "Sao")


def test_without_a_script_a_conflict_shows_both_texts_and_the_next_save_is_the_choice(
    row: Enrolment, owner: Client
) -> None:
    page = reverse("cycle:idea", args=[row.pk])
    sent = form_of(owner, page)
    ideas.save(row.idea, version=1, market="Máy kia\n2", by=cycle.owner_of(row), at=NOW)

    shown = owner.post(page, {**sent, "market": "Máy này"})
    text = shown.content.decode()

    assert ">Máy kia\n2</p>" in text
    assert "\nMáy này</textarea>" in text
    assert Idea.objects.get().market == "Máy kia\n2"
    again = {**shown.context["form"].data, "market": "Máy này"}
    saved = owner.post(page, again)
    assert saved.status_code == 302, saved.context["form"].errors
    assert Idea.objects.get().market == "Máy này"


def test_what_was_saved_before_another_rule_refused_can_be_changed_again(
    row: Enrolment, owner: Client
) -> None:
    page = reverse("cycle:idea", args=[row.pk])
    sent = form_of(owner, page)

    shown = owner.post(page, {**sent, "market": "Chợ", "submit": "1"})
    assert "Có chỗ cần sửa" in shown.content.decode()
    saved = owner.post(page, {**shown.context["form"].data, "market": "Chợ phiên"})

    assert Idea.objects.get().market == "Chợ phiên"
    assert saved.status_code == 200  # the idea is still not complete
