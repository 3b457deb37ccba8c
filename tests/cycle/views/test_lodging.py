"""The page before the lodging: every answer, the representative's word, the receipt."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cycle.models import Dossier, Lodging, LodgingConfirmation
from cycle.selectors import code_for
from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from tests.factories import cycle, registry, rubrics
from tests.factories import scoring as make
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OATH = {"confirmed": "on"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def dossier() -> Dossier:
    rubrics.edition("2019", 1)
    return make.self_assessed(cycle.filled_dossier(regime="2019"), total=74)


@pytest.fixture
def editor(dossier: Dossier) -> Client:
    person = registry.person()
    registry.posting(person, Role.EDITOR, dossier.enrolment.product.subject)
    return client_of(person)


@pytest.fixture
def page(dossier: Dossier) -> str:
    return reverse("cycle:dossier-check", args=[dossier.pk])


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_every_answer_stands_there_with_the_expected_star(dossier: Dossier, page: str) -> None:
    text = shown(client_of(cycle.owner_of(dossier.enrolment)).get(page))

    for answer in ("Hợp tác xã có 25 thành viên", "Doanh thu tăng 20 %", "74 điểm", "4 trên 5 sao"):
        assert answer in text
    assert "Giấy đăng ký" in text
    assert "Mã xác nhận" not in text


def test_the_owner_lodges_by_the_oath_and_twice_gives_one_receipt(
    dossier: Dossier, page: str
) -> None:
    owner = client_of(cycle.owner_of(dossier.enrolment))
    with time_machine.travel(NOW, tick=False):
        first, second = owner.post(page, OATH), owner.post(page, OATH)
        receipt = reverse("cycle:dossier-receipt", args=[dossier.pk])
        text = shown(owner.get(receipt))

    assert first["Location"] == second["Location"] == receipt
    assert Lodging.objects.count() == 1
    assert Dossier.objects.get().code in text
    assert str(cycle.owner_of(dossier.enrolment)) in text


def test_an_editor_asks_for_a_code_and_lodges_with_it(
    dossier: Dossier, editor: Client, page: str
) -> None:
    before = shown(editor.get(page))
    assert "Gửi mã cho người đại diện" in before
    assert "Nộp hồ sơ</button>" not in before
    with time_machine.travel(NOW, tick=False):
        answer = editor.post(reverse("cycle:dossier-confirmation", args=[dossier.pk]), follow=True)
        assert "Đã gửi mã" in shown(answer)
        hurried = editor.post(reverse("cycle:dossier-confirmation", args=[dossier.pk]), follow=True)
        assert "chờ một phút" in shown(hurried)
        wrong = editor.post(page, {**OATH, "code": "abc"})
        assert "Còn 4 lần nhập" in shown(wrong)
        assert LodgingConfirmation.objects.get().attempts == 1
        code = code_for(LodgingConfirmation.objects.get(), cycle.owner_of(dossier.enrolment))
        lodged = editor.post(page, {**OATH, "code": code})
        again = editor.post(page, {**OATH, "code": code})

    assert lodged["Location"] == again["Location"]
    lodging = Lodging.objects.get()
    assert lodging.confirmed_by == cycle.owner_of(dossier.enrolment)
    assert lodging.by != lodging.confirmed_by


def test_a_text_changed_by_its_field_ends_the_code(
    dossier: Dossier, editor: Client, page: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        editor.post(reverse("cycle:dossier-confirmation", args=[dossier.pk]))
        code = code_for(LodgingConfirmation.objects.get(), cycle.owner_of(dossier.enrolment))
        form = editor.get(reverse("cycle:dossier-text", args=[dossier.pk])).context["form"]
        marks = json.loads(form["seen"].value())
        field = {"value": "Khác hẳn", "seen": marks["introduction"]}
        editor.post(
            reverse("cycle:dossier-fields", args=[dossier.pk]),
            json.dumps({"fields": {"introduction": field}}),
            content_type="application/json",
        )
        answer = editor.post(page, {**OATH, "code": code})

    assert "Hồ sơ đã thay đổi sau khi xin mã" in shown(answer)
    assert not Lodging.objects.exists()


def test_without_the_oath_nothing_is_lodged_and_the_page_says_so(
    dossier: Dossier, page: str
) -> None:
    answer = client_of(cycle.owner_of(dossier.enrolment)).post(page, {})

    assert "Có chỗ cần sửa" in shown(answer)
    assert not Lodging.objects.exists()
