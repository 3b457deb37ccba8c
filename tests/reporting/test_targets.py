"""The programme's targets counted by hand: a small province, and the same as of other days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from cycle.models import InformationSession, SessionAttendee
from promotion.domain.sales import PlaceKind
from promotion.models import SoldAt
from promotion.services import points_of_sale
from registry.domain.eligibility import SubjectKind
from registry.models import Product, Subject, SubjectChange, Unit
from reporting.selectors import targets
from tests.factories import promotion as make
from tests.factories import registry
from tests.factories import sessions as make_sessions

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = make.TODAY
PAGE, API = "/thong-ke/muc-tieu/", "/api/v1/statistics/targets/"
NEWEST, BEFORE = targets.programmes()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def figures(
    on: date = TODAY, province: Unit | None = None, period: str = "919"
) -> dict[str, tuple[int, int | None] | None]:
    programme = NEWEST if period == NEWEST.code else BEFORE
    rows = targets.progress(programme, on=on, today=TODAY, province=province)
    return {
        row.indicator.code: (row.measured.numerator, row.measured.denominator)
        if row.measured
        else None
        for row in rows
    }


def recognised(kind: SubjectKind, *, stars: int = 3, **facts: Any) -> Product:
    """A product of a new subject of this legal form, with a star since 2 March 2026."""
    product = registry.product(registry.subject(kind=kind, **facts))
    make.listing(product, stars=stars)
    return product


def test_nothing_recorded_is_unknown_and_not_zero() -> None:
    registry.province()

    assert set(figures().values()) == {None}


def test_a_small_province_counted_by_hand() -> None:
    """Five subjects: two cooperatives, one enterprise, two households; one five-star product."""
    first = recognised(
        SubjectKind.COOPERATIVE, stars=5, has_circular_chain=True, workers=10, trained_workers=3
    )
    second = recognised(SubjectKind.COOPERATIVE, workers=10, trained_workers=1)
    recognised(SubjectKind.SME, workers=99)
    recognised(SubjectKind.HOUSEHOLD)
    recognised(SubjectKind.HOUSEHOLD, has_circular_chain=True)
    registry.material_area(first.subject)
    registry.material_area(second.subject)

    found = figures()

    assert found["products"] == (5, None)
    assert found["five_star_products"] == (1, None)
    assert found["cooperatives"] == (2, 5)
    assert found["enterprises"] == (1, 5)
    assert found["circular_chains"] == (1, 5)
    assert found["trained_workers"] == (4, 20)
    assert found["modern_channels"] == (0, 5)
    assert found["renewed_products"] is None
    assert found["international_forums"] is None


def test_renewed_are_those_evaluated_again_of_those_that_were_due() -> None:
    """Four products: renewed in time, ended and not renewed, not due yet, raised before its end."""
    for issued in ((date(2023, 1, 10), date(2026, 1, 5)), (date(2023, 2, 1),), (date(2025, 1, 5),)):
        product = registry.product()
        for day in issued:
            make.listing(product, issued_on=day)
    raised = registry.product()
    make.listing(raised, issued_on=date(2025, 6, 1))
    make.listing(raised, stars=4, issued_on=date(2026, 6, 1))

    assert figures()["renewed_products"] == (2, 3)
    assert figures(date(2026, 1, 4))["renewed_products"] is None
    assert figures(date(2026, 2, 1))["renewed_products"] == (1, 1)
    assert figures(date(2026, 2, 2))["renewed_products"] == (1, 2)


def test_legal_form_of_a_past_day_is_what_it_was_then() -> None:
    product = recognised(SubjectKind.SME)
    subject = product.subject
    SubjectChange.objects.create(
        subject=subject,
        field="kind",
        before=SubjectKind.HOUSEHOLD,
        after=SubjectKind.SME,
        decided_on=date(2026, 6, 1),
        changed_by=registry.owner_of(subject),
        changed_at=make.NOW,
    )

    assert [figures(day)["enterprises"] for day in (date(2026, 5, 31), date(2026, 6, 1))] == [
        (0, 1),
        (1, 1),
    ]


def test_what_the_register_knows_only_now_is_unknown_for_a_past_day() -> None:
    recognised(SubjectKind.COOPERATIVE, workers=4, trained_workers=1)
    registry.craft_village(is_traditional=True)

    now, then = figures(), figures(TODAY - timedelta(days=1))

    codes = ("circular_chains", "craft_villages", "trained_workers")
    assert [now[code] for code in codes] == [(0, 1), (0, 1), (1, 4)]
    assert [then[code] for code in codes] == [None, None, None]


def test_craft_village_counts_where_one_of_its_subjects_holds_a_star() -> None:
    old, new = (
        registry.craft_village(is_traditional=True),
        registry.craft_village(name="Làng mới", is_traditional=False),
    )
    registry.craft_village(name="Làng gốm", is_traditional=True)
    recognised(SubjectKind.HOUSEHOLD, craft_village=old)
    recognised(SubjectKind.HOUSEHOLD, craft_village=old)
    recognised(SubjectKind.HOUSEHOLD, craft_village=new)

    assert figures()["craft_villages"] == (1, 2)


def sell(product: Product, kind: PlaceKind) -> SoldAt:
    online = kind is PlaceKind.ONLINE
    return points_of_sale.offer(
        product,
        name=f"Nơi bán {kind.value}",
        kind=kind,
        commune=None if online else product.commune,
        website="https://example.org/" if online else "",
        by=registry.owner_of(product.subject),
        at=make.NOW,
    )


def test_places_of_sale_count_for_channels_and_provinces() -> None:
    registry.province("Tỉnh Lào Cai", "15")
    shop, market = recognised(SubjectKind.HOUSEHOLD), recognised(SubjectKind.HOUSEHOLD)
    both = recognised(SubjectKind.HOUSEHOLD)
    sell(shop, PlaceKind.OWN_SHOP)
    unserved = figures()
    sell(market, PlaceKind.MARKET)
    sell(both, PlaceKind.ONLINE)
    sell(both, PlaceKind.SUPERMARKET)

    assert unserved["points_of_sale"] == (0, 2)
    assert (figures()["points_of_sale"], figures()["modern_channels"]) == ((1, 2), (1, 3))
    yesterday = figures(TODAY - timedelta(days=1))
    assert (yesterday["points_of_sale"], yesterday["modern_channels"]) == (None, (0, 3))


def test_a_province_has_its_own_figures_and_no_aim_in_numbers() -> None:
    product = recognised(SubjectKind.COOPERATIVE)
    here, elsewhere = product.commune.parent, registry.province("Tỉnh Lào Cai", "15")

    rows = targets.progress(NEWEST, on=TODAY, today=TODAY, province=here)

    assert figures(province=here)["cooperatives"] == (1, 1)
    assert figures(province=elsewhere)["cooperatives"] is None
    assert {row.indicator.code for row in rows if not row.has_aim} == {
        "products",
        "five_star_products",
    }
    assert "international_forums" not in {row.indicator.code for row in rows}


def attended(
    session: InformationSession, name: str, *, is_official: bool, at: datetime | None
) -> None:
    SessionAttendee.objects.create(
        session=session,
        name=name,
        phone="0912345678",
        person_key=f"guest:{name}",
        is_official=is_official,
        registered_at=make.NOW,
        attended_at=at,
    )


def test_officials_are_counted_once_and_only_where_they_were_seen() -> None:
    lessons = [make_sessions.session(), make_sessions.session(title="Lớp hai")]
    InformationSession.objects.update(
        kind="training", starts_at=make.moment(date(2019, 5, 1)), ends_at=make.NOW
    )
    for lesson in lessons:
        attended(lesson, "Minh", is_official=True, at=make.NOW)
    attended(lessons[0], "Lan", is_official=False, at=make.NOW)
    attended(lessons[0], "Hà", is_official=True, at=None)

    assert figures(date(2019, 5, 1), period="490")["trained_officials"] == (1, None)
    assert figures(date(2019, 4, 30), period="490")["trained_officials"] is None
    assert figures(period="490")["trained_officials"] == (1, None)


def test_new_businesses_are_those_registered_in_the_period() -> None:
    recognised(SubjectKind.SME, registered_on=date(2018, 5, 7))
    recognised(SubjectKind.COOPERATIVE, registered_on=date(2020, 12, 31))
    recognised(SubjectKind.COOPERATIVE, registered_on=date(2021, 1, 1))
    recognised(SubjectKind.HOUSEHOLD, registered_on=date(2019, 1, 1))

    assert figures(period="490")["new_enterprises"] == (2, None)


def test_page_says_unknown_in_words(client: Client) -> None:
    recognised(SubjectKind.COOPERATIVE)

    page = client.get(PAGE).content.decode()

    assert "100,0 %" in page
    assert "Chưa có số liệu" in page
    assert "Quyết định 919/QĐ-TTg" in page


def test_page_of_a_past_programme_and_province(client: Client) -> None:
    registry.province()

    page = client.get(PAGE, {"period": "490", "province": "19", "as_of": "2020-06-30"})

    assert page.context["programme"].code == "490"
    assert (page.context["province"].code, page.context["on"]) == ("19", date(2020, 6, 30))


@pytest.mark.parametrize(
    ("field", "value"), [("as_of", "2999-01-01"), ("period", "1"), ("province", "zz")]
)
def test_what_is_not_understood_is_named(client: Client, field: str, value: str) -> None:
    page, answer = client.get(PAGE, {field: value}), client.get(API, {field: value})

    assert (page.status_code, field in page.context["form"].errors) == (200, True)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_api_tells_numerator_denominator_and_unknown(client: Client) -> None:
    recognised(SubjectKind.COOPERATIVE)

    answer = client.get(API).json()

    told = {row["code"]: row for row in answer["targets"]}
    assert (answer["period"], answer["as_of"]) == ("919", "2026-11-20")
    assert (told["cooperatives"]["numerator"], told["cooperatives"]["denominator"]) == (1, 1)
    assert told["cooperatives"]["standing"] == "met"
    assert (
        told["international_forums"]["numerator"],
        told["international_forums"]["standing"],
    ) == (
        None,
        "unknown",
    )


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_the_same_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(number)
    Subject.objects.update(workers=2, trained_workers=1)
    client.get(PAGE)

    with django_assert_num_queries(22):
        client.get(PAGE)


def test_programmes_are_those_of_the_two_decisions() -> None:
    newest, before = targets.programmes()
    aims = {each.code: (each.unit.value, each.least, each.most) for each in newest.indicators}

    assert (newest.code, before.code) == ("919", "490")
    assert aims == {
        "products": ("count", 10_000, None),
        "five_star_products": ("count", 400, 500),
        "renewed_products": ("percent", 50, None),
        "cooperatives": ("percent", 40, None),
        "enterprises": ("percent", 30, None),
        "circular_chains": ("percent", 30, None),
        "craft_villages": ("percent", 50, None),
        "trained_workers": ("percent", 20, None),
        "modern_channels": ("percent", 50, None),
        "points_of_sale": ("percent", 100, None),
        "international_forums": ("count", 1, None),
    }
    assert {each.code: each.least for each in before.indicators} == {
        "products": 2400,
        "culture_villages": 8,
        "ocop_centres": 1,
        "consolidated_subjects": 100,
        "new_enterprises": 500,
        "trained_officials": 1200,
        "trained_leaders": 100,
    }
