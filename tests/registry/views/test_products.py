"""Pages of the products."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry import panels
from registry.domain.roles import Role
from registry.forms.products import scored_regimes
from registry.models import Product
from registry.panels import Panel
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_panels() -> Iterator[None]:
    held = dict(panels._providers)
    panels._providers.clear()
    yield
    panels._providers.clear()
    panels._providers.update(held)


def test_form_asks_for_the_default_regime_first() -> None:
    assert [regime.code for regime in scored_regimes()] == ["2019", "2026"]


def test_producer_adds_a_product_with_a_set_for_each_regime() -> None:
    maker = make.subject()
    tea, tea_today = make.product_set("2019", 1), make.product_set("2026", 11)
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:product-create", args=[maker.pk])
    form = client.get(url).content.decode()

    answer = client.post(
        url,
        {
            "name": "Chè đinh",
            "set_2019": tea.pk,
            "set_2026": tea_today.pk,
            "price_from": "200000",
            "price_to": "350000",
            "commune": maker.commune_id,
        },
    )

    product = Product.objects.get()
    assert '<optgroup label="Thực phẩm">' in form
    assert f'value="{maker.commune_id}" checked' in form
    assert answer["Location"] == product.get_absolute_url()
    page = client.get(product.get_absolute_url()).content.decode()
    assert "200.000\N{NO-BREAK SPACE}₫ – 350.000\N{NO-BREAK SPACE}₫" in page
    assert "Chè tươi, chè chế biến" in page


def test_refusals_stand_at_their_fields() -> None:
    maker = make.subject(kind="farm")
    make.product_set()
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:product-create", args=[maker.pk])
    facts = {"name": "Chè đinh", "commune": maker.commune_id}

    none = client.post(url, facts).content.decode()
    wrong = client.post(url, {**facts, "set_2019": make.product_set().pk}).content.decode()
    unknown = client.post(url, {**facts, "set_2019": "999999"}).content.decode()

    assert "ít nhất một bộ quy định" in none
    assert "Trang trại không thuộc đối tượng" in wrong
    assert "Bộ sản phẩm theo Bộ tiêu chí 2019:" in unknown
    assert not Product.objects.exists()


def test_edit_keeps_the_set_of_a_regime_that_is_not_asked_for() -> None:
    product = make.product(product_sets=[make.product_set("2019", 1), make.product_set("2023", 1)])
    client = signed_in(make.owner_of(product.subject))
    url = reverse("registry:product-edit", args=[product.pk])

    client.post(
        url,
        {
            "name": "Chè nõn",
            "version": 1,
            "set_2019": make.product_set("2019", 1).pk,
            "commune": product.commune_id,
        },
    )

    product.refresh_from_db()
    regimes = product.classifications.order_by("regime").values_list("regime", flat=True)
    assert (product.name, list(regimes)) == ("Chè nõn", ["2019", "2023"])


def test_stale_edit_keeps_what_was_typed() -> None:
    product = make.product()
    Product.objects.filter(pk=product.pk).update(version=2)
    client = signed_in(make.owner_of(product.subject))

    page = client.post(
        reverse("registry:product-edit", args=[product.pk]),
        {
            "name": "Chè nõn",
            "version": 1,
            "set_2019": make.product_set().pk,
            "commune": product.commune_id,
        },
    )

    html = page.content.decode()
    assert "đã có người sửa" in html
    assert 'value="Chè nõn"' in html


@pytest.mark.usefixtures("no_panels")
def test_page_shows_what_the_apps_above_announce() -> None:
    product = make.product()
    owner = make.owner_of(product.subject)
    asked: list[Any] = []

    def ideas(found: Product, user: Any, at: Any) -> Panel | None:
        asked.append((found, user))
        return Panel(title="Đăng ký ý tưởng", text="Ý tưởng là một trang ngắn.", url="/y-tuong/")

    panels.register("idea", ideas, order=20)
    panels.register("nothing", lambda _product, _user, _at: None, order=10)

    html = signed_in(owner).get(product.get_absolute_url()).content.decode()

    assert asked == [(product, owner)]
    assert "Ý tưởng là một trang ngắn." in html
    assert 'href="/y-tuong/"' in html


@pytest.mark.usefixtures("no_panels")
def test_name_of_a_panel_has_one_provider() -> None:
    panels.register("idea", lambda _product, _user, _at: None, order=10)

    with pytest.raises(ValueError, match="two panels"):
        panels.register("idea", lambda _product, _user, _at: None, order=10)


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_products_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    maker = make.subject()
    for _each in range(number):
        make.product(maker)
    client = signed_in(minh)
    client.get(reverse("registry:product-list"))

    with django_assert_num_queries(8):
        page = client.get(reverse("registry:product-list"))

    assert len(page.context["rows"]) == number


def test_list_is_filtered_by_words_and_regime(client: Client) -> None:
    lan = make.person("Lan")
    maker = make.subject(lan)
    tea = make.product(maker, name="Chè đinh", product_sets=[make.product_set("2026", 11)])
    make.product(maker, name="Miến dong")
    client.force_login(lan)

    by_words = client.get(reverse("registry:product-list"), {"q": "che dinh"})
    by_regime = client.get(reverse("registry:product-list"), {"regime": "2026"})

    assert [row.pk for row in by_words.context["rows"]] == [tea.pk]
    assert [row.pk for row in by_regime.context["rows"]] == [tea.pk]


def test_page_says_what_is_missing_in_one_sentence_and_shows_what_is_known() -> None:
    product = make.product(packaging="Hộp 200 g")
    client = signed_in(make.owner_of(product.subject))

    response = client.get(product.get_absolute_url())

    facts, page = response.context["facts"], response.content.decode()
    assert ("Quy cách, bao bì", "Hộp 200 g") in facts.rows
    assert "Giá bán" in facts.missing
    assert "Mã sản phẩm" not in facts.missing
    assert f"Chưa có: {' · '.join(facts.missing)}" in page
    assert "–</span>" not in page


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_places_of_a_product_cost_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    product = make.product()
    for each in range(number):
        make.production_place(product, make.commune(f"Xã Số {each}", f"9{each:04d}"))
    client = signed_in(make.owner_of(product.subject))
    url = reverse("registry:production-places", args=[product.pk])
    client.get(url)

    with django_assert_num_queries(7):
        page = client.get(url)

    assert len(page.context["places"]) == number
