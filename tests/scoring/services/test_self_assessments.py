"""The subject's own sheet, and the fact that a lodging asks for."""

import pytest
from django.core.exceptions import PermissionDenied

from cycle import facts
from cycle.models import Dossier
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from scoring.models import SelfAssessment
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import assessed, fact_of
from scoring.services import self_assessments
from tests.factories import cycle, rubrics
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def dossier() -> Dossier:
    rubrics.edition("2019", 1)
    return cycle.filled_dossier(regime="2019")


def test_an_unanswered_criterion_keeps_the_dossier_from_being_lodged(dossier: Dossier) -> None:
    by = cycle.owner_of(dossier.enrolment)
    choices = make.choices_of_total(rubric_of(rubrics.edition("2019", 1)), 74)
    missing = next(iter(choices))

    before = facts.ask(facts.SELF_ASSESSMENT, dossier)
    kept = {code: option for code, option in choices.items() if code != missing}
    self_assessments.save(dossier, choices=kept, version=0, by=by, at=make.NOW)
    nearly = fact_of(dossier)
    self_assessments.save(dossier, choices=choices, version=1, by=by, at=make.NOW)
    whole = fact_of(dossier)

    assert (before.is_complete, nearly.is_complete, whole.is_complete) == (False, False, True)
    assert "1 tiêu chí" in nearly.reason
    assert whole.rubric_hash == rubrics.edition("2019", 1).content_hash
    assert (whole.summary["total"], whole.summary["stars"]) == (74, 4)
    assert assessed(dossier).evaluation.missing == ()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(dossier: Dossier) -> None:
    by = cycle.owner_of(dossier.enrolment)
    rubric = rubric_of(rubrics.edition("2019", 1))
    first, second = make.choices_of_total(rubric, 70), make.choices_of_total(rubric, 71)

    self_assessments.save(dossier, choices=first, version=0, by=by, at=make.NOW)
    same = self_assessments.save(dossier, choices=first, version=0, by=by, at=make.NOW)
    with pytest.raises(Stale):
        self_assessments.save(dossier, choices=second, version=0, by=by, at=make.NOW)

    assert same.version == 1


def test_who_and_what_is_refused(dossier: Dossier) -> None:
    by = cycle.owner_of(dossier.enrolment)
    stranger = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    foreign = rubric_of(rubrics.edition("2019", 2)).criteria[0].options[0].id
    code = rubric_of(rubrics.edition("2019", 1)).criteria[0].code

    with pytest.raises(PermissionDenied):
        self_assessments.save(dossier, choices={}, by=stranger, at=make.NOW)
    with pytest.raises(RuleBroken, match=r"^sheet\.foreign_option"):
        self_assessments.save(dossier, choices={code: foreign}, by=by, at=make.NOW)
    assert not SelfAssessment.objects.exists()


def test_after_the_lodging_it_stays() -> None:
    dossier = make.lodged_dossier(regime="2019")
    by = cycle.owner_of(dossier.enrolment)

    with pytest.raises(PermissionDenied):
        self_assessments.save(dossier, choices={}, by=by, at=make.NOW)
    assert dossier.rubric_hash == SelfAssessment.objects.get().edition.content_hash
