"""A second product or subject is made only by who has seen the first; nothing typed is lost."""

from typing import Any

import pytest
from django.urls import reverse

from registry import selectors
from registry.domain.roles import Role
from registry.models import Product, Subject
from registry.services import production_places
from tests.factories import registry as make
from tests.registry.views.test_subjects import answers, signed_in

pytestmark = pytest.mark.django_db


def typed(maker: Subject, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Chè đinh Tân Cương loại 1",
        "set_2019": make.product_set("2019", 1).pk,
        "commune": maker.commune_id,
        "summary": "Sao tay 🍵",
        **changes,
    }


def test_near_duplicate_of_the_commune_is_shown_before_it_is_added() -> None:
    make.product(name="Chè đinh Tân Cương")
    maker = make.subject()
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:product-create", args=[maker.pk])

    shown = client.post(url, typed(maker)).content.decode()
    before = Product.objects.count()
    answer = client.post(url, typed(maker, _confirmed="1"))

    assert "Trên cổng đã có tên gần giống" in shown
    assert "<strong>Chè đinh Tân Cương</strong>" in shown
    assert 'name="_confirmed"' in shown
    assert 'value="Chè đinh Tân Cương loại 1"' in shown
    assert "Sao tay 🍵" in shown
    assert before == 1
    assert answer["Location"] == Product.objects.latest("pk").get_absolute_url()


def test_only_names_of_the_neighbour_are_told() -> None:
    neighbour = make.subject(phone="0999 888 777", email="bi-mat@ocop.example")
    theirs = make.product(neighbour, name="Chè đinh Tân Cương", description="Bí quyết sao chè")
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    page = client.post(
        reverse("registry:product-create", args=[maker.pk]), typed(maker)
    ).content.decode()

    assert neighbour.name in page
    for secret in (neighbour.phone, neighbour.email, neighbour.tax_code, theirs.description):
        assert secret not in page
    assert theirs.get_absolute_url() not in page


def test_own_product_that_is_much_alike_is_one_tap_away() -> None:
    maker = make.subject()
    own = make.product(maker, name="Chè đinh Tân Cương")
    client = signed_in(make.owner_of(maker))

    page = client.post(
        reverse("registry:product-create", args=[maker.pk]), typed(maker)
    ).content.decode()

    assert f'<a href="{own.get_absolute_url()}">Chè đinh Tân Cương</a>' in page
    assert page.count('name="_confirmed"') == 2


def test_own_subject_that_is_much_alike_is_one_tap_away_and_a_strangers_is_not() -> None:
    lan = make.person("Lan")
    own = make.subject(lan, name="Hợp tác xã chè Tân Cương xanh")
    other = make.subject(name="Hợp tác xã chè Tân Cương đỏ")
    client = signed_in(lan)

    page = client.post(
        reverse("registry:subject-create"), answers(commune=own.commune_id)
    ).content.decode()

    assert f'<a href="{own.get_absolute_url()}">{own.name}</a>' in page
    assert f"<strong>{other.name}</strong>" in page


def test_what_lies_in_another_commune_is_not_shown() -> None:
    elsewhere = make.subject(commune=make.commune("Xã La Bằng", "05800"))
    make.product(elsewhere, name="Chè đinh Tân Cương")
    maker = make.subject()

    found = selectors.similar_products("Chè đinh Tân Cương", subject=maker, commune=maker.commune)

    assert found == []


def test_own_product_anywhere_is_shown_the_nearest_first() -> None:
    maker = make.subject()
    near = make.product(maker, name="Chè đinh Tân Cương xanh")
    nearest = make.product(maker, name="Chè đinh Tân Cương")

    found = selectors.similar_products(
        "chè đinh tân cương", subject=maker, commune=make.commune("Xã La Bằng", "05800")
    )

    assert found == [nearest, near]


@pytest.mark.parametrize("number", [1, 50])
def test_looking_costs_one_query_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    maker = make.subject()
    for each in range(number):
        make.product(maker, name=f"Chè đinh Tân Cương {each}")

    with django_assert_num_queries(1):
        selectors.similar_products("Chè đinh Tân Cương", subject=maker, commune=maker.commune)


def test_subject_of_nearly_the_same_name_is_shown_before_it_is_registered() -> None:
    first = make.subject(name="Hợp tác xã chè Tân Cương xanh")
    client = signed_in(make.person("Lan"))
    url = reverse("registry:subject-create")

    shown = client.post(url, answers(commune=first.commune_id)).content.decode()
    client.post(url, answers(commune=first.commune_id, _confirmed="1"))

    assert first.name in shown
    assert first.tax_code not in shown
    assert "hãy nhờ người đứng tên mời bạn" in shown
    assert Subject.objects.filter(name="Hợp tác xã chè Tân Cương").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gtin": "4006381333932"}, "sai số kiểm tra"),
        ({"gtin": "123"}, "8, 12, 13 hoặc 14 chữ số"),
        ({"net_quantity": "200"}, "cả số và đơn vị đo"),
        ({"net_unit": "g"}, "cả số và đơn vị đo"),
        ({"name": "Chè " * 75}, "200"),
    ],
)
def test_wrong_pack_or_name_is_refused_at_its_field(changes: dict[str, str], said: str) -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    page = client.post(
        reverse("registry:product-create", args=[maker.pk]), typed(maker, **changes)
    ).content.decode()

    assert said in page
    assert "Sao tay 🍵" in page
    assert not Product.objects.exists()


def test_pack_and_trade_number_stand_on_the_page() -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    answer = client.post(
        reverse("registry:product-create", args=[maker.pk]),
        typed(maker, gtin="4006381 333931", net_quantity="200", net_unit="g"),
    )

    page = client.get(answer["Location"]).content.decode()
    assert "4006381333931" in page
    assert "200 g" in page


def test_trade_number_of_another_product_is_refused() -> None:
    make.product(name="Miến dong", gtin="4006381333931")
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    page = client.post(
        reverse("registry:product-create", args=[maker.pk]), typed(maker, gtin="4006381333931")
    ).content.decode()

    assert "đã thuộc một sản phẩm khác" in page


def test_product_is_found_where_it_is_made_and_counted_where_it_is_registered() -> None:
    product = make.product()
    elsewhere = make.commune("Xã La Bằng", "05800")
    minh = make.officer(Role.COMMUNE_OFFICER, elsewhere)
    client = signed_in(make.owner_of(product.subject))
    url = reverse("registry:production-places", args=[product.pk])

    hidden = signed_in(minh).get(product.get_absolute_url()).status_code
    client.post(url, {"commune": elsewhere.pk})
    twice = client.post(url, {"commune": elsewhere.pk}).content.decode()
    page = client.get(url).content.decode()

    listed = signed_in(minh).get(reverse("registry:product-list"), {"q": "la bang"})
    assert hidden == 404
    assert "đã có trong các nơi sản xuất" in twice
    assert "Xã La Bằng" in page
    assert [row.pk for row in listed.context["rows"]] == [product.pk]
    product.refresh_from_db()
    assert product.commune != elsewhere


def test_place_is_taken_out_again_and_the_new_name_of_the_subject_keeps_the_others() -> None:
    product = make.product()
    place = make.production_place(product)
    client = signed_in(make.owner_of(product.subject))
    url = reverse("registry:production-place-remove", args=[product.pk, place.pk])

    client.post(url)

    assert client.post(url).status_code == 404
    product.refresh_from_db()
    assert "dai phuc" not in product.search_text
    again = production_places.remove(
        product, commune=place, by=make.owner_of(product.subject), at=make.NOW
    )
    assert again.pk == product.pk
