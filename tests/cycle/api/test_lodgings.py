"""Programs attach papers, ask for the code and lodge, through the same doors as the pages."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from cycle.facts import criteria_of
from cycle.models import Dossier, DossierEvidence, Lodging
from cycle.selectors import code_for
from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Evidence
from scoring.selectors.self_assessments import fact_of
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OATH = {"confirmed": True}


def post(browser: Client, url: str, body: Any, **headers: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        return browser.post(url, body, content_type="application/json", headers=headers)


def address(dossier: Dossier, word: str = "") -> str:
    return f"/api/v1/dossiers/{dossier.pk}/{word}"


@pytest.fixture
def ready() -> Dossier:
    """Everything is there but the lodging."""
    return make.self_assessed(cycle.filled_dossier())


def version_of(dossier: Dossier) -> str:
    return f'"{Dossier.objects.get(pk=dossier.pk).version}"'


def test_a_program_attaches_a_paper_to_its_criteria(log_in: LogIn) -> None:
    dossier = make.self_assessed(cycle.draft_dossier())
    code = criteria_of(dossier).names[0][0]
    owner = log_in(cycle.owner_of(dossier.enrolment))
    paper = registry.paper(dossier.enrolment.product.subject)
    body = {"evidence": paper.pk, "item": "business_registration", "criteria": [code]}

    answers = [post(owner, address(dossier, "papers/"), body) for _twice in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[1].json()["papers"] == [
        {"item": "business_registration", "evidence": paper.pk, "criteria": [code]}
    ]
    assert DossierEvidence.objects.count() == 1
    with time_machine.travel(NOW, tick=False):
        gone = owner.delete(address(dossier, f"papers/business_registration/{paper.pk}/"))
    assert (gone.status_code, gone.json()["papers"]) == (200, [])
    assert Evidence.objects.filter(pk=paper.pk).exists()


def test_what_cannot_be_attached_is_refused_with_its_field(log_in: LogIn) -> None:
    dossier = make.self_assessed(cycle.draft_dossier())
    owner = log_in(cycle.owner_of(dossier.enrolment))
    subject = dossier.enrolment.product.subject
    paper, foreign = registry.paper(subject), registry.paper()
    body = {"evidence": paper.pk, "item": "business_registration"}

    strange = post(owner, address(dossier, "papers/"), {**body, "criteria": ["99.9"]})
    no_item = post(owner, address(dossier, "papers/"), {**body, "item": "khong_co"})
    others = post(owner, address(dossier, "papers/"), {**body, "evidence": foreign.pk})

    assert (strange.status_code, strange.json()["field"]) == (422, "criteria")
    assert (no_item.status_code, no_item.json()["code"]) == (422, "dossier.unknown_item")
    assert others.status_code == 404
    assert not DossierEvidence.objects.exists()


def test_a_lodging_by_program_is_the_pages_own(log_in: LogIn, ready: Dossier) -> None:
    owner = log_in(cycle.owner_of(ready.enrolment))

    answer = post(owner, address(ready, "lodge/"), OATH, **{"if-match": version_of(ready)})

    told = answer.json()
    assert (answer.status_code, told["state"], told["code"][:3]) == (200, "lodged", "HS-")
    assert [each["number"] for each in told["lodgings"]] == [1]
    lodging = Lodging.objects.get()
    assert lodging.rubric_hash == fact_of(ready).rubric_hash
    assert lodging.confirmed_by == cycle.owner_of(ready.enrolment)
    assert answer["ETag"] == version_of(ready)


def test_a_lodging_sent_twice_is_one(log_in: LogIn, ready: Dossier) -> None:
    owner, read = log_in(cycle.owner_of(ready.enrolment)), version_of(ready)
    headers = {"if-match": read, "idempotency-key": "nop-1"}

    first, second = (post(owner, address(ready, "lodge/"), OATH, **headers) for _time in range(2))
    without_key = post(owner, address(ready, "lodge/"), OATH, **{"if-match": read})

    assert [each.status_code for each in (first, second, without_key)] == [200, 200, 200]
    assert second["Idempotency-Replayed"] == "true"
    assert Lodging.objects.count() == 1
    assert Entry.objects.filter(kind="cycle.dossier.lodged").count() == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (OATH, {}, 428),
        (OATH, {"if-match": '"999"'}, 412),
        ({"confirmed": False}, {"if-match": "as read"}, 422),
        ({}, {"if-match": "as read"}, 422),
        ({**OATH, "points": 100}, {"if-match": "as read"}, 422),
    ],
)
def test_a_lodging_that_is_not_meant_changes_nothing(
    log_in: LogIn, ready: Dossier, body: Any, headers: dict[str, str], status: int
) -> None:
    owner = log_in(cycle.owner_of(ready.enrolment))
    if headers.get("if-match") == "as read":
        headers = {"if-match": version_of(ready)}

    answer = post(owner, address(ready, "lodge/"), body, **headers)

    assert answer.status_code == status
    assert not Lodging.objects.exists()


def test_what_is_missing_is_said(log_in: LogIn) -> None:
    dossier = cycle.draft_dossier()
    owner = log_in(cycle.owner_of(dossier.enrolment))

    answer = post(owner, address(dossier, "lodge/"), OATH, **{"if-match": version_of(dossier)})

    assert answer.status_code == 409
    assert answer.json()["message"]
    assert not Lodging.objects.exists()


def test_an_editor_lodges_with_the_representatives_code(log_in: LogIn, ready: Dossier) -> None:
    subject = ready.enrolment.product.subject
    editor = registry.person("Biên tập viên")
    registry.posting(editor, Role.EDITOR, subject)
    browser, read = log_in(editor), {"if-match": version_of(ready)}

    without = post(browser, address(ready, "lodge/"), OATH, **read)
    asked = post(browser, address(ready, "confirmation/"), {})
    confirmation = ready.confirmations.get()
    owner = cycle.owner_of(ready.enrolment)
    code = code_for(confirmation, owner)
    wrong = post(
        browser,
        address(ready, "lodge/"),
        {**OATH, "code": "000000"},
        **read,
        **{"idempotency-key": "sai"},
    )
    confirmation.refresh_from_db()
    assert confirmation.attempts == 1
    done = post(browser, address(ready, "lodge/"), {**OATH, "code": code}, **read)

    assert (without.status_code, without.json()["code"]) == (409, "confirmation.missing")
    assert asked.status_code == 200
    assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
    assert done.status_code == 200
    assert Lodging.objects.get().confirmed_by == owner
    assert code not in str(asked.json())


def test_who_may_not_see_or_lodge(log_in: LogIn, ready: Dossier) -> None:
    stranger = log_in(registry.person("Người lạ"))
    read = {"if-match": version_of(ready)}

    assert post(stranger, address(ready, "lodge/"), OATH, **read).status_code == 404
    assert post(stranger, address(ready, "papers/"), {}).status_code == 404
    assert post(stranger, address(ready, "confirmation/"), {}).status_code == 404
    lodged = cycle.lodged_dossier()
    officer = log_in(cycle.officer_for(lodged.enrolment, Level(lodged.level)))
    answer = post(officer, address(lodged, "lodge/"), OATH, **{"if-match": version_of(lodged)})
    assert answer.status_code == 403


def test_an_office_proposes_texts_by_program(log_in: LogIn) -> None:
    dossier = cycle.draft_dossier()
    officer = log_in(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    url = f"/api/v1/enrolments/{dossier.enrolment_id}/proposal/"

    answer = post(officer, url, {"texts": {"introduction": "Mười hai thành viên"}, "days": 3})
    strange = post(officer, url, {"texts": {"khong_co": "x"}})

    assert answer.status_code == 201
    assert f"/ho-so/{dossier.pk}/dien-san/?nguon=" in answer.json()["url"]
    assert answer.json()["until"] == "2026-11-23"
    assert (strange.status_code, strange.json()["code"]) == (409, "proposal.unknown")
