"""The way of a revocation through the pages: office, authority, public."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate, Decision
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import promotion as papers
from tests.factories import scoring as make
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def held() -> Certificate:
    return papers.certificate(registry.product(name="Chè Tân Cương"))


@pytest.fixture
def office(log_in: LogIn, held: Certificate) -> Client:
    return log_in(cycle.holder(Role.PROVINCIAL_OFFICER, held.unit))


@pytest.fixture
def signer(held: Certificate) -> User:
    user = cycle.holder(Role.AUTHORITY, held.unit)
    user.set_password(PASSWORD)
    user.save()
    return user


FACTS = {
    "ground": "mark_misused",
    "note": "In 5 sao thay vì 3 sao",
    "concluded_on": "2026-11-19",
    "heard_on": "2026-11-18",
    "hearing_note": "Chủ thể thừa nhận",
    "title": "Thu hồi giấy chứng nhận",
    "number": "77/QĐ-UBND",
    "decided_on": "2026-11-20",
}


def test_office_drafts_authority_signs_everybody_sees(
    office: Client,
    signer: User,
    log_in: LogIn,
    held: Certificate,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = Client()
    public = f"/xac-thuc/{held.code}/"
    page = office.get(held.get_absolute_url()).content.decode()
    assert "/quyet-dinh/thu-hoi/" in page
    assert "/quyet-dinh/khoi-phuc/" not in page

    made = office.post(f"{held.get_absolute_url()}quyet-dinh/thu-hoi/", FACTS, follow=True)
    decision = Decision.objects.get(kind=DecisionKind.REVOKE)
    assert "In 5 sao thay vì 3 sao" in made.content.decode()
    assert "Dự thảo đang soạn" in office.get(held.get_absolute_url()).content.decode()
    office.post(f"{decision.get_absolute_url()}trinh-ky/", {"version": decision.version})
    assert "Còn hiệu lực" in client.get(public).content.decode()

    desk = log_in(signer)
    shown = desk.get(decision.get_absolute_url())
    form = shown.context["form"]
    sent = {
        "version": form.initial["version"],
        "seen": form.initial["seen"],
        "signer_title": "Chủ tịch",
        "password": PASSWORD,
    }
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{decision.get_absolute_url()}ky/", sent)

    seen = client.get(public).content.decode()
    assert "Đã bị thu hồi" in seen
    assert "77/QĐ-UBND" in seen
    assert "Sử dụng sai nhãn hiệu OCOP" in seen
    assert "Chủ thể thừa nhận" not in seen
    assert "77/QĐ-UBND" in office.get(held.get_absolute_url()).content.decode()


def test_draft_that_lacks_a_fact_comes_back_with_what_was_typed(
    office: Client, held: Certificate
) -> None:
    address = f"{held.get_absolute_url()}quyet-dinh/tam-dung/"

    page = office.post(address, {**FACTS, "ground": "", "concluded_on": "2026-12-01"})
    shown = page.content.decode()

    assert page.status_code == 200
    assert "Thừa nhận" not in shown
    assert "Chủ thể thừa nhận" in shown
    assert page.context["form"].errors.keys() == {"ground"}
    again = office.post(address, {**FACTS, "concluded_on": "2026-12-01"})
    assert again.context["form"].errors.keys() == {"concluded_on"}
    assert not Decision.objects.filter(kind=DecisionKind.SUSPEND).exists()


def test_draft_is_edited_with_what_it_says(office: Client, held: Certificate) -> None:
    decision = make.measure(held, DecisionKind.REVOKE)
    address = f"/hoi-dong/quyet-dinh/bien-phap/{decision.pk}/"

    page = office.get(address)
    saved = office.post(address, {**FACTS, "version": decision.version})
    stale = office.post(address, {**FACTS, "version": decision.version})

    assert page.context["form"].initial["note"] == "Theo biên bản kiểm tra"
    assert saved.status_code == 302
    assert "đã được sửa sau khi bạn xem" in stale.content.decode()
    assert decision.measures.get().note == "In 5 sao thay vì 3 sao"
    recognition = held.decision
    assert office.get(f"/hoi-dong/quyet-dinh/bien-phap/{recognition.pk}/").status_code == 404


def test_who_is_not_of_the_office_may_not_draft(log_in: LogIn, held: Certificate) -> None:
    address = f"{held.get_absolute_url()}quyet-dinh/thu-hoi/"
    signer = cycle.holder(Role.AUTHORITY, held.unit)

    assert log_in(signer).get(address).status_code == 403
    assert log_in(registry.person()).get(address).status_code == 404


def test_other_words_are_no_measures(office: Client, held: Certificate) -> None:
    assert office.get(f"{held.get_absolute_url()}quyet-dinh/xoa/").status_code == 404
