"""A product from its idea to trade promotion, and everything that is refused on the way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle import signals
from cycle.domain.appraisal import ProductCriterion
from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.journey import RECOGNISED, EnrolmentKind
from cycle.models import Dossier, Enrolment, Idea, Milestone, Move
from cycle.services import (
    council_moves,
    dossiers,
    enrolments,
    ideas,
    milestones,
    plans,
    recognition,
)
from cycle.services.ideas import Finding
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NFD = "Che\u0300 ta\u0301m"  # “Chè tám” with separate marks
NFC = "Chè tám"


def unclear(item: str = "description") -> dict[str, Remark]:
    return {item: Remark(CorrectionReason.INCOMPLETE, "Ghi rõ vùng nguyên liệu")}


def names_of(row: Enrolment) -> list[str]:
    return list(Move.objects.filter(enrolment=row).order_by("id").values_list("name", flat=True))


def test_the_whole_way_leaves_its_history() -> None:
    row = cycle.recognised_enrolment(stars=4)

    assert (row.step, row.stars, row.ended_at) == ("promotion", 4, None)
    assert names_of(row) == [
        "enrolment.enrol",
        "idea.submit",
        "idea.accept",
        "enrolment.accept_idea",
        "plan.submit",
        "plan.accept",
        "enrolment.accept_plan",
        "enrolment.finish_implementation",
        "dossier.start",
        "dossier.lodge",
        "dossier.receive",
        "dossier.take_to_council",
        "dossier.conclude",
        "dossier.recognise",
        "enrolment.rate",
        "enrolment.open_promotion",
    ]
    assert Entry.objects.filter(kind="cycle.enrolment.advanced").count() == 4


def test_enrolling_copies_regime_set_and_the_commune_of_the_rounds_division() -> None:
    old = cycle.enrolment(regime="2019")
    new = cycle.enrolment(regime="2026")

    assert (old.commune.division, old.product_set.regime) == ("three_tier", "2019")
    assert (new.commune.division, new.product_set.regime) == ("two_tier", "2026")
    assert old.step == "idea"
    assert old.idea.state == "draft"


def test_a_product_without_a_former_commune_is_refused_in_a_three_tier_round() -> None:
    maker = registry.subject(commune=registry.commune())
    item = cycle.product(maker=maker)

    with pytest.raises(RuleBroken) as found:
        cycle.enrolment(regime="2019", item=item)

    assert found.value.code == "round.not_for_product"
    assert "1/7/2025" in found.value.text
    assert found.value.field == "round"


def test_a_round_of_another_province_takes_nothing_from_here() -> None:
    elsewhere = cycle.season("2026", unit=registry.province("Tỉnh Phú Thọ", "25"))

    with pytest.raises(RuleBroken) as found:
        cycle.enrolment(elsewhere)

    assert "địa phương khác" in found.value.text


def test_a_product_without_a_set_under_the_regime_is_refused() -> None:
    item = cycle.product(product_sets=[registry.product_set("2026", 1)])

    with pytest.raises(RuleBroken) as found:
        cycle.enrolment(regime="2019", item=item)

    assert "bộ sản phẩm" in found.value.text


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "is_open"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=9), False),
    ],
)
def test_a_round_takes_products_on_its_days_only(
    opens_on: date, closes_on: date, is_open: bool
) -> None:
    season = cycle.season(opens_on=opens_on, closes_on=closes_on)

    if is_open:
        assert cycle.enrolment(season).round == season
    else:
        with refusal("round.closed"):
            cycle.enrolment(season)


def test_a_product_is_under_way_in_one_round_at_a_time() -> None:
    row = cycle.enrolment()

    with refusal("enrolment.under_way"):
        cycle.enrolment(item=row.product)


def test_enrolling_twice_gives_the_same_row() -> None:
    row = cycle.enrolment()

    again = cycle.enrolment(row.round, item=row.product)

    assert again == row
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("kind", [EnrolmentKind.UPGRADE, EnrolmentKind.RE_EVALUATION])
def test_what_was_never_recognised_cannot_be_upgraded(kind: EnrolmentKind) -> None:
    with refusal("enrolment.never_recognised"):
        cycle.enrolment(kind=kind)


def test_an_upgrade_begins_with_its_dossier_and_ends_the_earlier_passage() -> None:
    first = cycle.recognised_enrolment(stars=3)
    upgrade = cycle.enrolment(item=first.product, kind=EnrolmentKind.UPGRADE)

    assert upgrade.step == "evaluation"
    assert Dossier.objects.get(enrolment=upgrade).kind == "upgrade"
    with refusal("enrolment.under_way"):
        cycle.enrolment(item=first.product)


def test_a_recognition_known_from_elsewhere_allows_an_upgrade() -> None:
    row = cycle.enrolment(kind=EnrolmentKind.UPGRADE, facts=frozenset({RECOGNISED}))

    assert row.step == "evaluation"


def test_a_recognised_product_does_not_come_for_the_first_time_again() -> None:
    first = cycle.recognised_enrolment(stars=3)

    with refusal("enrolment.recognised_before"):
        cycle.enrolment(item=first.product)


def test_a_stranger_may_not_enrol() -> None:
    item = cycle.product()
    season = cycle.season()

    with pytest.raises(PermissionDenied, match="chủ thể"):
        enrolments.enrol(
            item, round=season, kind=EnrolmentKind.FIRST, by=registry.person("Tuấn"), at=NOW
        )


def test_texts_are_kept_in_composed_form() -> None:
    row = cycle.enrolment()

    saved = ideas.save(row.idea, version=1, description=NFD, by=cycle.owner_of(row), at=NOW)

    assert Idea.objects.get(pk=saved.pk).description == NFC
    assert saved.version == 2


def test_a_stale_page_is_refused_and_nothing_is_lost() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)
    seen = row.idea
    ideas.save(row.idea, version=1, description="Của người thứ nhất", by=owner, at=NOW)

    with pytest.raises(Stale):
        ideas.save(seen, version=1, description="Của người thứ hai", by=owner, at=NOW)

    assert Idea.objects.get(pk=seen.pk).description == "Của người thứ nhất"


def test_saving_what_stands_there_already_is_no_change() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)
    ideas.save(row.idea, version=1, description="Chè", by=owner, at=NOW)

    again = ideas.save(row.idea, version=1, description="Chè", by=owner, at=NOW)

    assert again.version == 2
    assert Entry.objects.filter(kind="cycle.idea.saved").count() == 1


def test_an_empty_idea_is_not_submitted() -> None:
    row = cycle.enrolment()

    with refusal("idea.needs_written"):
        ideas.submit(row.idea, by=cycle.owner_of(row), at=NOW)


def test_submitting_twice_is_harmless() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    again = ideas.submit(row.idea, by=cycle.owner_of(row), at=NOW)

    assert again.state == "submitted"
    assert Move.objects.filter(name="idea.submit").count() == 1


def test_a_submitted_idea_is_not_written_in() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    with refusal("paper.not_open"):
        ideas.save(row.idea, version=row.idea.version, market="x", by=cycle.owner_of(row), at=NOW)


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_the_level_that_the_regime_names_appraises(regime: str) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment(regime=regime))
    levels = [Level.COMMUNE, Level.PROVINCE] + ([Level.DISTRICT] if regime == "2019" else [])
    right = Level.DISTRICT if regime == "2019" else Level.PROVINCE

    for level in levels:
        officer = cycle.officer_for(row, level)
        if level is not right:
            with pytest.raises(PermissionDenied, match="Việc này do"):
                ideas.accept(row.idea, findings=cycle.ALL_MET, by=officer, at=NOW)
    accepted = ideas.accept(
        row.idea, findings=cycle.ALL_MET, by=cycle.officer_for(row, right), at=NOW
    )

    assert accepted.state == "accepted"
    assert Enrolment.objects.get(pk=row.pk).step == "plan"


@pytest.mark.parametrize("failing", [*ProductCriterion, None])
def test_an_idea_is_accepted_only_when_all_three_criteria_are_met(failing: Any) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    findings = {each: Finding(met=each is not failing) for each in ProductCriterion}
    if failing is None:
        findings.pop(ProductCriterion.LOCAL)

    with refusal("idea.needs_criteria_met"):
        ideas.accept(row.idea, findings=findings, by=cycle.appraiser_for(row), at=NOW)

    assert Idea.objects.get(pk=row.idea.pk).findings.count() == 0


def test_a_returned_idea_is_mended_and_submitted_again() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = cycle.appraiser_for(row)
    with refusal("idea.needs_items_named"):
        ideas.return_for_changes(row.idea, reason="Sửa", remarks={}, by=officer, at=NOW)

    returned = ideas.return_for_changes(
        row.idea,
        reason="Gần được rồi",
        remarks=unclear(),
        findings={ProductCriterion.LOCAL: Finding(met=False, note="Chưa rõ")},
        by=officer,
        at=NOW,
    )
    again = ideas.submit(returned, by=cycle.owner_of(row), at=NOW)

    assert again.state == "submitted"
    assert again.reason == (
        "Gần được rồi\n- Sản phẩm là gì, làm từ gì, làm thế nào (Chưa đủ): Ghi rõ vùng nguyên liệu"
    )
    assert returned.findings.get().met is False


def test_two_officers_deciding_at_once_leave_one_decision() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    seen_by_second = Idea.objects.get(pk=row.idea.pk)
    ideas.accept(row.idea, findings=cycle.ALL_MET, by=cycle.appraiser_for(row), at=NOW)
    second = registry.officer(Role.DISTRICT_OFFICER, cycle.unit_of(row.commune, Level.DISTRICT))

    with refusal("idea.not_from_here"):
        ideas.decline(seen_by_second, reason="Không hợp", by=second, at=NOW)

    assert Enrolment.objects.get(pk=row.pk).ended_at is None


def test_a_declined_idea_ends_the_enrolment() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    heard = []
    signals.enrolment_ended.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="t")

    ideas.decline(row.idea, reason="Không phải của xã", by=cycle.appraiser_for(row), at=NOW)
    signals.enrolment_ended.disconnect(dispatch_uid="t")

    ended = Enrolment.objects.get(pk=row.pk)
    assert ended.ended_at == NOW
    assert [each["enrolment_id"] for each in heard] == [row.pk]
    with refusal("enrolment.ended"):
        ideas.submit(ended.idea, by=cycle.owner_of(row), at=NOW)


def test_a_plan_is_appraised_like_the_idea() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())
    officer = cycle.appraiser_for(row)

    returned = plans.return_for_changes(row.plan, remarks=unclear("finance"), by=officer, at=NOW)
    plans.submit(returned, by=cycle.owner_of(row), at=NOW)
    accepted = plans.accept(returned, by=officer, at=NOW)

    assert accepted.state == "accepted"
    assert Enrolment.objects.get(pk=row.pk).step == "implementation"
    assert plans.accept(returned, by=officer, at=NOW).state == "accepted"


def test_a_declined_plan_ends_the_enrolment() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())

    plans.decline(row.plan, reason="Không khả thi", by=cycle.appraiser_for(row), at=NOW)

    assert Enrolment.objects.get(pk=row.pk).ended_at == NOW


def test_own_capital_is_not_more_than_the_whole() -> None:
    row = cycle.with_idea_accepted(cycle.enrolment())

    with pytest.raises(RuleBroken) as found:
        plans.save(
            row.plan,
            version=1,
            investment=1,
            own_capital=2,
            by=cycle.owner_of(row),
            at=NOW,
        )

    assert found.value.field == "own_capital"


def test_an_empty_plan_is_not_submitted() -> None:
    row = cycle.with_idea_accepted(cycle.enrolment())

    with refusal("plan.needs_written"):
        plans.submit(row.plan, by=cycle.owner_of(row), at=NOW)


def test_an_open_milestone_keeps_the_evaluation_shut() -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    owner = cycle.owner_of(row)
    step = milestones.add(row, title=NFD, due_on=TODAY, by=owner, at=NOW)
    assert milestones.add(row, title=NFC, due_on=TODAY, by=owner, at=NOW) == step
    with refusal("enrolment.needs_milestones_done"):
        enrolments.finish_implementation(row, by=owner, at=NOW)
    with refusal("milestone.future"):
        milestones.complete(step, completed_on=TODAY + timedelta(days=1), by=owner, at=NOW)

    milestones.complete(step, completed_on=TODAY, note="Xong", cost=5, by=owner, at=NOW)
    milestones.complete(step, completed_on=TODAY, note="Lần nữa", by=owner, at=NOW)
    enrolments.finish_implementation(row, by=owner, at=NOW)
    enrolments.finish_implementation(row, by=owner, at=NOW)

    kept = Milestone.objects.get(pk=step.pk)
    assert (kept.title, kept.note, kept.cost) == (NFC, "Xong", 5)
    assert Dossier.objects.get(enrolment=row).state == "draft"


def test_only_an_open_milestone_is_dropped() -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    owner = cycle.owner_of(row)
    gone = milestones.add(row, title="Bỏ", due_on=TODAY, by=owner, at=NOW)
    done = milestones.add(row, title="Xong", due_on=TODAY, by=owner, at=NOW)
    milestones.complete(done, completed_on=TODAY, by=owner, at=NOW)

    stale = Milestone.objects.get(pk=gone.pk)
    milestones.drop(gone, by=owner, at=NOW)
    milestones.drop(stale, by=owner, at=NOW)
    with refusal("milestone.done"):
        milestones.drop(done, by=owner, at=NOW)

    assert list(row.milestones.values_list("title", flat=True)) == ["Xong"]


def test_milestones_belong_to_plan_and_implementation() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)

    with refusal("milestone.step"):
        milestones.add(row, title="Sớm", due_on=TODAY, by=owner, at=NOW)
    with refusal("milestone.title"):
        milestones.add(cycle.with_plan_accepted(row), title=" ", due_on=TODAY, by=owner, at=NOW)


def test_withdrawing_ends_everything_before_a_council() -> None:
    dossier = cycle.lodged_dossier()
    row = dossier.enrolment
    editor = registry.person()
    registry.posting(editor, Role.EDITOR, row.product.subject)
    with pytest.raises(PermissionDenied, match="đứng tên"):
        enrolments.withdraw(row, reason="", by=editor, at=NOW)

    ended = enrolments.withdraw(row, reason="Đổi ý", by=cycle.owner_of(row), at=NOW)
    enrolments.withdraw(row, reason="Lần nữa", by=cycle.owner_of(row), at=NOW)

    assert ended.ended_at == NOW
    assert Dossier.objects.get(pk=dossier.pk).state == "withdrawn"
    assert Move.objects.filter(name="enrolment.withdraw").get().note == "Đổi ý"


def test_nothing_is_withdrawn_from_a_council_or_after_recognition() -> None:
    dossier = cycle.dossier_in_council()
    owner = cycle.owner_of(dossier.enrolment)

    with refusal("enrolment.at_council"):
        enrolments.withdraw(dossier.enrolment, reason="", by=owner, at=NOW)
    row = cycle.recognised_enrolment()
    with refusal("enrolment.recognised"):
        enrolments.withdraw(row, reason="", by=cycle.owner_of(row), at=NOW)


def test_a_finished_round_passage_does_not_start_again_in_the_same_round() -> None:
    row = cycle.recognised_enrolment(stars=4)

    with refusal("enrolment.in_round"):
        cycle.enrolment(row.round, item=row.product, kind=EnrolmentKind.UPGRADE)


def test_a_dossier_is_not_started_before_its_step() -> None:
    row = cycle.enrolment()

    with refusal("dossier.too_early"):
        dossiers.start(row, by=cycle.owner_of(row), at=NOW)


def test_an_older_passage_ends_when_a_newer_is_recognised() -> None:
    first = cycle.recognised_enrolment(stars=3)
    newer = cycle.enrolment(item=first.product, kind=EnrolmentKind.UPGRADE)
    dossier = Dossier.objects.get(enrolment=newer)
    cycle.attached(dossier)
    dossier = dossiers.save(
        dossier,
        version=dossier.version,
        introduction="a",
        plan_results="b",
        changes="Bao bì mới",
        by=cycle.owner_of(newer),
        at=NOW,
    )
    officer = cycle.officer_for(newer, Level.DISTRICT)
    received = cycle.received(cycle.lodged(dossier))
    council_moves.take_to_council(received, by=officer, at=NOW)

    recognition.record_rating(newer, stars=4, rating_id=99, by=officer, at=NOW)

    assert Enrolment.objects.get(pk=first.pk).ended_at == NOW
    assert Enrolment.objects.get(pk=newer.pk).step == "promotion"


def test_pressing_a_decision_twice_leaves_one_row_of_history() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer, owner = cycle.appraiser_for(row), cycle.owner_of(row)

    for _press in range(2):
        ideas.return_for_changes(row.idea, remarks=unclear(), by=officer, at=NOW)
    ideas.submit(row.idea, by=owner, at=NOW)
    for _press in range(2):
        ideas.accept(row.idea, findings=cycle.ALL_MET, by=officer, at=NOW)
    row = Enrolment.objects.get(pk=row.pk)
    fields: Any = dict.fromkeys(plans.REQUIRED, "Có")
    plan = plans.save(row.plan, version=row.plan.version, by=owner, at=NOW, **fields)
    for _press in range(2):
        plans.submit(plan, by=owner, at=NOW)
    for _press in range(2):
        plans.return_for_changes(plan, remarks=unclear("finance"), by=officer, at=NOW)
    plans.submit(plan, by=owner, at=NOW)
    for _press in range(2):
        plans.decline(plan, reason="Không khả thi", by=officer, at=NOW)

    assert names_of(row) == [
        "enrolment.enrol",
        "idea.submit",
        "idea.return_for_changes",
        "idea.submit",
        "idea.accept",
        "enrolment.accept_idea",
        "plan.submit",
        "plan.return_for_changes",
        "plan.submit",
        "plan.decline",
        "enrolment.decline",
    ]


def test_declining_an_idea_twice_is_harmless() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    for _press in range(2):
        ideas.decline(row.idea, reason="Không hợp", by=cycle.appraiser_for(row), at=NOW)

    assert names_of(row)[-2:] == ["idea.decline", "enrolment.decline"]
