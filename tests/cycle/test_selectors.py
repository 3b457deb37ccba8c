"""Who sees what, who must act, and what a shield hides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model, Q

from cycle import facts, panels, selectors
from cycle.domain.turn import Party
from cycle.facts import Fact
from cycle.models import Dossier, Enrolment
from cycle.panels import Panel
from ocop_portal.accounts.models import User
from registry import shields
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.selectors import visible_evidence
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_an_officer_sees_his_place_and_nothing_else() -> None:
    dossier = cycle.lodged_dossier()
    row = dossier.enrolment
    inside = [
        cycle.officer_for(row, level) for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)
    ]
    outside = [
        registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171")),
        registry.officer(Role.PROVINCIAL_OFFICER, registry.former_province("Tỉnh Phú Thọ", "25")),
        registry.person(),
    ]

    for user in inside:
        assert list(selectors.visible_enrolments(user, TODAY)) == [row]
        assert list(selectors.visible_dossiers(user, TODAY)) == [dossier]
    for user in outside:
        assert not selectors.visible_enrolments(user, TODAY).exists()
        assert not selectors.visible_dossiers(user, TODAY).exists()


def test_power_ends_with_the_posting() -> None:
    dossier = cycle.lodged_dossier()
    user = registry.person()
    district = cycle.unit_of(dossier.enrolment.commune, Level.DISTRICT)
    registry.posting(user, Role.DISTRICT_OFFICER, district, ends_on=TODAY)

    assert list(selectors.visible_dossiers(user, TODAY - timedelta(days=1))) == [dossier]
    assert not selectors.visible_dossiers(user, TODAY).exists()


@pytest.mark.parametrize(
    ("model", "rows"),
    [(Dossier, selectors.visible_dossiers), (Dossier, selectors.dossiers_waiting_for)],
)
def test_a_shield_beats_a_posting(
    model: type[Model], rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = cycle.lodged_dossier()
    officer = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    assert list(rows(officer, TODAY)) == [dossier]

    monkeypatch.setattr(
        shields, "_shields", {model._meta.label_lower: [lambda _u, _on: Q(pk=dossier.pk)]}
    )

    assert not rows(officer, TODAY).exists()


@pytest.mark.parametrize("rows", [selectors.visible_enrolments, selectors.enrolments_waiting_for])
def test_a_shield_hides_enrolments_too(rows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = cycle.appraiser_for(row)
    assert list(rows(officer, TODAY)) == [row]

    monkeypatch.setattr(shields, "_shields", {"cycle.enrolment": [lambda _u, _on: Q(pk=row.pk)]})

    assert not rows(officer, TODAY).exists()


def test_an_opening_lets_a_council_member_in(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = cycle.lodged_dossier()
    member = registry.person()
    assert not selectors.visible_dossiers(member, TODAY).exists()

    opened = {
        "cycle.dossier": [lambda _u, _on: Q(pk=dossier.pk)],
        "cycle.enrolment": [lambda _u, _on: Q(pk=dossier.enrolment_id)],
    }
    monkeypatch.setattr(shields, "_openings", opened)

    assert list(selectors.visible_dossiers(member, TODAY)) == [dossier]
    assert list(selectors.visible_enrolments(member, TODAY)) == [dossier.enrolment]


def test_who_has_the_dossier_reads_its_papers_wherever_the_subject_lies() -> None:
    elsewhere = registry.commune("Xã Phú Mỹ", "25001", registry.province("Tỉnh Phú Thọ", "25"))
    maker = registry.subject(commune=elsewhere)
    here = registry.commune()
    item = cycle.product(maker=maker, commune=here, former_commune=None)
    draft = cycle.filled_dossier(cycle.enrolment(cycle.season("2026"), item=item))
    commune = cycle.officer_for(draft.enrolment, Level.COMMUNE)

    cycle.lodged(draft)

    assert [paper.title for paper in visible_evidence(commune, TODAY)] == ["Giấy đăng ký"]


def test_everybody_has_his_own_list() -> None:
    dossier = cycle.lodged_dossier()
    row = dossier.enrolment
    waiting = cycle.with_idea_submitted(cycle.enrolment())
    district, province = (
        cycle.officer_for(row, level) for level in (Level.DISTRICT, Level.PROVINCE)
    )
    owner, other = cycle.owner_of(row), cycle.owner_of(waiting)
    fresh = cycle.enrolment(item=cycle.product(maker=waiting.product.subject))

    def lists(user: User) -> tuple[list[Enrolment], list[Dossier]]:
        return (
            list(selectors.enrolments_waiting_for(user, TODAY)),
            list(selectors.dossiers_waiting_for(user, TODAY)),
        )

    assert lists(district) == ([waiting], [dossier])
    assert lists(province) == ([], [])
    assert lists(owner) == ([], [])
    assert lists(other) == ([fresh], [])


def test_a_commune_has_what_waits_for_its_report_and_nothing_later() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    assert list(selectors.dossiers_waiting_for(commune, TODAY)) == [dossier]
    assert not selectors.dossiers_waiting_for(province, TODAY).exists()


@pytest.mark.parametrize(
    ("make", "party", "who"),
    [
        (cycle.enrolment, Party.SUBJECT, None),
        (
            lambda: cycle.with_idea_submitted(cycle.enrolment()),
            Party.OFFICE,
            "Thành phố Thái Nguyên",
        ),
        (lambda: cycle.with_idea_accepted(cycle.enrolment()), Party.SUBJECT, None),
        (
            lambda: cycle.with_plan_submitted(cycle.enrolment()),
            Party.OFFICE,
            "Thành phố Thái Nguyên",
        ),
        (lambda: cycle.with_plan_accepted(cycle.enrolment()), Party.SUBJECT, None),
        (lambda: cycle.draft_dossier().enrolment, Party.SUBJECT, None),
        (lambda: cycle.lodged_dossier().enrolment, Party.OFFICE, "Thành phố Thái Nguyên"),
        (lambda: cycle.accepted_dossier().enrolment, Party.COUNCIL, "Hội đồng cấp huyện"),
        (cycle.recognised_enrolment, Party.NOBODY, "Không chờ ai"),
    ],
)
def test_every_stage_says_whom_it_waits_for(make: Any, party: Party, who: str) -> None:
    row = Enrolment.objects.get(pk=make().pk)

    waiting = selectors.enrolment_waiting_on(row)

    assert waiting.turn.party is party
    assert waiting.who == (who or row.product.subject.name)


def test_a_draft_waits_until_its_round_closes() -> None:
    dossier = cycle.draft_dossier()

    assert selectors.waiting_on(dossier).until == date(2026, 12, 31)
    assert selectors.enrolment_waiting_on(dossier.enrolment).until == date(2026, 12, 31)


def test_an_ended_enrolment_waits_for_nobody() -> None:
    row = cycle.enrolment()
    row.ended_at = NOW

    assert selectors.enrolment_waiting_on(row).turn.party is Party.NOBODY


def test_what_is_late_and_what_is_near() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    due = dossier.due_on
    assert due is not None

    assert list(selectors.overdue(due)) == []
    assert list(selectors.overdue(due + timedelta(days=1))) == [dossier]
    assert list(selectors.due_soon(due, working_days=3)) == [dossier]
    assert list(selectors.due_soon(TODAY, working_days=3)) == []


def test_the_centre_is_named_in_words() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    dossier.state, dossier.level = "forwarded", Level.CENTRAL

    assert selectors.waiting_on(dossier).who == "Cán bộ OCOP trung ương"


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_every_checklist_can_be_read(regime: str) -> None:
    found = selectors.checklist(regime)

    assert next(item.code for item in found.items if item.required_for) == "business_registration"
    assert {text.name for text in found.texts} == {
        "introduction",
        "plan_results",
        "changes",
        "outlook",
    }


@pytest.mark.parametrize("regime", ["2023", "../2019", ""])
def test_a_regime_without_a_list_is_refused(regime: str) -> None:
    with pytest.raises(RuleBroken, match=r"checklist\.unknown"):
        selectors.checklist(regime)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 2, 17), False),  # the first day of Tết
        (date(2026, 8, 22), True),  # a Saturday worked for Monday 31 August
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), False),  # Vietnam Cultural Day
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
    ],
)
def test_the_working_days_come_from_the_library(day: date, is_worked: bool) -> None:
    assert selectors.working_calendar().is_working_day(day) is is_worked


def test_a_fact_nobody_answers_for_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = cycle.draft_dossier()
    monkeypatch.setattr(facts, "_providers", {})
    assert facts.ask(facts.SELF_ASSESSMENT, dossier).reason

    def provider(_dossier: Dossier) -> Fact:
        return Fact(is_complete=True, rubric_hash="c")

    facts.register(facts.SELF_ASSESSMENT, provider)
    facts.register(facts.SELF_ASSESSMENT, provider)

    assert facts.ask(facts.SELF_ASSESSMENT, dossier).rubric_hash == "c"
    with pytest.raises(ValueError, match="two providers"):
        facts.register(facts.SELF_ASSESSMENT, lambda _dossier: Fact(is_complete=False))


def test_panels_stand_in_their_order_and_may_be_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = cycle.draft_dossier()
    user = registry.person()
    monkeypatch.setattr(panels, "_providers", {})

    def silent(_dossier: Dossier, _user: User) -> None:
        return None

    panels.register("later", lambda _d, _u: Panel(title="Sau"), order=20)
    panels.register("silent", silent, order=15)
    panels.register("earlier", lambda _d, _u: Panel(title="Trước"), order=10)

    assert [panel.title for panel in panels.panels_of(dossier, user)] == ["Trước", "Sau"]
    with pytest.raises(ValueError, match="two panels"):
        panels.register("silent", lambda _d, _u: None, order=15)
