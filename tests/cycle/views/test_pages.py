"""Every page of the cycle: who sees it, how many queries a list costs, what it says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.domain.dossier import DossierState
from cycle.models import Dossier, Enrolment
from cycle.services import milestones
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages_of(dossier: Dossier) -> list[str]:
    """Every page about a dossier and its enrolment that a reader may open."""
    row = dossier.enrolment
    return [
        reverse("cycle:enrolment-detail", args=[row.pk]),
        reverse("cycle:idea", args=[row.pk]),
        reverse("cycle:plan", args=[row.pk]),
        reverse("cycle:implementation", args=[row.pk]),
        reverse("cycle:dossier-detail", args=[dossier.pk]),
        reverse("cycle:evidence-list", args=[dossier.pk]),
        reverse("cycle:evidence-item", args=[dossier.pk, "business_registration"]),
        reverse("cycle:dossier-receipt", args=[dossier.pk]),
        reverse("cycle:dossier-snapshot", args=[dossier.pk, 1]),
    ]


def writing_pages(dossier: Dossier) -> list[str]:
    row = dossier.enrolment
    return [
        reverse("cycle:enrolment-withdraw", args=[row.pk]),
        reverse("cycle:idea-appraise", args=[row.pk]),
        reverse("cycle:plan-appraise", args=[row.pk]),
        reverse("cycle:dossier-text", args=[dossier.pk]),
        reverse("cycle:dossier-check", args=[dossier.pk]),
        reverse("cycle:dossier-withdraw", args=[dossier.pk]),
        reverse("cycle:commune-report", args=[dossier.pk]),
        reverse("cycle:intake", args=[dossier.pk]),
    ]


def readers_of(dossier: Dossier) -> dict[str, User]:
    row = dossier.enrolment
    return {
        "owner": cycle.owner_of(row),
        "commune": cycle.officer_for(row, Level.COMMUNE),
        "province": cycle.officer_for(row, Level.PROVINCE),
        "auditor": registry.officer(Role.AUDITOR, cycle.unit_of(row.commune, Level.PROVINCE)),
        "central": registry.officer(Role.CENTRAL_OFFICER, registry.country()),
    }


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_who_may_see_a_dossier_sees_all_its_pages(regime: str) -> None:
    dossier = cycle.reported_dossier(regime=regime)

    for name, user in readers_of(dossier).items():
        for url in pages_of(dossier):
            answer = client_of(user).get(url)
            assert answer.status_code == 200, (name, url)


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_a_stranger_finds_nothing_on_any_page(regime: str) -> None:
    dossier = cycle.reported_dossier(regime=regime)
    strangers = [
        registry.owner_of(registry.subject()),
        registry.person("Tuấn"),
        registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25")),
        registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171")),
    ]
    seen_by_owner = client_of(cycle.owner_of(dossier.enrolment))

    for url in pages_of(dossier):
        assert seen_by_owner.get(url).status_code == 200
        for user in strangers:
            assert client_of(user).get(url).status_code == 404, url
    for url in writing_pages(dossier):
        for user in strangers:
            assert client_of(user).get(url).status_code == 404, url
            assert client_of(user).post(url, {"reason": "x"}).status_code == 404, url


def test_nobody_reads_without_logging_in() -> None:
    dossier = cycle.lodged_dossier()
    lists = [
        reverse(f"cycle:{name}")
        for name in ("index", "round-list", "enrolment-list", "dossier-list")
    ]

    for url in [*pages_of(dossier), *writing_pages(dossier), *lists]:
        answer = Client().get(url)
        assert answer.status_code == 302, url
        assert answer["Location"].startswith(reverse("accounts:login")), url


def test_an_officer_does_not_see_what_is_still_being_written() -> None:
    dossier = cycle.draft_dossier()
    officer = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    owner = client_of(cycle.owner_of(dossier.enrolment))

    assert owner.get(dossier.get_absolute_url()).status_code == 200
    assert officer.get(dossier.get_absolute_url()).status_code == 404
    assert officer.get(dossier.enrolment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("owner", {"enrolment-withdraw", "dossier-text", "dossier-check", "dossier-withdraw"}),
        ("commune", set()),
        ("district", {"idea-appraise", "plan-appraise", "intake"}),
        ("province", set()),
        ("auditor", set()),
    ],
)
def test_who_may_not_do_a_thing_is_told_why(who: str, allowed: Any) -> None:
    dossier = cycle.lodged_dossier()
    people = readers_of(dossier) | {
        "district": cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    }
    client = client_of(people[who])
    names = [
        "enrolment-withdraw",
        "idea-appraise",
        "plan-appraise",
        "dossier-text",
        "dossier-check",
        "dossier-withdraw",
        "commune-report",
        "intake",
    ]
    answers = {
        name: client.get(url).status_code
        for name, url in zip(names, writing_pages(dossier), strict=True)
    }
    if who == "commune":
        allowed = {"commune-report"}

    assert answers == {name: 200 if name in allowed else 403 for name in names}


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("enrolment-list", 9), ("dossier-list", 8), ("round-list", 6), ("index", 9)],
)
def test_a_list_costs_the_same_with_one_row_and_with_fifty(
    name: str, queries: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = registry.officer(Role.PROVINCIAL_OFFICER, registry.province())
    first = cycle.lodged_dossier(regime="2026")
    copies(first, rows - 1)
    client = client_of(officer)
    client.get(reverse("home"))

    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"cycle:{name}"))

    assert answer.status_code == 200


def copies(dossier: Dossier, number: int) -> None:
    """The same enrolment and dossier again, for other products of the same subject."""
    row = dossier.enrolment
    for _each in range(number):
        row.product.pk = None
        row.product.slug = "x"
        row.product._state.adding = True
        row.product.save(force_insert=True)
        row.round.pk, row.round.name = None, f"Đợt {_each} nữa"
        row.round._state.adding = True
        row.round.save(force_insert=True)
        row.pk, row.product_id, row.round_id = None, row.product.pk, row.round.pk
        row._state.adding = True
        row.save(force_insert=True)
        dossier.pk, dossier.enrolment_id = None, row.pk
        dossier.code = f"HS-{_each}"
        dossier._state.adding = True
        dossier.save(force_insert=True)


def test_the_queue_is_filtered_by_state_round_place_and_words() -> None:
    dossier = cycle.lodged_dossier()
    client = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    url = reverse("cycle:dossier-list")

    def found(**query: str | int) -> list[int]:
        return [row.pk for row in client.get(url, query).context["rows"]]

    season = dossier.enrolment.round_id
    assert found() == [dossier.pk]
    assert found(state=DossierState.LODGED, round=season, q="che dinh") == [dossier.pk]
    assert found(unit="tan cuong") == [dossier.pk]
    assert found(q=dossier.code.lower()) == [dossier.pk]
    assert found(state=DossierState.RETURNED) == []
    assert found(q="mật ong") == []
    assert found(unit="dai tu") == []
    assert found(level="commune") == []


def test_enrolments_are_filtered_likewise() -> None:
    row = cycle.enrolment()
    client = client_of(cycle.officer_for(row, Level.DISTRICT))
    url = reverse("cycle:enrolment-list")

    def found(**query: str | int) -> list[int]:
        return [each.pk for each in client.get(url, query).context["rows"]]

    assert found(step="idea", active="true", round=row.round_id, q="chè", unit="tan cuong") == [
        row.pk
    ]
    assert found(step="plan") == []
    assert found(active="false") == []


def test_the_desk_says_what_waits_for_each() -> None:
    dossier = cycle.lodged_dossier()
    district = client_of(cycle.officer_for(dossier.enrolment, Level.DISTRICT))
    province = client_of(cycle.officer_for(dossier.enrolment, Level.PROVINCE))

    assert dossier.code in district.get(reverse("desk")).content.decode()
    assert dossier.code not in province.get(reverse("desk")).content.decode()


def test_a_page_of_a_product_shows_its_passages_and_the_way_in() -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))

    page = owner.get(row.product.get_absolute_url()).content.decode()

    assert row.round.name in page
    assert reverse("cycle:enrol", args=[row.product.pk]) not in page
    asked = owner.get(reverse("cycle:enrol", args=[row.product.pk])).content.decode()
    assert "Sản phẩm đang đi một lượt" in asked
    assert row.get_absolute_url() in asked


def test_a_recognised_product_is_asked_why_it_comes_and_a_new_one_is_not() -> None:
    recognised = cycle.recognised_enrolment().product
    fresh = cycle.product(maker=recognised.subject)
    owner = client_of(registry.owner_of(recognised.subject))

    forms = [
        owner.get(reverse("cycle:enrol", args=[product.pk])).context["form"]
        for product in (recognised, fresh)
    ]

    assert [[key for key, _label in form.fields["kind"].choices] for form in forms] == [
        ["upgrade", "re_evaluation"],
        ["first"],
    ]
    assert forms[1].fields["kind"].widget.is_hidden


@pytest.mark.parametrize(
    ("come_to", "owner_does", "officer_does", "page"),
    [
        (lambda row: row, "Viết ý tưởng", None, "cycle:idea"),
        (cycle.with_idea_submitted, None, "Thẩm định", "cycle:idea"),
        (cycle.with_idea_accepted, "Viết phương án", None, "cycle:plan"),
        (cycle.with_plan_submitted, None, "Thẩm định", "cycle:plan"),
        (cycle.with_plan_accepted, "Ghi việc triển khai", None, "cycle:implementation"),
    ],
)
def test_page_of_a_passage_leads_each_to_what_is_to_be_done_now(
    come_to: Callable[[Enrolment], Enrolment],
    owner_does: str | None,
    officer_does: str | None,
    page: str,
) -> None:
    row = come_to(cycle.enrolment())
    url = reverse(page, args=[row.pk])

    for user, label in (
        (cycle.owner_of(row), owner_does),
        (cycle.appraiser_for(row), officer_does),
    ):
        shown = client_of(user).get(row.get_absolute_url())
        assert shown.context["act"] == ((label, url) if label else None)


@pytest.mark.parametrize("number", [1, 50])
def test_milestones_cost_the_same_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = cycle.with_plan_accepted(cycle.enrolment())
    owner = cycle.owner_of(row)
    for each in range(number):
        milestones.add(row, title=f"Mốc {each}", due_on=AT.date(), by=owner, at=registry.NOW)
    client = client_of(owner)
    url = reverse("cycle:implementation", args=[row.pk])
    client.get(url)

    with django_assert_num_queries(10):
        page = client.get(url)

    assert page.content.decode().count("Mốc ") >= number
