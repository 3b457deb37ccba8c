"""The cycle by HTTP alone: what producers and officers press, and what goes wrong on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cycle import facts
from cycle.domain.journey import EnrolmentKind
from cycle.facts import Fact
from cycle.models import Dossier, DossierEvidence, Enrolment, Idea, Lodging, Milestone, Round
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NFD = "Che\u0300"
IDEA = {
    "description": NFD,
    "local_speciality": "Giống bản địa",
    "value_added": "Thêm việc làm",
    "no_harm": "Ủ phụ phẩm làm phân",
}
MET = {
    "met_local_speciality": "yes",
    "met_value_added": "yes",
    "met_no_harm": "yes",
    "note_local_speciality": "Đúng vùng",
}
PLAN = {
    "goals": "4 sao",
    "material_area": "12 ha",
    "technology": "Sao tay",
    "quality": "VietGAP",
    "market": "Tỉnh",
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def assessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A self-assessment that its provider calls complete."""
    answer = Fact(is_complete=True, rubric_hash="b" * 64, summary={"choices": {"1.1": "x"}})
    monkeypatch.setitem(facts._providers, facts.SELF_ASSESSMENT, lambda _dossier: answer)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"cycle:{name}", args=args)


def test_from_enrolling_to_intake_by_forms_alone(assessed: None) -> None:
    item = cycle.product()
    season = cycle.season("2026")
    owner = client_of(registry.owner_of(item.subject))

    answer = owner.post(page("enrol", item.pk), {"round": season.pk, "kind": "first"})
    row = Enrolment.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    answer = owner.post(page("idea", row.pk), {**IDEA, "version": 1, "submit": "1"})
    assert answer["Location"] == row.get_absolute_url()
    assert Idea.objects.get().description == "Chè"

    province = client_of(cycle.officer_for(row, Level.PROVINCE))
    answer = province.post(page("idea-appraise", row.pk), {**MET, "decision": "accept"})
    assert answer["Location"] == page("idea", row.pk)
    answer = owner.post(
        page("plan", row.pk), {**PLAN, "investment": "500000000", "version": 1, "submit": "1"}
    )
    assert answer.status_code == 302
    province.post(page("plan-appraise", row.pk), {"decision": "accept"})
    owner.post(page("implementation", row.pk), {"title": "In bao bì", "due_on": "2026-12-01"})
    step = Milestone.objects.get()
    owner.post(page("milestone-complete", step.pk), {"completed_on": "2026-11-20", "note": "Xong"})
    answer = owner.post(page("implementation-finish", row.pk))
    dossier = Dossier.objects.get()
    assert answer["Location"] == dossier.get_absolute_url()

    owner.post(
        page("dossier-text", dossier.pk),
        {"introduction": "a", "plan_results": "b", "version": dossier.version},
    )
    upload = {
        "upload": "1",
        "title": "Giấy ĐKKD",
        "kind": "business_registration",
        "file": registry.pdf(),
    }
    answer = owner.post(page("evidence-item", dossier.pk, "business_registration"), upload)
    assert answer.status_code == 302
    paper = DossierEvidence.objects.get().evidence
    owner.post(
        page("evidence-item", dossier.pk, "story"),
        {"attach": "1", "evidence": paper.pk, "criteria": "5.1; 5.2"},
    )
    check = owner.get(page("dossier-check", dossier.pk))
    assert check.context["obstacles"] == []
    answer = owner.post(page("dossier-check", dossier.pk), {"confirmed": "on"})
    assert answer["Location"] == page("dossier-receipt", dossier.pk)
    receipt = owner.get(answer["Location"]).content.decode()
    assert f"HS-19-2026-{dossier.pk:05d}" in receipt
    assert "14/12/2026" in receipt
    assert Lodging.objects.get().snapshot["self_assessment"] == {"choices": {"1.1": "x"}}

    commune = client_of(cycle.officer_for(row, Level.COMMUNE))
    report = {
        "local_material": "a",
        "local_labour": "b",
        "origin_of_idea": "c",
        "local_identity": "d",
    }
    commune.post(page("commune-report", dossier.pk), report)
    answer = province.post(page("dossier-receive", dossier.pk))
    assert answer["Location"] == dossier.get_absolute_url()
    kept = Dossier.objects.get()
    assert (kept.state, kept.level) == ("accepted", "province")


