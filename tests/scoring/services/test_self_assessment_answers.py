"""Answers of the self-assessment that save themselves one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.merging import Merged, mark_of
from registry.domain.roles import Role
from scoring.domain.answers import NONE
from scoring.models import SelfAssessment
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import assessed
from scoring.services.self_assessments import save_answers
from tests.factories import cycle, people, registry, rubrics
from tests.factories import scoring as make
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def dossier() -> Dossier:
    rubrics.edition("2019", 1)
    return cycle.draft_dossier()


@pytest.fixture
def owner(dossier: Dossier) -> User:
    return cycle.owner_of(dossier.enrolment)


def options(dossier: Dossier) -> tuple[str, str, str]:
    """A criterion and two of its options."""
    rubric = rubric_of(assessed(dossier).edition)
    criterion = next(each for each in rubric.by_code.values() if len(each.options) > 1)
    return criterion.code, criterion.options[0].id, criterion.options[1].id


def answer(dossier: Dossier, by: User, code: str, text: str, read: str = "", **more: Any) -> Merged:
    seen = {code: frozenset({mark_of(read)})}
    return save_answers(dossier, {code: text}, seen=seen, by=by, at=more.get("at", NOW))


def test_an_answer_is_kept_beside_the_others(dossier: Dossier, owner: User) -> None:
    code, first, second = options(dossier)

    assert answer(dossier, owner, code, first).written == (code,)
    assert answer(dossier, owner, code, second, read=first).written == (code,)
    assert answer(dossier, owner, code, second, read=first) == Merged()

    kept = SelfAssessment.objects.get()
    assert (kept.choices, kept.version) == ({code: second}, 2)


def test_no_option_met_and_an_answer_taken_back(dossier: Dossier, owner: User) -> None:
    code, first, _second = options(dossier)
    answer(dossier, owner, code, NONE)
    assert SelfAssessment.objects.get().choices == {code: None}

    answer(dossier, owner, code, "", read=NONE)

    assert SelfAssessment.objects.get().choices == {}
    assert answer(dossier, owner, code, first).written == (code,)


def test_an_unseen_answer_of_another_device_is_a_choice(dossier: Dossier, owner: User) -> None:
    code, first, second = options(dossier)
    answer(dossier, owner, code, first)

    assert answer(dossier, owner, code, second) == Merged(conflicts={code: first})
    assert SelfAssessment.objects.get().choices == {code: first}


def test_half_an_hour_of_answering_is_one_entry(dossier: Dossier, owner: User) -> None:
    code, first, second = options(dossier)
    editor = registry.person()
    registry.posting(editor, Role.EDITOR, dossier.enrolment.product.subject)
    answer(dossier, owner, code, first)
    answer(dossier, owner, code, second, read=first, at=NOW + timedelta(minutes=29))
    answer(dossier, editor, code, first, read=second, at=NOW + timedelta(minutes=29))
    answer(dossier, owner, code, second, read=first, at=NOW + timedelta(minutes=29))

    rows = Entry.objects.filter(kind="scoring.self_assessment.saved").order_by("id")
    assert [row.actor_id for row in rows] == [owner.pk, editor.pk, owner.pk]


@pytest.mark.parametrize("text", ["x", "1.1-9", "khong "])
def test_an_option_of_elsewhere_is_refused_at_its_criterion(
    dossier: Dossier, owner: User, text: str
) -> None:
    code, _first, _second = options(dossier)

    with pytest.raises(RuleBroken) as refusal:
        answer(dossier, owner, code, text)

    assert (refusal.value.code, refusal.value.field) == ("sheet.foreign_option", code)


def test_strangers_and_lodged_dossiers_are_refused(dossier: Dossier, owner: User) -> None:
    code, first, _second = options(dossier)
    with pytest.raises(PermissionDenied):
        answer(dossier, people.tuan(), code, first)
    lodged = make.lodged_dossier(regime="2019")
    with pytest.raises(PermissionDenied):
        answer(lodged, cycle.owner_of(lodged.enrolment), code, first)
