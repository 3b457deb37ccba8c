"""Products: their sets, their versions, their codes."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ocop_portal.journal.models import Entry
from registry import selectors
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.models import Product, ProductClassification
from registry.services import products
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_registered_product_lies_where_its_subject_lies() -> None:
    commune = make.commune()
    former = make.former_commune(successor=commune)
    maker = make.subject(commune=commune, former_commune=former)

    product = make.product(maker, name="Chè đinh Tân Cương", summary="Sao tay")

    assert (product.commune, product.former_commune) == (commune, former)
    assert product.slug == "che-dinh-tan-cuong"
    assert product.search_text.startswith("che dinh tan cuong sao tay hop tac xa")
    entry = Entry.objects.get(kind="registry.product.registered")
    assert entry.facts == {"subject": maker.pk, "sets": {"2019": 1}}


def test_product_has_one_set_for_each_regime() -> None:
    sets = [make.product_set("2019", 1), make.product_set("2026", 11)]

    product = make.product(product_sets=sets)

    loaded = selectors.all_products().get(pk=product.pk)
    assert selectors.set_of(loaded, "2019") == sets[0]
    assert selectors.set_of(loaded, "2026") == sets[1]
    assert selectors.set_of(loaded, "2023") is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"product_sets": []}, "product.no_set"),
        ({"price_from": 200_000, "price_to": 100_000}, "product.price_order"),
    ],
)
def test_register_with_a_fault_is_refused(changes: dict[str, Any], code: str) -> None:
    maker = make.subject()

    with pytest.raises(RuleBroken) as refusal:
        make.product(maker, **changes)

    assert refusal.value.code == code
    assert not Product.objects.exists()


def test_two_sets_of_one_regime_are_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.product(product_sets=[make.product_set("2019", 1), make.product_set("2019", 2)])

    assert refusal.value.code == "product.two_sets"


def test_set_that_the_kind_of_subject_may_not_enter_is_refused_at_its_field() -> None:
    farm = make.subject(kind=SubjectKind.FARM)

    with pytest.raises(RuleBroken) as refusal:
        make.product(farm, product_sets=[make.product_set("2019", 1)])

    assert (refusal.value.code, refusal.value.field) == ("eligibility.kind_not_named", "set_2019")
    assert make.product(farm, product_sets=[make.product_set("2026", 11)]).pk


def test_second_product_of_the_same_name_is_refused() -> None:
    maker = make.subject()
    make.product(maker, name="Chè đinh")

    with pytest.raises(RuleBroken) as refusal:
        make.product(maker, name="CHÈ  ĐINH")

    assert refusal.value.field == "name"


def test_same_name_of_another_subject_is_accepted() -> None:
    make.product(name="Chè đinh")

    assert make.product(name="Chè đinh").pk


def test_prices_in_the_wrong_order_are_refused_by_the_database_too() -> None:
    product = make.product()

    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(price_from=2, price_to=1)


def test_update_may_change_the_set() -> None:
    product = make.product(product_sets=[make.product_set("2019", 1)])
    sets = [make.product_set("2026", 11)]

    changed = products.update(
        product,
        version=1,
        product_sets=sets,
        by=make.owner_of(product.subject),
        at=make.NOW,
        name=product.name,
    )

    assert changed.version == 2
    rows = ProductClassification.objects.filter(product=product)
    assert [(row.regime, row.product_set.number) for row in rows] == [("2026", 11)]


def test_update_of_what_somebody_else_changed_is_stale() -> None:
    product = make.product()
    facts: dict[str, Any] = {
        "product_sets": [make.product_set()],
        "by": make.owner_of(product.subject),
        "at": make.NOW,
    }
    products.update(product, version=1, name="Chè nõn", **facts)

    with pytest.raises(Stale):
        products.update(product, version=1, name="Chè móc câu", **facts)

    product.refresh_from_db()
    assert product.name == "Chè nõn"


def test_update_without_a_change_leaves_no_trace() -> None:
    product = make.product()

    same = products.update(
        product,
        version=1,
        product_sets=[make.product_set()],
        by=make.owner_of(product.subject),
        at=make.NOW,
        name=product.name,
    )

    assert same.version == 1
    assert not Entry.objects.filter(kind="registry.product.updated").exists()


def test_stranger_may_neither_add_nor_change() -> None:
    product = make.product()
    stranger = make.person("Tuấn")

    with pytest.raises(PermissionDenied):
        make.product(product.subject, by=stranger)
    with pytest.raises(PermissionDenied):
        products.update(
            product, version=1, product_sets=[], by=stranger, at=make.NOW, name="Chè giả"
        )


def test_code_counts_up_in_its_commune_and_year() -> None:
    commune = make.commune()
    minh = make.officer(Role.COMMUNE_OFFICER, commune, "Minh")
    facts: dict[str, Any] = {"regime": "2026", "commune": commune, "by": minh, "at": make.NOW}
    first, second = make.product(), make.product()

    codes = [
        products.give_code(first, year=2026, **facts).code,
        products.give_code(second, year=2026, **facts).code,
        products.give_code(first, year=2026, **facts).code,
        products.give_code(first, year=2027, **facts).code,
    ]

    assert codes == [
        "19-05503-1-2026",
        "19-05503-2-2026",
        "19-05503-1-2026",
        "19-05503-1-2027",
    ]
    first.refresh_from_db()
    assert first.code == "19-05503-1-2027"


def test_code_on_three_tiers_names_the_district() -> None:
    commune = make.commune()
    former = make.former_commune(successor=commune)
    officer = make.officer(Role.DISTRICT_OFFICER, make.district())
    product = make.product(make.subject(commune=commune, former_commune=former))

    row = products.give_code(
        product, regime="2019", commune=former, year=2026, by=officer, at=make.NOW
    )

    assert row.code == "19-164-05503-1-2026"


def test_code_is_not_given_by_the_producer() -> None:
    product = make.product()

    with pytest.raises(PermissionDenied):
        products.give_code(
            product,
            regime="2026",
            commune=product.commune,
            year=2026,
            by=make.owner_of(product.subject),
            at=make.NOW,
        )
