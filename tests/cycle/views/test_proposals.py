"""Texts of a sibling product, and texts of a signed link: seen, then taken."""

import io
import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycle.models import Dossier
from cycle.selectors.proposals import read_proposal, sign_proposal
from cycle.services import dossiers, proposals
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from tests.factories import cycle, people, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TEXT = "Hợp tác xã có 25 thành viên"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def written() -> Dossier:
    return cycle.filled_dossier()


@pytest.fixture
def dossier(written: Dossier) -> Dossier:
    maker = written.enrolment.product.subject
    return cycle.draft_dossier(cycle.enrolment(item=cycle.product(maker=maker)))


@pytest.fixture
def owner(dossier: Dossier) -> Client:
    return client_of(cycle.owner_of(dossier.enrolment))


@pytest.fixture
def page(dossier: Dossier) -> str:
    return reverse("cycle:dossier-proposals", args=[dossier.pk])


def taking(answer: Any, *names: str) -> dict[str, Any]:
    marks = {row.name: row.mark for row in answer.context["rows"]}
    return {
        "seen": answer.context["seen"],
        "take": [f"{name}:{marks[name]}" for name in names],
    }


def test_a_siblings_texts_are_taken_one_by_one_after_reading(
    written: Dossier, dossier: Dossier, owner: Client, page: str
) -> None:
    assert f"?tu={written.pk}" in owner.get(page).content.decode()
    source = f"{page}?tu={written.pk}"
    shown = owner.get(source)
    assert TEXT in shown.content.decode()
    dossier.refresh_from_db()
    assert dossier.introduction == ""

    nothing = owner.post(source, {"seen": shown.context["seen"]})
    assert "Hãy chọn ít nhất một mục" in nothing.content.decode()
    taken = owner.post(source, taking(shown, "introduction"))

    assert taken["Location"] == reverse("cycle:dossier-text", args=[dossier.pk])
    dossier.refresh_from_db()
    assert (dossier.introduction, dossier.plan_results) == (TEXT, "")


def test_a_text_that_changed_on_either_side_is_read_again(
    written: Dossier, dossier: Dossier, owner: Client, page: str
) -> None:
    source = f"{page}?tu={written.pk}"
    answers = taking(owner.get(source), "introduction")
    by = cycle.owner_of(dossier.enrolment)
    dossiers.save(written, version=written.version, introduction="Mới", by=by, at=NOW)
    assert "vừa thay đổi" in owner.post(source, answers).content.decode()

    answers = taking(owner.get(source), "introduction")
    dossiers.save(dossier, version=dossier.version, introduction="Tự viết", by=by, at=NOW)
    assert "vừa được lưu ở nơi khác" in owner.post(source, answers).content.decode()

    dossier.refresh_from_db()
    assert dossier.introduction == "Tự viết"


def test_dossiers_of_others_and_of_the_same_product_are_no_source(
    dossier: Dossier, owner: Client, page: str
) -> None:
    other = cycle.filled_dossier()

    assert owner.get(f"{page}?tu={other.pk}").status_code == 404
    assert owner.get(f"{page}?tu={dossier.pk}").status_code == 404
    assert client_of(people.tuan()).get(page).status_code == 404


def link(dossier: Dossier, monkeypatch: pytest.MonkeyPatch, values: Any, **options: Any) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(values)))
    said = io.StringIO()
    facts = {"source": "Trung tâm khuyến nông", **options}
    call_command("prefill_link", dossier=dossier.pk, stdout=said, **facts)
    parts = urlsplit(said.getvalue().strip())
    return f"{parts.path}?{parts.query}"