def test_double_clicks_are_harmless(assessed: None) -> None:
    dossier = cycle.filled_dossier()
    owner = client_of(cycle.owner_of(dossier.enrolment))

    first = owner.post(page("dossier-check", dossier.pk), {"confirmed": "on"})
    second = owner.post(page("dossier-check", dossier.pk), {"confirmed": "on"})
    district = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    received = [district.post(page("dossier-receive", dossier.pk)) for _ in range(2)]

    assert first["Location"] == second["Location"] == page("dossier-receipt", dossier.pk)
    assert Lodging.objects.count() == 1
    assert [answer.status_code for answer in received] == [302, 302]


def test_without_the_oath_nothing_is_lodged(assessed: None) -> None:
    dossier = cycle.filled_dossier()
    owner = client_of(cycle.owner_of(dossier.enrolment))

    answer = owner.post(page("dossier-check", dossier.pk), {})

    assert answer.status_code == 200
    assert "confirmed" in answer.context["form"].errors
    assert Lodging.objects.count() == 0


def test_the_check_page_names_what_is_missing() -> None:
    dossier = cycle.draft_dossier()
    owner = client_of(cycle.owner_of(dossier.enrolment))

    shown = owner.get(page("dossier-check", dossier.pk)).context["obstacles"]

    assert [title for title, _url in shown][:3] == [
        "Giới thiệu chủ thể và tổ chức sản xuất",
        "Kết quả thực hiện phương án sản xuất kinh doanh",
        "Giấy đăng ký kinh doanh",
    ]
    answer = owner.post(page("dossier-check", dossier.pk), {"confirmed": "on"})
    assert "Chưa điền đủ" in answer.content.decode()


def test_a_stale_form_keeps_what_was_typed() -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))
    owner.post(page("idea", row.pk), {"description": "Của máy thứ nhất", "version": 1})

    stale = owner.post(page("idea", row.pk), {"description": "Của máy thứ hai", "version": 1})

    text = stale.content.decode()
    assert "đã có người lưu nội dung khác" in text
    assert "Của máy thứ hai" in text
    assert Idea.objects.get().description == "Của máy thứ nhất"
    version = stale.context["form"].data["version"]
    again = owner.post(page("idea", row.pk), {"description": "Của máy thứ hai", "version": version})
    assert again.status_code == 302
    assert Idea.objects.get().description == "Của máy thứ hai"


def test_what_was_typed_is_saved_even_if_it_may_not_be_submitted_yet() -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))

    answer = owner.post(
        page("idea", row.pk), {"description": "Mới một câu", "version": 1, "submit": "1"}
    )

    assert "Chưa điền đủ" in answer.content.decode()
    assert Idea.objects.get().description == "Mới một câu"
    assert Idea.objects.get().state == "draft"


FIX = {"fix_description": "incomplete", "why_description": "Vì thế"}


@pytest.mark.parametrize(
    ("decision", "said", "field"),
    [
        ("return_for_changes", FIX, "decision"),
        ("decline", {"reason": "Vì thế"}, "reason"),
    ],
)
def test_a_refusal_without_a_reason_comes_back_with_what_was_found(
    decision: str, said: dict[str, str], field: str
) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = client_of(cycle.appraiser_for(row))

    answer = officer.post(page("idea-appraise", row.pk), {**MET, "decision": decision})

    assert field in answer.context["form"].errors
    assert "Đúng vùng" in answer.content.decode()
    assert Idea.objects.get().state == "submitted"
    answer = officer.post(page("idea-appraise", row.pk), {**MET, "decision": decision, **said})
    assert answer.status_code == 302
    assert "Vì thế" in officer.get(page("idea", row.pk)).content.decode()


def test_an_unmet_criterion_cannot_be_accepted() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = client_of(cycle.appraiser_for(row))

    answer = officer.post(
        page("idea-appraise", row.pk), {**MET, "met_no_harm": "no", "decision": "accept"}
    )

    assert "cả ba tiêu chí" in answer.content.decode()
    assert Idea.objects.get().state == "submitted"


def test_two_officers_deciding_at_once_leave_one_decision() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    first = client_of(cycle.appraiser_for(row))
    second = client_of(
        registry.officer(Role.DISTRICT_OFFICER, cycle.unit_of(row.commune, Level.DISTRICT))
    )

    first.post(page("idea-appraise", row.pk), {**MET, "decision": "accept"})
    late = second.post(page("idea-appraise", row.pk), {**MET, "decision": "decline", "reason": "x"})

    assert late.status_code == 200
    assert "Được chấp nhận" in late.content.decode()
    assert Idea.objects.get().state == "accepted"


