"""The renewal on the pages of a certificate and its product, day by day."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Product
from scoring.models import Certificate
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import promotion as papers
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db
ENDS = date(2029, 7, 1)
BUTTON = "Lập hồ sơ đánh giá lại"


@pytest.fixture
def product() -> Product:
    """Recognised once, by a dossier of its own under 2026."""
    return cycle.recognised_enrolment(regime="2026").product


@pytest.fixture
def held(product: Product) -> Certificate:
    made = papers.certificate(
        product, product_set=registry.product_set("2026", 1), valid_until=ENDS
    )
    Dossier.objects.filter(ratings__certificates=made).update(state="withdrawn")  # a stand-in
    return made


@pytest.fixture
def owner(product: Product) -> User:
    return registry.owner_of(product.subject)


def seen(browser: Client, held: Certificate) -> list[str]:
    return [browser.get(page.get_absolute_url()).content.decode() for page in (held, held.product)]


@pytest.mark.parametrize(
    ("on", "words", "is_offered"),
    [
        ((2029, 1, 1), "nộp từ ngày 02/01/2029 đến hết ngày 03/03/2029", False),
        ((2029, 1, 2), "đến hết ngày 03/03/2029", True),
        ((2029, 3, 3), "đến hết ngày 03/03/2029", True),
        ((2029, 3, 4), "đã qua (02/01/2029 – 03/03/2029)", False),
        ((2029, 7, 2), "Giấy đã hết hạn sau ngày 01/07/2029", True),
    ],
)
def test_button_is_there_in_the_window_and_else_the_days(
    log_in: LogIn,
    held: Certificate,
    owner: User,
    *,
    on: tuple[int, int, int],
    words: str,
    is_offered: bool,
) -> None:
    with time_machine.travel(make.at_day(*on), tick=False):
        pages = seen(log_in(owner), held)

    assert [words in page for page in pages] == [True, True]
    assert [BUTTON in page for page in pages] == [is_offered, is_offered]


def test_button_leads_to_a_dossier_filled_in_from_the_last(
    log_in: LogIn, held: Certificate, owner: User
) -> None:
    first = Dossier.objects.get(state="recognised")
    with time_machine.travel(make.at_day(2029, 1, 10), tick=False):
        season = cycle.season(
            "2026", year=2029, opens_on=date(2029, 1, 1), closes_on=date(2029, 12, 31)
        )
        browser = log_in(owner)
        address = f"/chu-trinh/tham-gia/{held.product_id}/?loai=re_evaluation"
        assert f'href="{address}"' in seen(browser, held)[0]
        form = browser.get(address).context["form"]
        sent = {name: form[name].value() for name in ("round", "kind")}
        answer = browser.post(address, sent)

        dossier = Dossier.objects.get(state="draft")
        assert sent == {"round": str(season.pk), "kind": "re_evaluation"}
        assert answer["Location"] == dossier.get_absolute_url()
        assert (dossier.prefilled_from, dossier.introduction) == (first, first.introduction)
        for page in seen(browser, held):
            assert BUTTON not in page
            assert dossier.enrolment.get_absolute_url() in page


def test_officers_read_the_days_and_revoked_ones_have_none(
    log_in: LogIn, held: Certificate
) -> None:
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, held.unit)
    with time_machine.travel(make.at_day(2029, 1, 10), tick=False):
        page = log_in(officer).get(held.get_absolute_url()).content.decode()
        assert "đến hết ngày 03/03/2029" in page
        assert BUTTON not in page

        papers.change(held, "revoked")
        page = log_in(officer).get(held.get_absolute_url()).content.decode()
        assert "đánh giá, phân hạng lại" not in page


def test_unknown_kind_in_the_address_is_nothing(
    log_in: LogIn, owner: User, held: Certificate
) -> None:
    with time_machine.travel(make.NOW, tick=False):
        cycle.season("2026")
        address = f"/chu-trinh/tham-gia/{held.product_id}/?loai=%3Cscript%3E"
        form = log_in(owner).get(address).context["form"]

    assert form["kind"].value() == "upgrade"  # the first of what a recognised product may