def test_a_signed_link_proposes_and_the_producer_decides(
    dossier: Dossier, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = link(dossier, monkeypatch, {"introduction": "Chè <b>sạch</b>"})
    shown = owner.get(source)

    assert "Trung tâm khuyến nông" in shown.content.decode()
    assert "Chè &lt;b&gt;sạch&lt;/b&gt;" in shown.content.decode()
    assert owner.post(source, taking(shown, "introduction")).status_code == 302
    dossier.refresh_from_db()
    assert dossier.introduction == "Chè <b>sạch</b>"
    assert client_of(people.tuan()).get(source).status_code == 404


@pytest.mark.parametrize(
    "values", [{"state": "lodged"}, {"introduction": "x" * 4_001}, {"introduction": 1}, [], "x"]
)
def test_only_short_texts_that_the_dossier_is_asked_for_are_signed(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, values: Any
) -> None:
    with pytest.raises(CommandError):
        link(dossier, monkeypatch, values)


def refused(dossier: Dossier, word: str, on: date = TODAY) -> str:
    with pytest.raises(RuleBroken) as refusal:
        read_proposal(dossier, word, on=on)
    return refusal.value.code


def test_a_changed_an_ended_and_a_foreign_link_say_why(
    written: Dossier, dossier: Dossier, owner: Client, page: str
) -> None:
    word = sign_proposal(dossier, {"introduction": "x"}, source="Sở", until=TODAY)

    assert read_proposal(dossier, word, on=TODAY).values == {"introduction": "x"}
    assert refused(dossier, word[:-1]) == "proposal.forged"
    assert refused(dossier, word, TODAY + timedelta(days=1)) == "proposal.ended"
    assert refused(written, word) == "proposal.other_dossier"
    answer = owner.get(f"{page}?nguon=x")
    assert answer.status_code == 409
    assert "không phải do cổng cấp" in answer.content.decode()


def test_the_page_asks_as_much_for_one_sibling_as_for_several(
    written: Dossier, owner: Client, page: str
) -> None:
    maker = written.enrolment.product.subject
    owner.get(page)
    with CaptureQueriesContext(connection) as one:
        owner.get(page)
    by = registry.owner_of(maker)
    for _number in range(3):
        more = cycle.draft_dossier(cycle.enrolment(item=cycle.product(maker=maker)))
        dossiers.save(more, version=more.version, introduction="A", by=by, at=NOW)

    with CaptureQueriesContext(connection) as many:
        owner.get(page)

    assert len(many) == len(one)


def test_an_officer_offers_texts_and_the_producer_finds_the_link_in_the_conversation(
    dossier: Dossier, owner: Client
) -> None:
    row = dossier.enrolment
    officer = client_of(cycle.officer_for(row, Level.DISTRICT))
    page = reverse("cycle:proposal-offer", args=[row.pk])
    posted = {"introduction": TEXT, "plan_results": "", "outlook": "", "days": 14, "is_sent": "on"}

    answer = officer.post(page, posted)

    link = urlsplit(answer.context["link"])
    talk = owner.get(reverse("cycle:messages", args=[row.pk])).content.decode()
    assert f'href="{answer.context["link"]}"' in talk
    rows = owner.get(f"{link.path}?{link.query}").context["rows"]
    assert [(each.name, each.proposed) for each in rows] == [("introduction", TEXT)]
    dossier.refresh_from_db()
    assert dossier.introduction == ""
    assert officer.get(f"{link.path}?{link.query}").status_code == 404
    assert Entry.objects.get(kind="cycle.dossier.texts_proposed").facts["fields"] == [
        "introduction"
    ]


def test_an_offer_says_what_is_wrong_with_it(dossier: Dossier) -> None:
    row = dossier.enrolment
    officer = client_of(cycle.officer_for(row, Level.DISTRICT))
    page = reverse("cycle:proposal-offer", args=[row.pk])

    empty = officer.post(page, {"days": 14})
    for_ever = officer.post(page, {"introduction": TEXT, "days": 400})
    too_long = officer.post(page, {"introduction": "x" * 4_001, "days": 14})

    assert "Hãy ghi ít nhất một mục." in empty.content.decode()
    assert "60" in str(for_ever.context["form"].errors["days"])
    assert "quá dài cho một liên kết" in too_long.content.decode()
    assert client_of(registry.person("Người lạ")).get(page).status_code == 404


def test_a_lodged_dossier_takes_no_offer() -> None:
    row = cycle.lodged_dossier().enrolment
    officer = cycle.officer_for(row, Level.DISTRICT)
    page = reverse("cycle:proposal-offer", args=[row.pk])

    answer = client_of(officer).get(page)

    assert answer.context["form"] is None
    with pytest.raises(RuleBroken, match=r"^proposal\.no_dossier: "):
        proposals.offer(row, texts={"introduction": TEXT}, days=3, by=officer, at=NOW)