def test_plan_decisions_need_reasons_too() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())
    officer = client_of(cycle.appraiser_for(row))

    bare = officer.post(page("plan-appraise", row.pk), {"decision": "return_for_changes"})
    told = officer.post(
        page("plan-appraise", row.pk),
        {
            "decision": "return_for_changes",
            "fix_finance": "incomplete",
            "why_finance": "Thiếu vốn",
        },
    )
    owner = client_of(cycle.owner_of(row))

    assert "decision" in bare.context["form"].errors
    assert told.status_code == 302
    assert "Thiếu vốn" in owner.get(page("plan", row.pk)).content.decode()
    wrong = owner.post(
        page("plan", row.pk), {**PLAN, "investment": "1", "own_capital": "2", "version": 9}
    )
    assert "own_capital" in wrong.context["form"].errors


def test_a_declined_plan_ends_it() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())
    officer = client_of(cycle.appraiser_for(row))

    officer.post(page("plan-appraise", row.pk), {"decision": "decline", "reason": "Không khả thi"})

    assert "đã kết thúc" in officer.get(row.get_absolute_url()).content.decode()


def test_the_round_form_says_what_is_wrong_and_opens_what_is_right() -> None:
    admin = registry.officer(Role.ADMINISTRATOR, registry.province())
    client = client_of(admin)
    facts_of_round = {
        "name": "Đợt 1",
        "regime": "2026",
        "division": "two_tier",
        "unit": registry.province().pk,
        "year": 2026,
        "opens_on": "2026-11-01",
        "closes_on": "2026-10-01",
    }

    assert client.get(page("round-open")).status_code == 200
    wrong = client.post(page("round-open"), facts_of_round)
    assert "closes_on" in wrong.context["form"].errors
    answer = client.post(page("round-open"), {**facts_of_round, "closes_on": "2026-12-31"})
    season = Round.objects.get()
    assert answer["Location"] == season.get_absolute_url()
    assert client.get(answer["Location"]).status_code == 200
    client.post(page("round-close", season.pk))
    assert Round.objects.get().closed_at == AT
    stranger = client_of(registry.person())
    assert stranger.get(page("round-open")).status_code == 403
    assert stranger.post(page("round-close", season.pk)).status_code == 403


def test_the_country_may_be_chosen_only_from_above() -> None:
    central = client_of(registry.officer(Role.ADMINISTRATOR, registry.country()))
    province = client_of(registry.officer(Role.ADMINISTRATOR, registry.province()))

    from_above = central.get(page("round-open")).context["form"].fields["unit"].queryset
    from_below = province.get(page("round-open")).context["form"].fields["unit"].queryset

    assert registry.country() in from_above
    assert list(from_below) == [registry.province()]


def test_a_round_that_does_not_take_the_product_says_why() -> None:
    maker = registry.subject(commune=registry.commune())
    item = cycle.product(maker=maker)
    cycle.season("2019")
    owner = client_of(registry.owner_of(maker))

    text = owner.get(page("enrol", item.pk)).content.decode()

    assert "trước ngày 1/7/2025" in text
    assert owner.post(page("enrol", item.pk), {"round": 1, "kind": "first"}).status_code == 200
    assert Enrolment.objects.count() == 0


def test_only_own_products_are_enrolled() -> None:
    item = cycle.product()
    officer = registry.officer(Role.PROVINCIAL_OFFICER, registry.province())

    assert client_of(officer).get(page("enrol", item.pk)).status_code == 404


def test_an_upgrade_of_what_was_never_recognised_is_refused_at_the_field() -> None:
    item = cycle.product()
    season = cycle.season("2026")
    owner = client_of(registry.owner_of(item.subject))

    answer = owner.post(page("enrol", item.pk), {"round": season.pk, "kind": "upgrade"})

    assert "kind" in answer.context["form"].errors


def test_a_bad_file_is_refused_and_the_rest_untouched() -> None:
    dossier = cycle.draft_dossier()
    owner = client_of(cycle.owner_of(dossier.enrolment))
    bad = {
        "upload": "1",
        "title": "Giấy",
        "kind": "story",
        "file": ContentFile(b"MZ\x90", name="a.pdf"),
    }
    empty = {**bad, "file": ContentFile(b"", name="a.pdf")}

    for fields in (bad, empty):
        answer = owner.post(page("evidence-item", dossier.pk, "story"), fields)
        assert answer.status_code == 200
        assert "file" in answer.context["upload"].errors
    assert DossierEvidence.objects.count() == 0
    assert owner.get(page("evidence-item", dossier.pk, "khong-co")).status_code == 404


