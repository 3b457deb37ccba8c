"""Programs fill the subject's self-assessment through the same door as the page."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from cycle.models import Dossier
from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from scoring.models import SelfAssessment
from scoring.selectors.rubrics import rubric_of
from scoring.services.self_assessments import SAVED
from tests.conftest import LogIn
from tests.factories import cycle, registry, rubrics
from tests.factories import scoring as make
from tests.factories.cycle import NOW
from tests.factories.scoring import choices_of_total

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def ask(browser: Client, dossier: Dossier, body: Any = None, **headers: str) -> Any:
    """Reads, or with a body writes, at the moment of the tests."""
    url = f"/api/v1/dossiers/{dossier.pk}/self-assessment/"
    with time_machine.travel(NOW, tick=False):
        if body is None:
            return browser.get(url)
        return browser.put(url, body, content_type="application/json", headers=headers)


@pytest.fixture
def draft() -> Dossier:
    """A dossier that is being written, in a set with a rubric; nothing is answered."""
    dossier = cycle.draft_dossier()
    rubrics.edition(dossier.regime, dossier.product_set.number)
    return dossier


@pytest.fixture
def owner(log_in: LogIn, draft: Dossier) -> Client:
    return log_in(cycle.owner_of(draft.enrolment))


def choices(dossier: Dossier, total: int = 80) -> dict[str, str | None]:
    edition = rubrics.edition(dossier.regime, dossier.product_set.number)
    return dict(choices_of_total(rubric_of(edition), total))


def test_options_go_in_and_the_engines_answer_comes_out(owner: Client, draft: Dossier) -> None:
    empty = ask(owner, draft)
    written = ask(owner, draft, {"choices": choices(draft)}, **{"if-match": empty["ETag"]})

    assert (empty.status_code, empty["ETag"], empty.json()["choices"]) == (200, '"0"', {})
    assert empty.json()["evaluation"]["complete"] is False
    told = written.json()
    assert (written.status_code, written["ETag"], told["version"]) == (200, '"1"', 1)
    assert told["choices"] == choices(draft)
    assert (told["evaluation"]["complete"], told["evaluation"]["total"]) == (True, 80)
    assert ask(owner, draft).json() == told
    assert Entry.objects.filter(kind=SAVED).count() == 1


def test_a_repeated_key_writes_once(owner: Client, draft: Dossier) -> None:
    headers = {"if-match": '"0"', "idempotency-key": "tu-cham-1"}
    body = {"choices": choices(draft)}

    first, second = (ask(owner, draft, body, **headers) for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert second["Idempotency-Replayed"] == "true"
    assert SelfAssessment.objects.get().version == 1


def test_the_slower_of_two_is_told_the_current_version(owner: Client, draft: Dossier) -> None:
    ask(owner, draft, {"choices": choices(draft, 80)}, **{"if-match": '"0"'})

    late = ask(owner, draft, {"choices": choices(draft, 60)}, **{"if-match": '"0"'})

    assert (late.status_code, late.json()["version"]) == (412, 1)
    assert ask(owner, draft).json()["evaluation"]["total"] == 80


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"choices": {}}, {}, 428),
        ({"choices": {}, "total": 100}, {"if-match": '"0"'}, 422),
        ({"choices": {"99.9": "99.9/1"}}, {"if-match": '"0"'}, 422),
        ({"choices": {"1.1": 5}}, {"if-match": '"0"'}, 422),
        ({"choices": []}, {"if-match": '"0"'}, 422),
        ({}, {"if-match": '"0"'}, 422),
    ],
)
def test_what_is_no_choice_is_refused_and_nothing_kept(
    owner: Client, draft: Dossier, body: Any, headers: dict[str, str], status: int
) -> None:
    answer = ask(owner, draft, body, **headers)

    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert not SelfAssessment.objects.exists()


def test_a_lodged_one_is_read_by_the_office_and_written_by_nobody(log_in: LogIn) -> None:
    lodged = make.lodged_dossier()
    officer = log_in(cycle.officer_for(lodged.enrolment, Level(lodged.level)))
    subject = log_in(cycle.owner_of(lodged.enrolment))
    read, body = {"if-match": '"1"'}, {"choices": choices(lodged, 60)}

    assert ask(officer, lodged).json()["evaluation"]["total"] == 80
    assert ask(officer, lodged, body, **read).status_code == 403
    assert ask(subject, lodged, body, **read).status_code == 403


def test_a_stranger_learns_nothing(log_in: LogIn, draft: Dossier) -> None:
    stranger = log_in(registry.person("Người lạ"))

    assert ask(stranger, draft).status_code == 404
    assert ask(stranger, draft, {"choices": {}}, **{"if-match": '"0"'}).status_code == 404


def test_a_dossier_whose_set_has_no_rubric_says_so(log_in: LogIn) -> None:
    dossier = cycle.draft_dossier()

    answer = ask(log_in(cycle.owner_of(dossier.enrolment)), dossier)

    assert (answer.status_code, bool(answer.json()["message"])) == (409, True)
