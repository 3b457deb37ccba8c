"""Asking to buy: from the product's page to the answer, without an account."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.models import Enquiry, EnquiryLine, EnquiryPart, Listing
from promotion.views.enquiries import MOST_EACH_HOUR
from registry.models import Subject
from scoring.domain.certificate_states import CertificateState
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
NOW = make.NOW
ATTACK = '"><script>alert(1)</script>'
TEXT = {"text": "Tôi cần giá sỉ giao Hà Nội"}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def tea(subject: Subject) -> Listing:
    return make.listing(registry.product(subject, name="Chè Tân Cương"))


def test_buyer_when_asking_two_producers_then_one_code_shows_both_answers(
    client: Client, tea: Listing, producer: User, log_in: LogIn
) -> None:
    honey = make.listing(registry.product(name="Mật ong"))
    assert "Hỏi mua" in client.get(tea.get_absolute_url()).content.decode()
    for each in (tea, honey):
        client.post("/hoi-mua/doi/", {"add": each.product_id})
    shown = client.get("/hoi-mua/").content.decode()

    sent = client.post(
        "/hoi-mua/", {**TEXT, f"amount_{tea.product_id}": "20 kg", "mail": "mua@vidu.vn"}
    )
    receipt = sent["Location"]
    part = EnquiryPart.objects.get(subject=tea.product.subject)
    lan = log_in(producer)
    seen = lan.get(f"/thu-hoi-mua/{part.pk}/").content.decode()
    lan.post(f"/thu-hoi-mua/{part.pk}/tra-loi/", {"text": "200.000 đ một cân"})
    page = client.get(receipt).content.decode()

    assert "Chè Tân Cương" in shown
    assert "Mật ong" in shown
    assert sent.status_code == 302
    assert "20 kg" in seen
    assert "mua@vidu.vn" not in seen
    assert "Mật ong" not in seen
    assert "200.000 đ một cân" in page
    assert "mua@vidu.vn" not in page
    assert "Danh sách hỏi mua còn trống" in client.get("/hoi-mua/").content.decode()
    assert mail.outbox == []


def test_buyer_when_every_field_is_an_attack_then_nothing_runs(
    client: Client, tea: Listing, producer: User, log_in: LogIn
) -> None:
    client.post("/hoi-mua/doi/", {"add": tea.product_id})
    fields = ("text", "name", "shown_contact", f"amount_{tea.product_id}")

    refused = client.post("/hoi-mua/", {**dict.fromkeys(fields, ATTACK), "mail": ATTACK})
    sent = client.post("/hoi-mua/", dict.fromkeys(fields, ATTACK))
    part = EnquiryPart.objects.get()
    inbox = log_in(producer).get(f"/thu-hoi-mua/{part.pk}/").content.decode()
    receipt = client.get(sent["Location"]).content.decode()

    assert refused.status_code == 200
    for page in (refused.content.decode(), inbox, receipt):
        assert ATTACK not in page
        assert "<script>alert" not in page


def test_buyer_when_a_product_is_withdrawn_meanwhile_then_told_and_not_asked(
    client: Client, tea: Listing
) -> None:
    client.post("/hoi-mua/doi/", {"add": tea.product_id})
    Listing.objects.update(state=CertificateState.REVOKED)

    page = client.get("/hoi-mua/").content.decode()
    answer = client.post("/hoi-mua/", TEXT)

    assert "1 sản phẩm trong danh sách không còn trang công khai" in page
    assert "Chè Tân Cương" not in page
    assert answer.status_code == 200
    assert not Enquiry.objects.exists()
    assert client.post("/hoi-mua/doi/", {"add": tea.product_id}).status_code == 404


def test_buyer_when_the_cookie_is_forged_or_the_form_is_foreign_then_nothing_is_taken(
    client: Client, tea: Listing
) -> None:
    client.cookies["hoi-mua"] = str(tea.product_id)
    forged = client.get("/hoi-mua/").content.decode()
    foreign = client.post(
        "/hoi-mua/doi/", {"add": tea.product_id}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert "Danh sách hỏi mua còn trống" in forged
    assert foreign.status_code == 403
    assert client.post("/hoi-mua/doi/", {"add": "x"}).status_code == 404


def test_buyer_when_sending_many_then_a_pause_is_asked(client: Client, tea: Listing) -> None:
    answers = []
    for _time in range(MOST_EACH_HOUR + 1):
        client.post("/hoi-mua/doi/", {"add": tea.product_id})
        answers.append(client.post("/hoi-mua/", TEXT).status_code)

    assert answers == [302] * MOST_EACH_HOUR + [200]


def test_receipt_when_the_code_is_unknown_then_404_says_what_to_do(client: Client) -> None:
    answer = client.get("/hoi-mua/ABCD-EFGH-JKMN/")

    assert answer.status_code == 404
    assert "Hãy so lại từng ký tự" in answer.content.decode()


def test_inbox_when_read_by_others_then_not_there(
    client: Client, tea: Listing, stranger: User, provincial_officer: User, log_in: LogIn
) -> None:
    client.post("/hoi-mua/doi/", {"add": tea.product_id})
    client.post("/hoi-mua/", TEXT)
    part = EnquiryPart.objects.get()

    for person in (stranger, provincial_officer):
        browser = log_in(person)
        assert browser.get(f"/thu-hoi-mua/{part.pk}/").status_code == 404
        assert browser.post(f"/thu-hoi-mua/{part.pk}/tra-loi/", {"text": "x"}).status_code == 404


def test_lists_when_there_are_50_then_the_same_queries(
    tea: Listing,
    producer: User,
    log_in: LogIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lan = log_in(producer)
    one(tea)
    lan.get("/thu-hoi-mua/")
    with django_assert_num_queries(10):
        lan.get("/thu-hoi-mua/")

    for _number in range(49):
        one(tea)

    with django_assert_num_queries(10):
        lan.get("/thu-hoi-mua/")


def one(listing: Listing) -> None:
    enquiry = Enquiry.objects.create(
        code=make.code(Enquiry.objects.count() + 1), text="Hỏi giá", sent_at=NOW
    )
    part = EnquiryPart.objects.create(
        enquiry=enquiry, subject=listing.product.subject, due_on=make.TODAY
    )
    EnquiryLine.objects.create(part=part, product=listing.product)