def test_a_paper_is_taken_off_and_stays_in_the_library() -> None:
    dossier = cycle.draft_dossier()
    link = cycle.attached(dossier)
    owner = client_of(cycle.owner_of(dossier.enrolment))

    owner.post(page("evidence-detach", dossier.pk, link.pk))

    assert DossierEvidence.objects.count() == 0
    assert owner.get(page("evidence-item", dossier.pk, "story")).context["has_library"] is True


def test_intake_shows_what_is_missing_and_returns_by_item() -> None:
    dossier = cycle.lodged_dossier()
    district = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    owner = client_of(cycle.owner_of(dossier.enrolment))

    assert district.post(page("intake", dossier.pk), {"reason": "Thiếu"}).status_code == 200
    asked = {"fix_introduction": "incomplete", "why_introduction": "Thiếu ảnh bao bì"}
    district.post(page("intake", dossier.pk), asked)

    page_of_owner = owner.get(dossier.get_absolute_url())
    assert "Thiếu ảnh bao bì" in page_of_owner.content.decode()
    assert page_of_owner.context["is_writable"] is True
    assert district.post(page("dossier-receive", dossier.pk)).status_code == 409


def test_the_commune_returns_or_reports() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = client_of(cycle.officer_for(dossier.enrolment, Level.COMMUNE))

    assert commune.get(page("commune-report", dossier.pk)).status_code == 200
    assert commune.get(page("intake", dossier.pk)).status_code == 200
    bare = commune.post(page("commune-report", dossier.pk), {"local_material": "a"})
    assert set(bare.context["form"].errors) == {"local_labour", "origin_of_idea", "local_identity"}
    commune.post(page("intake", dossier.pk), {"fix_outlook": "other", "why_outlook": "Thiếu"})

    assert Dossier.objects.get().state == "returned"


def test_dossier_and_enrolment_are_withdrawn_with_a_reason() -> None:
    dossier = cycle.lodged_dossier()
    row = dossier.enrolment
    owner = client_of(cycle.owner_of(row))

    owner.post(page("dossier-withdraw", dossier.pk), {"reason": "Làm lại"})
    assert Dossier.objects.get().state == "withdrawn"
    answer = owner.post(page("dossier-start", row.pk))
    assert answer["Location"] == Dossier.objects.exclude(pk=dossier.pk).get().get_absolute_url()
    owner.post(page("enrolment-withdraw", row.pk), {"reason": "Thôi"})

    assert Enrolment.objects.get().ended_at == AT


def test_a_withdrawal_that_comes_too_late_is_refused_on_the_form() -> None:
    dossier = cycle.dossier_in_council()
    owner = client_of(cycle.owner_of(dossier.enrolment))

    for name, key in (
        ("dossier-withdraw", dossier.pk),
        ("enrolment-withdraw", dossier.enrolment_id),
    ):
        answer = owner.post(page(name, key), {"reason": "Muộn"})
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors()


def test_an_unfinished_milestone_keeps_the_door_shut_with_a_reason() -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    owner = client_of(cycle.owner_of(row))
    owner.post(page("implementation", row.pk), {"title": "In bao bì", "due_on": "2026-12-01"})
    step = Milestone.objects.get()

    shut = owner.post(page("implementation-finish", row.pk))
    assert shut.status_code == 409
    assert "mốc thực hiện chưa hoàn thành" in shut.content.decode()
    late = owner.post(page("milestone-complete", step.pk), {"completed_on": "2026-11-21"})
    assert "completed_on" in late.context["form"].errors
    owner.post(page("milestone-drop", step.pk))
    assert owner.post(page("implementation-finish", row.pk)).status_code == 302
    assert owner.get(page("implementation", row.pk)).context["is_writable"] is False


def test_an_upgrade_has_no_page_for_an_idea() -> None:
    row = cycle.enrolment(kind=EnrolmentKind.UPGRADE, facts=frozenset({"recognised"}))
    owner = client_of(cycle.owner_of(row))

    assert owner.get(row.get_absolute_url()).status_code == 200
    assert owner.get(page("idea", row.pk)).status_code == 404
    assert owner.get(page("dossier-receipt", Dossier.objects.get().pk)).status_code == 302
