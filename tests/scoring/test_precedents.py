from typing import Any

import pytest

from scoring.models import AgendaItem
from scoring.selectors.precedents import precedents_for
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def called_item() -> AgendaItem:
    """A further product of the set, on a council's table."""
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    return make.item_of(make.called(held, dossier))


def test_two_products_are_too_few_to_tell_of() -> None:
    for _ in range(2):
        make.concluded(make.accepted_dossier(regime="2026"), [80, 80, 80])

    assert precedents_for(called_item()) == ()


def test_from_three_products_on_the_options_are_counted_without_names() -> None:
    for _ in range(3):
        make.concluded(make.accepted_dossier(regime="2026"), [80, 80, 80])
    item = called_item()

    found = precedents_for(item)

    assert len(found) == 32
    assert {(each.products, each.sheets) for each in found} == {(3, 9)}
    assert all(sum(row.sheets for row in each.options) == 9 for each in found)


def test_another_set_and_the_product_itself_do_not_count() -> None:
    item = called_item()
    for _ in range(3):
        make.concluded(make.accepted_dossier(regime="2019"), [80, 80, 80])

    assert precedents_for(item) == ()


def test_two_queries_however_many_products(django_assert_num_queries: Any) -> None:
    item = AgendaItem.objects.select_related("edition", "dossier__enrolment").get(
        pk=called_item().pk
    )
    with django_assert_num_queries(2):
        precedents_for(item)
    make.concluded(make.accepted_dossier(regime="2026"), [80, 80, 80])
    with django_assert_num_queries(2):
        precedents_for(item)
