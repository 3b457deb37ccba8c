"""A period's figures; every expected figure is worked out by hand from this world.

Two communes of Thái Nguyên (Tân Cương, Đại Phúc), one of Tuyên Quang (Sơn Dương); the year 2026.

| product | maker       | where     | stars and days                                            |
|---------|-------------|-----------|-----------------------------------------------------------|
| Chè A   | cooperative | Tân Cương | 3★ from 2023-05-01, then 4★ from 2026-02-01               |
| Chè B   | cooperative | Tân Cương | 3★ from 2023-06-01, its last day is 2026-06-01            |
| Chè C   | enterprise  | Đại Phúc  | 3★ from 2026-03-02, suspended from 2026-04-01             |
| Mật ong | cooperative | Sơn Dương | 3★ from 2024-08-01, revoked on 2026-05-05                 |
| Rượu    | cooperative | Sơn Dương | 3★ from 2023-01-10, again 3★ from 2026-01-05 (no day lost) |
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from cycle.domain.journey import EnrolmentKind
from cycle.domain.steps import Step
from cycle.models import Dossier
from ocop_portal.accounts.models import User
from promotion.models import Recognition
from promotion.selectors import catalogue
from promotion.services import listings
from registry.domain.eligibility import SubjectKind
from registry.models import Product, Unit
from reporting.domain.figures import FigureTable
from reporting.domain.movements import Flow
from reporting.domain.periods import Period, PeriodKind, period_of
from reporting.selectors import stars
from reporting.selectors.period_tables import tables_of
from reporting.selectors.periods import PeriodFigures, figures_of
from reporting.selectors.star_choices import Choice
from scoring.models import Certificate
from tests.factories import cycle as make_cycle
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = make.TODAY
HALF = period_of(PeriodKind.FIRST_HALF, 2026)


@pytest.fixture(autouse=True)
def _world() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        here = registry.commune()
        there = registry.commune("Xã Đại Phúc", "05830")
        away = registry.commune(
            "Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08")
        )
        tea = registry.subject(name="HTX chè", commune=here)
        firm = registry.subject(name="Công ty chè", commune=there, kind=SubjectKind.SME)
        bees = registry.subject(name="HTX ong", commune=away)
        first = registry.product(tea, name="Chè A")
        make.certificate(first, stars=3, issued_on=date(2023, 5, 1))
        again(first, EnrolmentKind.UPGRADE, stars=4, on=date(2026, 2, 1))
        make.listing(registry.product(tea, name="Chè B"), issued_on=date(2023, 6, 1))
        make.listing(registry.product(firm, name="Chè C"), issued_on=date(2026, 3, 2))
        make.change(_held("Chè C"), "suspended", on=date(2026, 4, 1))
        make.listing(registry.product(bees, name="Mật ong"), issued_on=date(2024, 8, 1))
        make.change(_held("Mật ong"), "revoked", on=date(2026, 5, 5))
        wine = registry.product(bees, name="Rượu")
        make.certificate(wine, issued_on=date(2023, 1, 10))
        again(wine, EnrolmentKind.RE_EVALUATION, stars=3, on=date(2026, 1, 5))
        yield


def again(product: Product, kind: EnrolmentKind, *, stars: int, on: date) -> None:
    """A later recognition, from a dossier of that kind."""
    held = make.certificate(product, stars=stars, issued_on=on)
    assert held.rating is not None
    Dossier.objects.filter(pk=held.rating.dossier_id).update(kind=kind)
    listings.refresh(product, at=make.NOW)


def _held(name: str) -> Certificate:
    return Certificate.objects.get(product__name=name)


def province(code: str) -> Unit:
    return catalogue.provinces()[code]


def found(place: Unit | None = None, period: Period = HALF, **how: Any) -> PeriodFigures:
    return figures_of(period, place=place, today=TODAY, **how)


def flows(figures: PeriodFigures) -> dict[Flow, tuple[int, ...]]:
    """What moved, by 5, 4 and 3 stars."""
    return {row.flow: row.counts for row in figures.balance.rows if row.total}


def table(figures: PeriodFigures, code: str) -> FigureTable:
    return next(each for each in tables_of(figures) if each.code == code)


def rows(figures: PeriodFigures, code: str) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in table(figures, code).rows}


def test_balance_of_the_country() -> None:
    figures = found()

    assert figures.balance.opening == (0, 0, 4)
    assert flows(figures) == {
        Flow.FIRST: (0, 0, 1),
        Flow.MOVED_IN: (0, 1, 0),
        Flow.MOVED_OUT: (0, 0, 1),
        Flow.EXPIRED: (0, 0, 1),
        Flow.REVOKED: (0, 0, 1),
        Flow.SUSPENDED: (0, 0, 1),
    }
    assert figures.balance.closing == (0, 1, 1)
    assert figures.balance.adds_up


def test_balance_of_a_province() -> None:
    figures = found(province("08"))

    assert figures.balance.opening == (0, 0, 2)
    assert flows(figures) == {Flow.REVOKED: (0, 0, 1)}
    assert figures.balance.closing == (0, 0, 1)


def test_both_ends_are_the_figures_of_the_star_statistics() -> None:
    for code in ("", "19", "08"):
        figures = found(province(code) if code else None)
        for day, side in (
            (HALF.day_before, figures.balance.opening),
            (HALF.last, figures.balance.closing),
        ):
            cells = stars.cells(Choice(on=day, province=code), provinces=catalogue.provinces())
            assert sum(cell.count for cell in cells) == sum(side)


def test_decisions_of_the_period_by_turn() -> None:
    assert rows(found(), "decided") == {
        "Công nhận lần đầu": (0, 0, 1, 1),
        "Nâng hạng": (0, 1, 0, 1),
        "Công nhận lại": (0, 0, 1, 1),
        "Cộng": (0, 1, 2, 3),
    }


def test_units_and_sets_with_what_came_and_went() -> None:
    figures = found()

    # opening, first, renewed, upgraded, expired, revoked, suspended, closing
    assert rows(figures, "units") == {
        "Tỉnh Thái Nguyên": (2, 1, 0, 1, 1, 0, 1, 1),
        "Tỉnh Tuyên Quang": (2, 0, 1, 0, 0, 1, 0, 1),
        "Cộng": (4, 1, 1, 1, 1, 1, 1, 2),
    }
    assert rows(figures, "sets")["Cộng"] == (4, 1, 1, 1, 1, 1, 1, 2)
    assert rows(found(province("19")), "units") == {
        "Xã Tân Cương": (2, 0, 0, 1, 1, 0, 0, 1),
        "Xã Đại Phúc": (0, 1, 0, 0, 0, 0, 1, 0),
        "Cộng": (2, 1, 0, 1, 1, 0, 1, 1),
    }


def test_subjects_by_legal_form_each_once() -> None:
    assert rows(found(), "subjects") == {"Hợp tác xã": (2, 2), "Cộng": (2, 2)}
    assert rows(found(period=Period(date(2026, 3, 10), date(2026, 3, 20))), "subjects") == {
        "Hợp tác xã": (2, 2),
        "Doanh nghiệp nhỏ và vừa": (1, 1),
        "Cộng": (3, 3),
    }


def test_suspension_that_is_lifted_in_the_period_gives_the_star_back() -> None:
    make.change(_held("Chè C"), "restored", on=date(2026, 7, 15))
    later = period_of(PeriodKind.SECOND_HALF, 2026)

    figures = found(period=Period(later.first, TODAY))

    assert flows(figures) == {Flow.RESTORED: (0, 0, 1)}
    assert figures.balance.adds_up


def test_product_recognised_again_after_expiry() -> None:
    again(_held("Chè B").product, EnrolmentKind.UPGRADE, stars=4, on=date(2026, 8, 1))

    figures = found(period=Period(date(2026, 7, 1), TODAY))

    assert flows(figures) == {Flow.AGAIN: (0, 1, 0)}
    assert figures.balance.adds_up


def test_past_period_stays_as_it_was_after_later_deeds() -> None:
    before = tables_of(found())

    make.change(
        Certificate.objects.get(product__name="Chè A", stars=4), "revoked", on=date(2026, 8, 1)
    )

    assert tables_of(found()) == before


def test_targets_are_of_the_last_day_and_unknown_is_not_zero() -> None:
    figures = found()
    shown = {row[0]: row[3:6] for row in table(figures, "targets").rows}

    assert figures.programme is not None
    assert figures.programme.code == "919"
    assert shown["Sản phẩm được công nhận từ 3 sao trở lên"] == (2, None, None)
    assert None in {row[0] for row in shown.values()}


def test_period_before_any_programme_has_no_targets() -> None:
    figures = found(period=period_of(PeriodKind.YEAR, 2017))

    assert figures.programme is None
    assert [each.code for each in tables_of(figures)] == ["balance", "decided"]
    assert Recognition.objects.exists()


def test_funnel_counts_who_came_to_a_step_for_readers_of_the_place(
    provincial_officer: User, stranger: User
) -> None:
    row = make_cycle.enrolment(regime="2026")
    here = Period(row.opened_at.date(), TODAY)

    mine = found(province("19"), period=here, reader=provincial_officer)

    assert mine.funnel is not None
    assert mine.funnel[Step.IDEA] == 1
    assert found(province("08"), period=here, reader=provincial_officer).funnel is None
    assert found(province("19"), period=here, reader=stranger).funnel is None
    assert found(province("19"), period=HALF, reader=provincial_officer).funnel == dict.fromkeys(
        mine.funnel, 0
    )
