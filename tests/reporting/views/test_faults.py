"""The common faults of a round as an officer reads them, and the draft made from them."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cycle.models import Correction, Dossier, Round
from ocop_portal.accounts.models import User
from promotion.models import NewsItem
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories.registry import NOW
from tests.factories.twins import twins

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Round:
    return cycle.season("2026")


@pytest.fixture
def officer(season: Round) -> User:
    dossiers = [cycle.reported_dossier(cycle.enrolment(round=season)) for _ in range(3)]
    by = cycle.officer_for(dossiers[0].enrolment, Level.PROVINCE)
    for dossier in dossiers:
        asked(dossier, 1, by)
    asked(dossiers[0], 2, by)  # sent back once more for the same item
    return by


def asked(dossier: Dossier, number: int, by: User) -> Correction:
    return Correction.objects.create(
        enrolment=dossier.enrolment,
        dossier=dossier,
        paper="dossier",
        item="introduction",
        number=number,
        reason="incomplete",
        note=f"{dossier.enrolment.product.name}: thiếu nguồn gốc nguyên liệu",
        asked_at=NOW,
        asked_by=by,
    )


def test_figures_examples_and_file(season: Round, officer: User, log_in: LogIn) -> None:
    url = reverse("reporting:faults", args=[season.pk])

    answer = log_in(officer).get(url)

    (row,) = answer.context["found"].rows
    assert (row.products, row.reasons) == (3, (("Chưa đủ", 3),))
    assert row.examples == ("…: thiếu nguồn gốc nguyên liệu",)
    for name in Dossier.objects.values_list("enrolment__product__name", flat=True):
        assert name not in answer.content.decode()
    lines = b"".join(log_in(officer).get(url, {"xuat": "csv"}).streaming_content).decode()  # type: ignore[attr-defined] # it streams
    assert lines.splitlines()[1].endswith(",3,Chưa đủ: 3")


def test_the_round_leads_there_for_officers(season: Round, officer: User, log_in: LogIn) -> None:
    link = reverse("reporting:faults", args=[season.pk])

    assert link in log_in(officer).get(season.get_absolute_url()).content.decode()
    owner = User.objects.filter(postings__role=Role.OWNER).first()
    assert owner is not None
    assert link not in log_in(owner).get(season.get_absolute_url()).content.decode()
    assert log_in(owner).get(link).status_code == 403


def test_another_provinces_officer_reads_nothing_of_it(
    season: Round, officer: User, log_in: LogIn
) -> None:
    elsewhere = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25"))
    url = reverse("reporting:faults", args=[season.pk])

    assert len(log_in(officer).get(url).context["found"].rows) == 1
    assert log_in(elsewhere).get(url).status_code == 403
    assert log_in(elsewhere).post(f"{url}soan/").status_code == 403
    assert NewsItem.objects.count() == 0


def test_two_products_make_no_article(season: Round, officer: User, log_in: LogIn) -> None:
    Correction.objects.filter(dossier=Dossier.objects.all()[0]).delete()

    answer = log_in(officer).post(reverse("reporting:faults-draft", args=[season.pk]), follow=True)

    assert "Chưa có lỗi nào của từ ba sản phẩm" in answer.content.decode()
    assert NewsItem.objects.count() == 0


def test_a_draft_holds_the_figures_and_is_made_once(
    season: Round, officer: User, log_in: LogIn
) -> None:
    browser, url = log_in(officer), reverse("reporting:faults-draft", args=[season.pk])

    first = browser.post(url)
    again = browser.post(url)  # a double click

    item = NewsItem.objects.get()
    assert first["Location"] == again["Location"] == reverse("promotion:news-edit", args=[item.pk])
    assert not item.is_public
    assert item.title_vi == f"Lỗi thường gặp trong hồ sơ: {season.name}"
    assert "của 3 sản phẩm" in item.body_vi
    assert "(hồ sơ đánh giá): 3 sản phẩm (chưa đủ: 3)." in item.body_vi
    assert "– “…: thiếu nguồn gốc nguyên liệu”" in item.body_vi
    assert browser.get(first["Location"]).status_code == 200


def test_a_set_may_be_chosen(season: Round, officer: User, log_in: LogIn) -> None:
    product_set = Dossier.objects.all()[0].product_set
    url = reverse("reporting:faults", args=[season.pk])
    browser = log_in(officer)

    assert browser.get(url).context["found"].sets == ((product_set.pk, product_set.name),)
    assert len(browser.get(url, {"set": product_set.pk}).context["found"].rows) == 1
    assert browser.get(url, {"set": product_set.pk + 1}).context["found"].rows == ()
    assert browser.get(url, {"set": "x"}).status_code == 200


def test_it_costs_the_same_for_fifty_requests_as_for_four(
    season: Round, officer: User, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, url = log_in(officer), reverse("reporting:faults", args=[season.pk])
    browser.get(url)
    with django_assert_num_queries(QUERIES):
        browser.get(url)
    twins(Correction.objects.all()[0], 50)

    with django_assert_num_queries(QUERIES):
        assert browser.get(url).context["found"].rows[0].products == 3


QUERIES = 8
