"""A province's plan of a year and its money; whole đồng."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken, Stale
from reporting.domain.funds import Money
from reporting.domain.periods import Period
from reporting.domain.plan_states import PlanState
from reporting.models import ProvincePlan, Spending
from reporting.selectors import funds, programme
from reporting.services import province_plans, spending
from tests.factories import programme as make
from tests.factories import promotion, registry
from tests.factories.registry import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def money(source: str, project: str, amount: int) -> Money:
    return Money(source, project, amount)


def test_plan_in_force_is_replaced_by_its_amendment_and_stays_readable(
    provincial_officer: User,
) -> None:
    first = make.approved(make.plan(by=provincial_officer), by=provincial_officer)
    draft = province_plans.draft(first.unit, 2026, by=provincial_officer, at=NOW)
    amended = province_plans.set_funds(
        draft,
        source="own",
        project="brand",
        amount=0,
        version=draft.version,
        by=provincial_officer,
        at=NOW,
    )
    before = funds.planned([first.unit], 2026)
    second = make.approved(amended, by=provincial_officer, number="45/QĐ-UBND")
    first.refresh_from_db()

    assert before == [money("local", "brand", 500_000_000), money("own", "brand", 1_000_000_000)]
    assert funds.planned([first.unit], 2026) == [money("local", "brand", 500_000_000)]
    assert (first.status, second.status) == (PlanState.REPLACED, PlanState.APPROVED)
    assert first.number == "12/QĐ-UBND"
    assert list(second.aims.values_list("indicator", "aim")) == [("products", 12)]


def test_draft_that_is_open_is_found_again(provincial_officer: User) -> None:
    plan = make.plan(by=provincial_officer)

    assert province_plans.draft(plan.unit, 2026, by=provincial_officer, at=NOW) == plan


def test_approval_needs_a_paper_contents_and_a_day_that_came(provincial_officer: User) -> None:
    empty = province_plans.draft(registry.province(), 2027, by=provincial_officer, at=NOW)
    plan = make.plan(by=provincial_officer)
    for row, facts, code in (
        (empty, {}, "province_plan.needs_contents"),
        (plan, {"number": " "}, "province_plan.needs_paper"),
        (plan, {"approved_on": TODAY + timedelta(days=1)}, "plan.approved_on"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            make.approved(row, by=provincial_officer, **facts)
        assert refusal.value.code == code


def test_plan_that_was_approved_or_changed_meanwhile_is_not_written(
    provincial_officer: User,
) -> None:
    plan = make.plan(by=provincial_officer)
    stale = plan.version - 1

    def set_funds(version: int) -> ProvincePlan:
        return province_plans.set_funds(
            plan,
            source="credit",
            project="brand",
            amount=1,
            version=version,
            by=provincial_officer,
            at=NOW,
        )

    with pytest.raises(Stale):
        set_funds(stale)
    done = make.approved(plan, by=provincial_officer)
    with pytest.raises(RuleBroken) as closed:
        set_funds(done.version)

    assert closed.value.code == "plan.closed"
    assert plan.funds.count() == 2


@pytest.mark.parametrize(
    ("source", "project", "code"),
    [("casino", "brand", "funds.source"), ("local", "moon", "funds.project")],
)
def test_money_of_no_known_source_or_project_is_refused(
    provincial_officer: User, source: str, project: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.spent(by=provincial_officer, source=source, project=project)

    assert refusal.value.code == code


def test_only_the_province_plans_and_spends(
    provincial_officer: User, central_officer: User, administrator: User
) -> None:
    elsewhere = make.officer(registry.province("Tỉnh Tuyên Quang", "08"))
    make.spent(by=provincial_officer)
    for person in (central_officer, administrator, elsewhere):
        with pytest.raises(PermissionDenied):
            make.spent(registry.province(), by=person)
        with pytest.raises(PermissionDenied):
            make.plan(registry.province(), by=person)


def test_spending_counts_in_its_period_until_it_is_struck(provincial_officer: User) -> None:
    row = make.spent(by=provincial_officer)
    make.spent(by=provincial_officer, source="own", amount=7, spent_on=date(2026, 11, 1))
    here = [row.unit]
    half = Period(date(2026, 1, 1), date(2026, 6, 30))

    whole, of_half = funds.spent(here, YEAR), funds.spent(None, half)
    spending.strike(row, reason="Ghi nhầm năm.", by=provincial_officer, at=NOW)

    assert whole == [money("local", "brand", 120_000_000), money("own", "brand", 7)]
    assert of_half == [money("local", "brand", 120_000_000)]
    assert funds.spent(here, YEAR) == [money("own", "brand", 7)]
    assert Spending.objects.count() == 2
    with pytest.raises(RuleBroken) as again:
        spending.strike(row, reason="Lần nữa.", by=provincial_officer, at=NOW)
    assert again.value.code == "spending.struck"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"spent_on": TODAY + timedelta(days=1)}, "spending.day"),
        ({"spent_on": date(2017, 1, 1)}, "plan.year"),
        ({"amount": 0}, "funds.amount"),
        ({"note": "  "}, "spending.note"),
    ],
)
def test_spending_that_cannot_be_is_refused(
    provincial_officer: User, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.spent(by=provincial_officer, **facts)

    assert refusal.value.code == code


def test_strike_needs_a_reason(provincial_officer: User) -> None:
    row = make.spent(by=provincial_officer)

    with pytest.raises(RuleBroken) as refusal:
        spending.strike(row, reason="", by=provincial_officer, at=NOW)

    assert refusal.value.code == "spending.reason"


def test_draft_is_its_province_s_own_and_a_plan_in_force_also_the_centre_s(
    provincial_officer: User, central_officer: User, stranger: User
) -> None:
    plan = make.plan(by=provincial_officer)

    def seen(person: User) -> list[ProvincePlan]:
        return list(funds.visible_plans(programme.reach_of(person, TODAY)))

    assert (seen(provincial_officer), seen(central_officer)) == ([plan], [])
    make.approved(plan, by=provincial_officer)
    assert (seen(provincial_officer), seen(central_officer)) == ([plan], [plan])
    assert seen(stranger) == []


def test_aims_stand_beside_what_was_reached(provincial_officer: User) -> None:
    promotion.listing()
    plan = make.plan(by=provincial_officer)

    table = funds.aims_table(plan, today=TODAY)

    assert table.rows == (("Sản phẩm được công nhận từ 3 sao trở lên", "", 12, 1),)
