"""A subject from a register gets its representative: the office asks, the right one comes."""

from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry import selectors
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Invitation, Posting, Subject
from registry.services import entries, invitations
from tests.conftest import LogIn
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
EMAIL = "mo@ocop.example"
CODE = "4601234560"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def imported(provincial_officer: User) -> Subject:
    code = make.tax_code()
    subject = entries.enter_subject(
        name="HTX chè Trại Cài",
        kind=SubjectKind.COOPERATIVE,
        commune=make.commune(),
        tax_code=code,
        by=provincial_officer,
        at=make.NOW,
    )
    entries.enter_product(
        subject,
        name="Chè nõn tôm",
        product_sets=[make.product_set()],
        by=provincial_officer,
        at=make.NOW,
    )
    return subject


def asked(subject: Subject, by: User) -> Invitation:
    return invitations.invite_representative(
        subject, email=EMAIL, checked="Giấy đăng ký hợp tác xã", by=by, at=make.NOW
    )


def answer_url(row: Invitation) -> str:
    return reverse("registry:invitation-answer", args=[selectors.token_of(row)])


def test_office_asks_and_the_representative_finds_the_products(
    imported: Subject, provincial_officer: User, log_in: LogIn
) -> None:
    office = log_in(provincial_officer)
    page = office.get(imported.get_absolute_url()).content.decode()
    sent = office.post(
        f"/chu-the/{imported.pk}/nguoi-dai-dien/",
        {"email": "Mo@ocop.example", "checked": "Giấy đăng ký hợp tác xã"},
        follow=True,
    ).content.decode()
    row = Invitation.objects.get()
    mo = log_in(make.person("Mơ", email=EMAIL))
    question = mo.get(answer_url(row)).content.decode()

    done = mo.post(answer_url(row), {"tax_code": imported.tax_code}, follow=True)

    assert "Mời người đại diện" in page
    assert answer_url(row) in sent  # to be printed or passed on by telephone
    assert "Mã số thuế của chủ thể" in question
    assert "Chè nõn tôm" in done.content.decode()
    held = Posting.objects.get(subject=imported)
    assert (held.user.email, held.role) == (EMAIL, Role.OWNER)
    assert "chưa có người đại diện" not in office.get(imported.get_absolute_url()).content.decode()


@pytest.mark.parametrize("typed", ["", "0000", CODE])
def test_claim_when_the_tax_code_is_another_then_refused_and_nothing_given(
    imported: Subject, provincial_officer: User, log_in: LogIn, typed: str
) -> None:
    row = asked(imported, provincial_officer)
    mo = log_in(make.person("Mơ", email=EMAIL))

    page = mo.post(answer_url(row), {"tax_code": typed})

    assert page.status_code == 200
    assert "Mã số thuế không khớp với sổ" in page.content.decode()
    assert not Posting.objects.filter(subject=imported).exists()


def test_office_when_somebody_stands_for_the_subject_then_may_not_ask(
    imported: Subject, provincial_officer: User
) -> None:
    waiting = asked(imported, provincial_officer)
    make.posting(make.person("Lan"), Role.OWNER, imported)

    with pytest.raises(PermissionDenied):
        asked(imported, provincial_officer)
    with pytest.raises(RuleBroken) as refusal:
        invitations.accept(
            waiting, by=make.person("Mơ", email=EMAIL), at=make.NOW, tax_code=imported.tax_code
        )
    assert refusal.value.code == "invitation.closed"


def test_office_elsewhere_and_producers_may_not_ask(
    imported: Subject, stranger: User, log_in: LogIn, provincial_officer: User
) -> None:
    elsewhere = make.officer(
        Role.PROVINCIAL_OFFICER, make.province("Tỉnh Tuyên Quang", "08"), "Hoa"
    )

    for person in (stranger, elsewhere):
        with pytest.raises(PermissionDenied):
            asked(imported, person)
        url = f"/chu-the/{imported.pk}/nguoi-dai-dien/"
        assert log_in(person).get(url).status_code == 404
    with pytest.raises(RuleBroken) as refusal:
        invitations.invite_representative(
            imported, email=EMAIL, checked=" ", by=provincial_officer, at=make.NOW
        )
    assert refusal.value.code == "invitation.checked"


def test_office_sends_again_and_takes_back(
    imported: Subject, provincial_officer: User, log_in: LogIn
) -> None:
    office, row = log_in(provincial_officer), asked(imported, provincial_officer)
    url = f"/chu-the/{imported.pk}/loi-moi"

    office.post(f"{url}/{row.pk}/gui-lai/")
    again = Invitation.objects.get(withdrawn_at=None)
    office.post(f"{url}/{again.pk}/rut/")

    assert again.checked == "Giấy đăng ký hợp tác xã"
    assert not Invitation.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"has_owner": "false"}, {"HTX chè Trại Cài"}),
        ({"has_owner": "true"}, {"HTX có chủ"}),
        ({}, {"HTX chè Trại Cài", "HTX có chủ"}),
    ],
)
def test_list_of_subjects_tells_who_has_no_representative(
    imported: Subject,
    provincial_officer: User,
    log_in: LogIn,
    query: dict[str, str],
    names: set[str],
) -> None:
    make.subject(name="HTX có chủ")

    page = log_in(provincial_officer).get("/chu-the/", query)

    assert {row.name for row in page.context["rows"]} == names
    assert "Chưa có người đại diện" in page.content.decode()
    assert "Chưa xác định" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_list_without_representative_costs_the_same_for_any_number(
    provincial_officer: User, log_in: LogIn, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        entries.enter_subject(
            name=f"HTX số {each}",
            kind=SubjectKind.COOPERATIVE,
            commune=make.commune(),
            by=provincial_officer,
            at=make.NOW,
        )
    browser: Client = log_in(provincial_officer)
    browser.get("/chu-the/", {"has_owner": "false"})

    with django_assert_num_queries(7):
        page = browser.get("/chu-the/", {"has_owner": "false"})

    assert len(page.context["rows"]) == number
