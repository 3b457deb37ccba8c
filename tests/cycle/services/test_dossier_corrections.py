"""Returning a dossier item by item: only what was named may be written in again."""

from datetime import timedelta
from typing import Unpack

import pytest

from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.paper_items import PaperKind
from cycle.models import Correction, Dossier
from cycle.selectors import corrections_in, corrections_of, mending_of
from cycle.services import council_moves, dossiers, intake
from cycle.services.dossiers import DossierTexts
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from scoring.permissions import may_save_self_assessment
from tests.factories import cycle
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LATER = NOW + timedelta(days=3)


def save(dossier: Dossier, **texts: Unpack[DossierTexts]) -> Dossier:
    by = cycle.owner_of(dossier.enrolment)
    now = Dossier.objects.get(pk=dossier.pk)
    return dossiers.save(now, version=now.version, by=by, at=LATER, **texts)


def test_only_the_named_texts_reopen() -> None:
    dossier = cycle.returned(cycle.lodged_dossier(), "introduction", "story")

    with pytest.raises(RuleBroken, match=r"paper\.item_shut") as refused:
        save(dossier, introduction="30 thành viên", plan_results="Khác")
    save(dossier, introduction="30 thành viên", plan_results="Doanh thu tăng 20 %")

    assert refused.value.field == "plan_results"
    kept = Dossier.objects.get()
    assert (kept.introduction, kept.plan_results) == ("30 thành viên", "Doanh thu tăng 20 %")


def test_only_the_named_evidence_items_reopen() -> None:
    dossier = cycle.filled_dossier()
    kept = dossier.evidence.get()
    dossier = cycle.returned(cycle.lodged(dossier), "story")
    owner = cycle.owner_of(dossier.enrolment)

    added = cycle.attached(dossier, "story", title="Câu chuyện")
    with pytest.raises(RuleBroken, match=r"paper\.item_shut"):
        cycle.attached(dossier, "awards", title="Bằng khen")
    with pytest.raises(RuleBroken, match=r"paper\.item_shut"):
        dossiers.detach(kept, by=owner, at=NOW)

    assert list(dossier.evidence.order_by("pk")) == [kept, added]


def test_a_mandatory_paper_that_ran_out_meanwhile_may_be_replaced() -> None:
    dossier = cycle.draft_dossier()
    cycle.attached(dossier, valid_until=TODAY + timedelta(days=2))
    dossier = save(dossier, introduction="a", plan_results="b")
    dossier = cycle.returned(cycle.lodged(dossier), "introduction")

    assert mending_of(dossier, TODAY).names == frozenset({"introduction"})
    assert mending_of(dossier, TODAY + timedelta(days=3)).names == frozenset(
        {
            "introduction",
            "business_registration",
        }
    )


def test_the_self_assessment_reopens_when_it_is_named() -> None:
    first = cycle.returned(cycle.lodged_dossier(), "introduction")
    owner = cycle.owner_of(first.enrolment)
    refused = may_save_self_assessment(owner, first, on=TODAY)
    second = cycle.returned(cycle.lodged(first), "self_assessment")

    assert (bool(refused), refused.reason) == (
        False,
        "Cơ quan tiếp nhận không yêu cầu sửa báo cáo tự đánh giá nên chỉ đọc được.",
    )
    assert may_save_self_assessment(owner, second, on=TODAY)


def test_a_second_request_for_an_item_stands_beside_the_first_and_rounds_are_counted() -> None:
    dossier = cycle.returned(cycle.lodged_dossier(), "introduction", "story")
    dossier = cycle.lodged(dossier, at=LATER)
    dossier = intake.return_for_changes(
        dossier,
        remarks={"story": Remark(CorrectionReason.OUTDATED, "Bản cũ")},
        by=cycle.officer_for(dossier.enrolment, Level.DISTRICT),
        at=LATER,
    )

    asked = corrections_in(dossier)
    assert asked.returns == 2
    assert [(row.number, row.reason, row.note) for row in asked.of("story")] == [
        (2, "outdated", "Bản cũ"),
        (1, "incomplete", "Thiếu ảnh"),
    ]
    assert mending_of(dossier, TODAY).names == frozenset({"story"})
    assert corrections_of(dossier.enrolment, PaperKind.IDEA).returns == 0


def test_what_a_council_sends_back_is_open_as_a_whole() -> None:
    dossier = cycle.returned(cycle.lodged_dossier(), "story")
    dossier = cycle.received(cycle.lodged(dossier))
    by = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    dossier = council_moves.take_to_council(dossier, by=by, at=NOW)
    dossier = council_moves.send_back(dossier, reason="Thiếu mẫu", by=by, at=NOW)

    mending = mending_of(dossier, TODAY)

    assert (mending.names, mending.requests, mending.asked.returns) == (None, {}, 1)
    assert save(dossier, outlook="Mở rộng").outlook == "Mở rộng"


def test_a_second_dossier_of_an_enrolment_counts_its_own_returns() -> None:
    first = cycle.returned(cycle.lodged_dossier(), "story")
    owner = cycle.owner_of(first.enrolment)
    dossiers.withdraw(first, reason="Làm lại", by=owner, at=NOW)
    second = dossiers.start(first.enrolment, by=owner, at=NOW)
    cycle.attached(second)
    second = save(second, introduction="a", plan_results="b")

    second = cycle.returned(cycle.lodged(second), "story")

    assert corrections_in(second).returns == 1
    assert Correction.objects.count() == 2


@pytest.mark.parametrize(
    ("remarks", "code"),
    [
        ({}, "dossier.needs_items_named"),
        ({"goals": Remark(CorrectionReason.OTHER, "x")}, "correction.item"),
        ({"story": Remark(CorrectionReason.OTHER, "  ")}, "correction.note"),
    ],
)
def test_a_return_that_names_nothing_leaves_nothing(remarks: dict[str, Remark], code: str) -> None:
    dossier = cycle.lodged_dossier()
    by = cycle.officer_for(dossier.enrolment, Level.DISTRICT)

    with pytest.raises(RuleBroken, match=code):
        intake.return_for_changes(dossier, remarks=remarks, by=by, at=NOW)

    assert Dossier.objects.get().state == "lodged"
    assert Correction.objects.count() == 0
