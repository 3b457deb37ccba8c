"""What the desk's other lists cost: the same with one row and with fifty."""

from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.domain.samples import CustodyKind
from cycle.models import CustodyEvent, Dossier, Lodging
from cycle.services import samples
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories.cycle import NOW

pytestmark = pytest.mark.django_db
Made = tuple[User, str]


def siblings(rows: int) -> Made:
    """The proposals page with so many written dossiers of the same subject."""
    first = cycle.filled_dossier()
    maker = first.enrolment.product.subject
    for _each in range(rows - 1):
        row = cycle.enrolment(first.enrolment.round, item=cycle.product(maker=maker))
        Dossier.objects.create(
            enrolment=row,
            kind=row.kind,
            regime=row.regime,
            product_set=row.product_set,
            level=first.level,
            created_at=NOW,
            introduction="Đã viết",
        )
    draft = cycle.draft_dossier(
        cycle.enrolment(first.enrolment.round, item=cycle.product(maker=maker))
    )
    return cycle.owner_of(first.enrolment), reverse("cycle:dossier-proposals", args=[draft.pk])


def custody(rows: int) -> Made:
    """The sample book with so many events."""
    dossier = cycle.lodged_dossier()
    officer = cycle.officer_for(dossier.enrolment, Level(dossier.level))
    event = samples.record(dossier, kind=CustodyKind.RECEIVED, units=5, by=officer, at=NOW)
    CustodyEvent.objects.bulk_create(
        CustodyEvent(sample=event.sample, kind=CustodyKind.MOVED, units=1, at=NOW, by=officer)
        for _each in range(rows - 1)
    )
    return officer, reverse("cycle:sample-book", args=[dossier.pk])


def lodgings(rows: int) -> Made:
    """The dossier's own page with so many lodgings."""
    dossier = cycle.lodged_dossier()
    first = dossier.lodgings.get()
    Lodging.objects.bulk_create(
        Lodging(
            dossier=dossier,
            number=number,
            at=NOW,
            by=first.by,
            rubric_hash=first.rubric_hash,
            snapshot=first.snapshot,
        )
        for number in range(2, rows + 1)
    )
    officer = cycle.officer_for(dossier.enrolment, Level(dossier.level))
    return officer, dossier.get_absolute_url()


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(
    ("make", "queries"),
    [(siblings, 9), (custody, 10), (lodgings, 17)],
    ids=lambda x: getattr(x, "__name__", x),
)
def test_a_list_of_the_desk_costs_the_same_with_one_row_and_with_fifty(
    log_in: LogIn,
    make: Callable[[int], Made],
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, url = make(rows)
    browser = log_in(person)
    with time_machine.travel(NOW, tick=False):
        browser.get(url)

        with django_assert_num_queries(queries):
            answer = browser.get(url)

    assert answer.status_code == 200
