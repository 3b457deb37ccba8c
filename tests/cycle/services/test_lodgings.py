"""Lodging a dossier: what is asked, what is frozen, what happens twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle import signals
from cycle.models import Dossier, Lodging
from cycle.services import dossiers, lodgings
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from tests.cycle.services.conftest import News
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_a_lodging_freezes_everything_and_gives_a_code(heard: News) -> None:
    dossier = cycle.lodged_dossier()

    lodging = Lodging.objects.get(dossier=dossier)
    assert (dossier.state, dossier.level, dossier.lodged_at) == ("lodged", "district", NOW)
    assert dossier.code == f"HS-19-2026-{dossier.pk:05d}"
    assert dossier.rubric_hash == cycle.RUBRIC_HASH
    assert lodging.number == 1
    frozen = lodging.snapshot
    assert dossier.snapshot == frozen
    assert frozen["product"]["name"] == dossier.enrolment.product.name
    assert frozen["self_assessment"] == {"choices": {"1.1": "a"}}
    assert frozen["evidence"][0]["sha256"] == dossier.evidence.get().evidence.sha256
    assert frozen["idea"]["local_speciality"] == "Giống chè trung du của xã"
    assert frozen["plan"]["investment"] == 500_000_000
    assert ("dossier_lodged", dossier.pk) in [(n, f.get("dossier_id")) for n, f in heard]


def test_a_later_change_of_the_product_leaves_the_snapshot_alone() -> None:
    dossier = cycle.lodged_dossier()
    name = dossier.enrolment.product.name

    Product.objects.filter(pk=dossier.enrolment.product_id).update(name="Tên khác")

    assert Lodging.objects.get(dossier=dossier).snapshot["product"]["name"] == name


def test_lodging_twice_makes_one_lodging() -> None:
    dossier = cycle.filled_dossier()

    cycle.lodged(dossier)
    again = cycle.lodged(dossier)

    assert again.state == "lodged"
    assert Lodging.objects.count() == 1


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_only_a_complete_dossier_is_lodged(regime: str) -> None:
    dossier = cycle.draft_dossier(regime=regime)
    owner = cycle.owner_of(dossier.enrolment)

    def lodge(
        facts: frozenset[str] = cycle.ASSESSED, rubric_hash: str = cycle.RUBRIC_HASH
    ) -> Dossier:
        return lodgings.lodge(dossier, facts=facts, rubric_hash=rubric_hash, by=owner, at=NOW)

    with refusal("dossier.needs_written"):
        lodge()
    dossiers.save(
        dossier, version=dossier.version, introduction="a", plan_results="b", by=owner, at=NOW
    )
    with refusal("dossier.needs_self_assessment_complete"):
        lodge(facts=frozenset())
    with refusal("dossier.needs_self_assessment_complete"):
        lodge(rubric_hash="")
    with refusal("dossier.needs_evidence_complete"):
        lodge()
    assert Dossier.objects.get(pk=dossier.pk).code == ""
    cycle.attached(dossier)

    assert lodge().state == ("at_commune" if regime == "2026" else "lodged")


def test_facts_that_the_cycle_knows_itself_are_not_believed_from_outside() -> None:
    dossier = cycle.draft_dossier()

    with refusal("dossier.needs_written"):
        lodgings.lodge(
            dossier,
            facts=frozenset({"self_assessment_complete", "written", "evidence_complete"}),
            rubric_hash="x",
            by=cycle.owner_of(dossier.enrolment),
            at=NOW,
        )


@pytest.mark.parametrize(
    ("at", "is_taken"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), True),  # one second to midnight in Vietnam
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_window_closes_at_midnight_in_vietnam(at: datetime, is_taken: bool) -> None:
    dossier = cycle.filled_dossier()

    if is_taken:
        assert cycle.lodged(dossier, at=at).state == "lodged"
    else:
        with refusal("dossier.needs_in_time"):
            cycle.lodged(dossier, at=at)


def test_what_was_returned_may_be_lodged_after_the_round_has_closed() -> None:
    dossier = cycle.lodged_dossier()
    officer = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    dossier = cycle.returned(dossier, by=officer)

    again = cycle.lodged(dossier, at=NOW + timedelta(days=200))

    assert again.state == "lodged"
    assert [each.number for each in again.lodgings.all()] == [1, 2]
    assert again.code == dossier.code


def test_an_expired_paper_does_not_prove_a_mandatory_item() -> None:
    dossier = cycle.draft_dossier()
    cycle.attached(dossier, valid_until=TODAY - timedelta(days=1))
    dossiers.save(
        dossier,
        version=dossier.version,
        introduction="a",
        plan_results="b",
        by=cycle.owner_of(dossier.enrolment),
        at=NOW,
    )

    with refusal("dossier.needs_evidence_complete"):
        cycle.lodged(dossier)


def test_nobody_lodges_in_the_name_of_the_owner_without_a_code() -> None:
    dossier = cycle.filled_dossier()
    editor = registry.person()
    registry.posting(editor, Role.EDITOR, dossier.enrolment.product.subject)

    with refusal("confirmation.missing"):
        lodgings.lodge(dossier, facts=cycle.ASSESSED, rubric_hash="x", by=editor, at=NOW)
    with pytest.raises(PermissionDenied, match="người của chủ thể"):
        lodgings.lodge(dossier, facts=cycle.ASSESSED, rubric_hash="x", by=registry.person(), at=NOW)


def test_a_failing_listener_undoes_the_lodging() -> None:
    dossier = cycle.filled_dossier()

    def fail(**_news: object) -> None:
        raise RuleBroken("listener.fails", "không được")

    signals.dossier_lodged.connect(fail, weak=False, dispatch_uid="fail")
    try:
        with refusal("listener.fails"):
            cycle.lodged(dossier)
    finally:
        signals.dossier_lodged.disconnect(dispatch_uid="fail")

    assert Dossier.objects.get(pk=dossier.pk).state == "draft"
    assert Lodging.objects.count() == 0
