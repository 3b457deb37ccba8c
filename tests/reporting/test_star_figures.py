"""Star figures by everything that is known of a recognition; expected figures written by hand.

The world: two communes of Thái Nguyên and one of Tuyên Quang; a cooperative and an enterprise.

| product | maker        | where      | stars, decided on, for            |
|---------|--------------|------------|-----------------------------------|
| Chè A   | cooperative  | Tân Cương  | 3★ 2022-04-01, then 4★ 2025-02-01 |
| Chè B   | cooperative  | Tân Cương  | 3★ 2022-06-01 (ended 2025-06-01)  |
| Chè C   | enterprise   | Đại Phúc   | 3★ 2026-03-02                     |
| Mật ong | cooperative  | Sơn Dương  | 5★ 2026-08-01                     |
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from promotion.models import Recognition
from promotion.selectors import catalogue
from promotion.services import listings
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.models import Product, Subject, Unit
from registry.services import subjects
from reporting import tasks
from reporting.domain.tables import Dimension, star_table
from reporting.models import StarMargin, StarMark, StarTally
from reporting.selectors import star_counts, star_places, star_trend, stars
from reporting.selectors.star_choices import Choice, Validity
from reporting.services import star_tallies
from scoring.models import Certificate
from tests.factories import promotion as make
from tests.factories import registers, registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = make.TODAY


@pytest.fixture(autouse=True)
def _world() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        here = registry.commune()
        registry.former_commune(successor=here)
        there = registry.commune("Xã Đại Phúc", "05830")
        away = registry.commune(
            "Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08")
        )
        tea = registry.subject(name="HTX chè", commune=here)
        firm = registry.subject(name="Công ty chè", commune=there, kind=SubjectKind.SME)
        bees = registry.subject(name="HTX ong", commune=away)
        first = registry.product(tea, name="Chè A")
        make.certificate(first, stars=3, issued_on=date(2022, 4, 1))
        make.listing(first, stars=4, issued_on=date(2025, 2, 1))
        make.listing(registry.product(tea, name="Chè B"), stars=3, issued_on=date(2022, 6, 1))
        make.listing(registry.product(firm, name="Chè C"), stars=3, issued_on=date(2026, 3, 2))
        make.listing(registry.product(bees, name="Mật ong"), stars=5, issued_on=date(2026, 8, 1))
        yield


def by(dimension: Dimension, *, on: date = TODAY, **how: object) -> dict[object, tuple[int, ...]]:
    """Row → products of 5, 4 and 3 stars."""
    choice = Choice(on=on, **how)  # type: ignore[arg-type] # named by the test
    provinces = catalogue.provinces()
    if dimension is Dimension.PLACE:
        cells, _units = star_places.places(choice, provinces=provinces)
    else:
        cells = stars.figures(choice, provinces=provinces).cells[dimension]
        alike = star_table(stars.cells(choice, provinces=provinces), dimension, stars=(5, 4, 3))
        assert alike == star_table(cells, dimension, stars=(5, 4, 3))
    table = star_table(cells, dimension, stars=(5, 4, 3))
    return {row.value: row.counts for row in table.rows}


def in_step() -> frozenset[int]:
    return star_counts.in_step([TODAY], catalogue.provinces())[TODAY]


@pytest.fixture(params=["raw", "counted"], autouse=True)
def _counted(request: pytest.FixtureRequest, _world: None) -> None:
    """Every figure twice: from the recognitions, and from what was counted beforehand."""
    if request.param == "counted":
        star_tallies.count_missing(on=TODAY)


def test_figures_of_today() -> None:
    assert by(Dimension.PROVINCE) == {"19": (0, 1, 1), "08": (1, 0, 0)}
    assert by(Dimension.KIND) == {"cooperative": (1, 1, 0), "sme": (0, 0, 1)}
    assert by(Dimension.LEVEL) == {"province": (1, 1, 1)}
    assert by(Dimension.YEAR) == {2025: (0, 1, 0), 2026: (1, 0, 1)}


def test_figures_of_a_past_day_and_of_what_ran_out() -> None:
    before = date(2024, 12, 31)

    assert by(Dimension.PROVINCE, on=before) == {"19": (0, 0, 2)}
    assert by(Dimension.PROVINCE, on=before, validity=Validity.EXPIRED) == {}
    assert by(Dimension.PROVINCE, validity=Validity.EXPIRED) == {"19": (0, 0, 1)}
    assert by(Dimension.PROVINCE, on=date(2025, 6, 1)) == {"19": (0, 1, 1)}
    assert by(Dimension.PROVINCE, on=date(2025, 6, 2)) == {"19": (0, 1, 0)}


def test_past_figures_stay_after_a_revocation() -> None:
    before = by(Dimension.PROVINCE, on=date(2026, 9, 1))
    held = Certificate.objects.get(product__name="Mật ong")

    make.change(held, "revoked", on=TODAY)

    assert before == {"19": (0, 1, 1), "08": (1, 0, 0)}
    assert by(Dimension.PROVINCE, on=date(2026, 9, 1)) == before
    assert by(Dimension.PROVINCE) == {"19": (0, 1, 1)}
    assert by(Dimension.PROVINCE, validity=Validity.EXPIRED) == {"19": (0, 0, 1)}


def test_commune_of_the_chosen_province() -> None:
    assert by(Dimension.PLACE) == {}
    assert by(Dimension.PLACE, province="19") == {"05503": (0, 1, 0), "05830": (0, 0, 1)}
    assert by(Dimension.KIND, commune="05830") == {"sme": (0, 0, 1)}


def test_former_units_count_the_same_and_say_what_is_not_known() -> None:
    former = Division.THREE_TIER

    assert by(Dimension.PLACE, division=former) == {"": (1, 0, 1), "19": (0, 1, 0)}
    assert by(Dimension.PLACE, division=former, former="19") == {"164": (0, 1, 0)}
    assert by(Dimension.KIND, former="164") == {"cooperative": (0, 1, 0)}
    assert by(Dimension.KIND, former="0") == {"cooperative": (1, 0, 0), "sme": (0, 0, 1)}


def test_legal_form_of_the_day_counts() -> None:
    firm = Subject.objects.get(name="Công ty chè")
    subjects.update(
        firm,
        version=1,
        name=firm.name,
        kind=SubjectKind.COOPERATIVE,
        representative_name=firm.representative_name,
        phone=firm.phone,
        tax_code=firm.tax_code,
        commune=firm.commune,
        decided_on=date(2026, 10, 1),
        by=registry.owner_of(firm),
        at=make.NOW,
    )

    assert by(Dimension.KIND, on=date(2026, 9, 30))["sme"] == (0, 0, 1)
    assert by(Dimension.KIND) == {"cooperative": (1, 1, 1)}
    assert star_trend.trend(Choice(on=TODAY), provinces=catalogue.provinces())[-1] == (
        TODAY,
        {3: 1, 4: 1, 5: 1},
    )


def test_trend_of_the_year_ends() -> None:
    trend = star_trend.trend(Choice(on=TODAY), provinces=catalogue.provinces())

    assert [(day.year, sum(counts.values())) for day, counts in trend if sum(counts.values())] == [
        (2022, 2),
        (2023, 2),
        (2024, 2),
        (2025, 1),
        (2026, 3),
    ]


def test_tallies_say_the_same_and_are_left_aside_when_out_of_step() -> None:
    raw = by(Dimension.KIND)
    star_tallies.count_missing(on=TODAY)
    assert len(in_step()) == 2
    tallied = by(Dimension.KIND)

    held = Certificate.objects.get(product__name="Chè C")
    make.change(held, "suspended")

    assert raw == tallied == {"cooperative": (1, 1, 0), "sme": (0, 0, 1)}
    assert len(in_step()) == 1
    assert by(Dimension.KIND) == {"cooperative": (1, 1, 0)}
    tasks.count_stars()
    assert len(in_step()) == 2
    assert by(Dimension.KIND) == {"cooperative": (1, 1, 0)}
    assert list(star_tallies.differences(on=TODAY)) == []


def test_tallies_of_yesterday_are_counted_anew() -> None:
    star_tallies.count_missing(on=TODAY - timedelta(days=1))

    assert in_step() == frozenset()
    assert star_tallies.count_missing(on=TODAY) == 2


def test_wrong_tally_is_found_and_repaired() -> None:
    star_tallies.count_missing(on=TODAY)
    StarTally.objects.filter(stars=5).update(products=7)

    with pytest.raises(CommandError, match="08 Tỉnh Tuyên Quang, 2026-11-20: 1 figures differ"):
        call_command("check_star_tallies")
    with pytest.raises(RuntimeError, match="star tallies differ"):
        tasks.check_star_tallies()
    call_command("check_star_tallies", repair=True)
    call_command("check_star_tallies")

    assert by(Dimension.PROVINCE)["08"] == (1, 0, 0)


def test_wrong_sum_of_the_country_is_found_and_repaired() -> None:
    star_tallies.count_missing(on=TODAY)
    StarMargin.objects.filter(province__path="/", counted_for=date(2025, 12, 31)).delete()

    with pytest.raises(CommandError, match=r"2025-12-31: .* figures differ"):
        call_command("check_star_tallies")
    call_command("check_star_tallies", repair=True)
    call_command("check_star_tallies")


def test_what_begins_today_leaves_the_figures_of_the_year_ends_in_step() -> None:
    star_tallies.count_missing(on=TODAY)
    tea = Subject.objects.get(name="HTX chè")

    make.listing(registry.product(tea, name="Chè D"), stars=3, issued_on=TODAY)

    provinces, ends = catalogue.provinces(), date(2025, 12, 31)
    found = star_counts.in_step([ends, TODAY], provinces)
    assert (len(found[ends]), len(found[TODAY])) == (2, 1)
    assert star_counts.whole_in_step([ends, TODAY]) == {ends}
    assert by(Dimension.PROVINCE) == {"19": (0, 1, 2), "08": (1, 0, 0)}


def test_upgrade_of_today_changes_nothing_of_the_days_before() -> None:
    star_tallies.count_missing(on=TODAY)
    firm = Product.objects.get(name="Chè C")

    make.listing(firm, stars=4, issued_on=TODAY)

    since = list(StarMark.objects.values_list("since", flat=True))
    assert since == [TODAY]
    assert by(Dimension.PROVINCE, on=TODAY - timedelta(days=1))["19"] == (0, 1, 1)
    assert by(Dimension.PROVINCE)["19"] == (0, 2, 0)


def subjects_of(**how: object) -> int:
    choice = Choice(on=TODAY, **how)  # type: ignore[arg-type] # named by the test
    return stars.figures(choice, provinces=catalogue.provinces()).subjects


def test_subject_of_many_products_counts_once_wherever_they_lie() -> None:
    """HTX chè is at home in 19; its syrup is made in 08, where HTX ong is at home."""
    assert (subjects_of(), subjects_of(province="19"), subjects_of(province="08")) == (3, 2, 1)
    tea, away = Subject.objects.get(name="HTX chè"), Unit.objects.get(code="02536")
    syrup = registry.product(tea, name="Si rô", commune=away)

    make.listing(syrup, stars=4, issued_on=date(2026, 5, 5))

    for _turn in ("out of step", "counted"):
        assert (subjects_of(), subjects_of(province="19"), subjects_of(province="08")) == (3, 2, 2)
        assert (subjects_of(stars=4), subjects_of(stars=4, province="08")) == (1, 1)
        assert (subjects_of(year=2026), subjects_of(year=2025)) == (3, 1)
        assert subjects_of(year=2026, level="province") == 3
        star_tallies.count_missing(on=TODAY)
    assert list(star_tallies.differences(on=TODAY)) == []


def test_rebuilt_recognitions_are_the_same() -> None:
    rows = Recognition.objects.order_by("listing", "starts_on")
    names = ("turn", "level", "subject_kind", "ends_naturally", "next_starts_on", "commune")
    before = list(rows.values_list(*names))

    for listing in {row.listing for row in rows.select_related("listing__product")}:
        listings.refresh(listing.product, at=make.NOW)

    assert list(rows.values_list(*names)) == before


def test_dong_thap_of_the_seed(client: Client) -> None:
    """Seed 002: 581 products of 246 subjects, 464 of three, 116 of four, one of five stars.

    The register's names are made up; the figures are the province's.
    """
    province = registry.province("Tỉnh Đồng Tháp", "82")
    place = registry.commune("Xã Tân Hồng", "29869", province)
    officer = registry.officer(Role.PROVINCIAL_OFFICER, province)
    sorts = [3] * 464 + [4] * 116 + [5]
    lines = [
        registers.line(
            product=f"Đặc sản {number} nhà {number % 246}",
            subject=f"Cơ sở Sen Hồng {number % 246}",
            kind="Hộ kinh doanh",
            commune=place.name,
            stars=star,
            first_stars=star,
            first_authority="Bộ Nông nghiệp" if star == 5 else "UBND tỉnh Đồng Tháp",
            first_decision="1/QĐ-BNN" if star == 5 else f"{star}{number % 9}/QĐ-UBND",
        )
        for number, star in enumerate(sorts)
    ]

    register = registers.loaded(registers.workbook(registers.table(lines)), officer, unit=province)
    page = client.get("/thong-ke/?province=82")

    assert register.lines == 581
    assert page.context["total"] == 581
    assert [(each.stars, each.count) for each in page.context["headline"]] == [
        (5, 1),
        (4, 116),
        (3, 464),
    ]
    assert page.context["subjects"] == 246
    assert client.get(page.context["all_url"]).context["page_obj"].paginator.count == 581
