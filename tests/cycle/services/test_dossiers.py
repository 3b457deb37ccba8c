"""Dossiers up to the council and beyond: what is asked, what is frozen, who has it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cycle import signals
from cycle.models import Dossier, DossierEvidence, Enrolment, Lodging, Move
from cycle.selectors import available_moves, waiting_on
from cycle.services import dossiers, moves
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from registry.services import evidence as evidence_service
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

News = list[tuple[str, dict[str, Any]]]
pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def refusal(code: str) -> pytest.RaisesExc[RuleBroken]:
    return pytest.raises(RuleBroken, match=code)


@pytest.fixture
def heard() -> Iterator[News]:
    """What was announced, by signal, in order."""
    news = []
    listened = {
        name: getattr(signals, name)
        for name in (
            "dossier_lodged",
            "dossier_received",
            "dossier_returned",
            "dossier_forwarded",
            "enrolment_rated",
            "step_opened",
        )
    }
    for name, signal in listened.items():
        signal.connect(
            lambda name=name, **facts: news.append((name, facts)), weak=False, dispatch_uid=name
        )
    yield news
    for name, signal in listened.items():
        signal.disconnect(dispatch_uid=name)


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
        return dossiers.lodge(dossier, facts=facts, rubric_hash=rubric_hash, by=owner, at=NOW)

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
        dossiers.lodge(
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
        dossiers.lodge(dossier, facts=cycle.ASSESSED, rubric_hash="x", by=editor, at=NOW)
    with pytest.raises(PermissionDenied, match="người của chủ thể"):
        dossiers.lodge(dossier, facts=cycle.ASSESSED, rubric_hash="x", by=registry.person(), at=NOW)


def test_the_commune_reports_within_fifteen_working_days() -> None:
    dossier = cycle.lodged_dossier(regime="2026")

    # From Friday 20 November 2026, with Cultural Day on Tuesday the 24th.
    assert (dossier.state, dossier.level) == ("at_commune", "commune")
    assert dossier.due_on == date(2026, 12, 14)
    assert waiting_on(dossier).who == "Xã Tân Cương"
    assert waiting_on(dossier).until == date(2026, 12, 14)


def test_the_report_takes_the_dossier_to_the_province() -> None:
    dossier = cycle.reported_dossier(regime="2026")

    assert (dossier.state, dossier.level, dossier.due_on) == ("lodged", "province", None)
    assert dossier.commune_report.local_identity == "Gắn với vùng chè Tân Cương"
    assert waiting_on(dossier).who == "Tỉnh Thái Nguyên"


def test_an_empty_item_of_the_report_is_refused() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)

    with pytest.raises(RuleBroken) as found:
        dossiers.report_by_commune(
            dossier,
            local_material="a",
            local_labour=" ",
            origin_of_idea="c",
            local_identity="d",
            by=officer,
            at=NOW,
        )

    assert found.value.field == "local_labour"
    assert not hasattr(Dossier.objects.get(pk=dossier.pk), "commune_report")


def test_no_commune_reports_under_the_first_regime() -> None:
    dossier = cycle.lodged_dossier(regime="2019")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)

    with refusal("dossier.not_from_here"):
        dossiers.report_by_commune(
            dossier,
            local_material="a",
            local_labour="b",
            origin_of_idea="c",
            local_identity="d",
            by=officer,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("regime", "level", "code"),
    [("2019", "district", "19-164-05503-1-2026"), ("2026", "province", "19-05503-1-2026")],
)
def test_intake_gives_the_product_its_code(
    regime: str, level: Level, code: str, heard: News
) -> None:
    dossier = cycle.accepted_dossier(regime=regime)

    assert (dossier.state, dossier.level) == ("accepted", level)
    assert Product.objects.get(pk=dossier.enrolment.product_id).code == code
    assert ("dossier_received", {"dossier_id", "level"}) in [
        (name, {"dossier_id", "level"} & set(facts)) for name, facts in heard
    ]


def test_another_levels_officer_does_not_take_the_dossier_in() -> None:
    dossier = cycle.lodged_dossier()

    with pytest.raises(PermissionDenied, match="cấp huyện"):
        dossiers.receive(dossier, by=cycle.officer_for(dossier.enrolment, Level.PROVINCE), at=NOW)


def test_the_officer_of_another_district_sees_nothing_to_do() -> None:
    dossier = cycle.lodged_dossier()
    elsewhere = registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171"))

    with pytest.raises(PermissionDenied):
        dossiers.receive(dossier, by=elsewhere, at=NOW)


def test_receiving_twice_is_harmless() -> None:
    dossier = cycle.accepted_dossier()

    again = cycle.received(dossier)

    assert again.state == "accepted"
    assert Move.objects.filter(name="dossier.receive").count() == 1


def test_a_return_names_an_item_and_reopens_the_dossier(heard: News) -> None:
    dossier = cycle.lodged_dossier()
    officer = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    with refusal("dossier.needs_items_named"):
        dossiers.return_for_changes(dossier, remarks={}, reason="Thiếu", by=officer, at=NOW)

    returned = cycle.returned(dossier, "introduction")

    said = "- Giới thiệu chủ thể và tổ chức sản xuất (Chưa đủ): Thiếu ảnh"
    assert (returned.state, returned.reason, returned.level) == ("returned", said, "district")
    assert waiting_on(returned).who == dossier.enrolment.product.subject.name
    assert ("dossier_returned", said) in [(n, f.get("reason")) for n, f in heard]


def test_what_the_commune_sent_back_goes_to_the_commune_again() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    dossier = cycle.returned(dossier, by=commune)

    again = cycle.lodged(dossier)

    assert (again.state, again.due_on) == ("at_commune", date(2026, 12, 14))


def test_what_the_province_sent_back_goes_to_the_province_again() -> None:
    dossier = cycle.reported_dossier(regime="2026")
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    dossier = cycle.returned(dossier, by=province)

    again = cycle.lodged(dossier)

    assert (again.state, again.level, again.due_on) == ("lodged", "province", None)


def test_a_foreign_withdrawn_or_unasked_paper_is_refused() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    own = registry.paper(dossier.enrolment.product.subject)

    with refusal("dossier.foreign_evidence"):
        dossiers.attach(dossier, evidence=registry.paper(), item="story", by=owner, at=NOW)
    with refusal("dossier.unknown_item"):
        dossiers.attach(dossier, evidence=own, item="no_such", by=owner, at=NOW)
    gone = evidence_service.withdraw(own, by=owner, at=NOW)
    with refusal("dossier.withdrawn_evidence"):
        dossiers.attach(dossier, evidence=gone, item="story", by=owner, at=NOW)


def test_one_paper_proves_several_items_and_leaves_by_one() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    paper = registry.paper(dossier.enrolment.product.subject)

    link = dossiers.attach(dossier, evidence=paper, item="story", by=owner, at=NOW)
    dossiers.attach(dossier, evidence=paper, item="market", by=owner, at=NOW)
    again = dossiers.attach(
        dossier, evidence=paper, item="story", criteria=["5.2", "5.1", "5.2"], by=owner, at=NOW
    )
    assert again.pk == link.pk
    assert again.criteria == ["5.1", "5.2"]

    stale = DossierEvidence.objects.get(pk=link.pk)
    dossiers.detach(link, by=owner, at=NOW)
    dossiers.detach(stale, by=owner, at=NOW)

    assert [each.item for each in dossier.evidence.all()] == ["market"]


def test_a_lodged_dossier_is_not_written_in() -> None:
    dossier = cycle.lodged_dossier()
    owner = cycle.owner_of(dossier.enrolment)

    with refusal("paper.not_open"):
        dossiers.save(dossier, version=dossier.version, outlook="x", by=owner, at=NOW)
    with refusal("paper.not_open"):
        dossiers.detach(dossier.evidence.get(), by=owner, at=NOW)


def test_a_stale_text_is_refused() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    dossiers.save(dossier, version=dossier.version, outlook="một", by=owner, at=NOW)

    with pytest.raises(Stale):
        dossiers.save(dossier, version=dossier.version, outlook="hai", by=owner, at=NOW)


def test_a_withdrawn_dossier_makes_room_for_another() -> None:
    dossier = cycle.lodged_dossier()
    owner = cycle.owner_of(dossier.enrolment)

    gone = dossiers.withdraw(dossier, reason="Đổi ý", by=owner, at=NOW)
    dossiers.withdraw(dossier, reason="Đổi ý", by=owner, at=NOW)
    another = dossiers.start(dossier.enrolment, by=owner, at=NOW)
    same = dossiers.start(dossier.enrolment, by=owner, at=NOW)

    assert gone.state == "withdrawn"
    assert another == same != dossier


def test_the_database_keeps_one_active_dossier() -> None:
    dossier = cycle.draft_dossier()

    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(
            enrolment=dossier.enrolment,
            kind="first",
            regime="2019",
            product_set=dossier.product_set,
            level="district",
            created_at=NOW,
        )


def test_a_dossier_goes_up_the_chain_of_its_regime(heard: News) -> None:
    dossier = cycle.dossier_in_council()
    row = dossier.enrolment
    officer = cycle.officer_for(row, Level.DISTRICT)
    dossier = moves.conclude(dossier, by=officer, at=NOW)
    with refusal("dossier.needs_level_above"):
        moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)

    sent = moves.forward(dossier, to_level=Level.PROVINCE, by=officer, at=NOW)
    assert (sent.state, sent.level, waiting_on(sent).who) == (
        "forwarded",
        "province",
        "Tỉnh Thái Nguyên",
    )
    taken = cycle.received(sent)

    assert (taken.state, taken.level) == ("accepted", "province")
    assert ("dossier_forwarded", "district", "province") in [
        (n, f.get("from_level"), f.get("to_level")) for n, f in heard
    ]
    assert Product.objects.get(pk=row.product_id).codes.count() == 1


def test_a_province_recognises_and_sends_up_and_the_centre_decides() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    row = dossier.enrolment
    officer = cycle.officer_for(row, Level.PROVINCE)
    dossier = moves.conclude(dossier, by=officer, at=NOW)

    four = moves.record_rating(row, stars=4, rating_id=1, by=officer, at=NOW)
    sent = moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)
    central = registry.officer(Role.CENTRAL_OFFICER, registry.country())
    taken = moves.take_to_council(dossiers.receive(sent, by=central, at=NOW), by=central, at=NOW)
    five = moves.record_rating(row, stars=5, rating_id=2, by=central, at=NOW)

    assert (four.step, four.stars) == ("promotion", 4)
    assert taken.level == "central"
    assert (five.step, five.stars, five.rating_id) == ("promotion", 5, 2)
    assert Dossier.objects.get(pk=dossier.pk).state == "recognised"


def test_a_decision_that_is_signed_after_the_dossier_went_up_leaves_the_dossier_there() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)

    row = moves.record_rating(
        dossier.enrolment, stars=4, rating_id=1, level=Level.PROVINCE, by=officer, at=NOW
    )

    assert (row.step, row.stars) == ("promotion", 4)
    assert Dossier.objects.get(pk=dossier.pk).state == "forwarded"


@pytest.mark.parametrize("stars", [None, 1, 2])
def test_a_star_that_nobody_recognises_ends_the_enrolment(stars: int | None, heard: News) -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    row = moves.record_rating(dossier.enrolment, stars=stars, rating_id=7, by=officer, at=NOW)

    assert (row.step, row.stars, row.ended_at) == ("evaluation", stars, NOW)
    assert Dossier.objects.get(pk=dossier.pk).state == "not_recognised"
    assert heard[-1][0] == "enrolment_rated"
    assert heard[-1][1]["is_recognised"] is False


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_a_recognised_star_opens_trade_promotion(stars: int | None, heard: News) -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    row = moves.record_rating(dossier.enrolment, stars=stars, rating_id=7, by=officer, at=NOW)
    again = moves.record_rating(row, stars=stars, rating_id=7, by=officer, at=NOW)

    assert (again.step, again.stars) == ("promotion", stars)
    assert [name for name, _facts in heard].count("enrolment_rated") == 1
    assert heard[-1][1]["step"] == "promotion"


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_outside_one_to_five_are_refused(stars: int | None) -> None:
    dossier = cycle.dossier_in_council()

    with refusal("rating.stars"):
        moves.record_rating(
            dossier.enrolment, stars=stars, rating_id=1, by=registry.person(), at=NOW
        )


def test_no_rating_before_the_evaluation() -> None:
    row = cycle.enrolment()

    with refusal("rating.no_dossier"):
        moves.record_rating(row, stars=4, rating_id=1, by=registry.person(), at=NOW)


def test_a_council_postpones_sends_back_and_hands_down() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    by = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    assert moves.postpone(dossier, by=by, at=NOW).state == "accepted"
    dossier = moves.take_to_council(dossier, by=by, at=NOW)
    with refusal("dossier.needs_reason"):
        moves.send_back(dossier, reason="", by=by, at=NOW)
    with refusal("dossier.needs_level_below"):
        moves.hand_down(dossier, to_level=Level.DISTRICT, by=by, at=NOW)
    moves.forward(dossier, to_level=Level.CENTRAL, by=by, at=NOW)
    central = registry.officer(Role.CENTRAL_OFFICER, registry.country())
    moves.take_to_council(dossiers.receive(dossier, by=central, at=NOW), by=central, at=NOW)
    lower = moves.hand_down(dossier, to_level=Level.PROVINCE, by=central, at=NOW)
    assert (lower.state, lower.level) == ("accepted", "province")
    moves.take_to_council(dossier, by=by, at=NOW)

    back = moves.send_back(dossier, reason="Chênh lệch quá lớn", by=by, at=NOW)

    assert (back.state, back.reason) == ("returned", "Chênh lệch quá lớn")


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


@pytest.mark.parametrize(
    ("make", "possible"),
    [
        (cycle.draft_dossier, {"withdraw"}),
        (cycle.filled_dossier, {"lodge", "withdraw"}),
        (cycle.lodged_dossier, {"receive", "return_for_changes", "withdraw"}),
        (cycle.accepted_dossier, {"return_for_changes", "take_to_council", "withdraw"}),
        (
            cycle.dossier_in_council,
            {"postpone", "send_back", "conclude", "forward", "hand_down", "recognise", "refuse"},
        ),
    ],
)
def test_the_screen_offers_what_the_door_allows(make: Any, possible: Any) -> None:
    dossier = make()
    told = cycle.ASSESSED | {
        "reason",
        "items_named",
        "level_above",
        "level_below",
        "recognised_stars",
    }

    offers = available_moves(dossier, TODAY, frozenset(told))

    assert {str(offer.move) for offer in offers if offer.is_possible} == possible
    refusals = [offer.refusal for offer in offers if not offer.is_possible]
    assert all(refusal is not None and refusal.text for refusal in refusals)


def test_a_closed_enrolment_is_left_alone_by_the_dossier_services() -> None:
    dossier = cycle.draft_dossier()
    Enrolment.objects.filter(pk=dossier.enrolment_id).update(ended_at=NOW)

    with refusal("enrolment.ended"):
        cycle.attached(dossier)


def test_an_office_pressing_twice_leaves_one_row_of_history() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    items = dict.fromkeys(dossiers.REPORT_ITEMS, "Đúng")

    for _press in range(2):
        dossiers.report_by_commune(dossier, by=commune, at=NOW, **items)
    for _press in range(2):
        cycle.returned(dossier, by=province)

    names = Move.objects.filter(dossier=dossier).order_by("id").values_list("name", flat=True)
    assert list(names)[-2:] == ["dossier.report_by_commune", "dossier.return_for_changes"]
