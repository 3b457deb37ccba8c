"""Pages of the decisions: what is previewed is what is signed, and the register counts."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Product
from scoring.domain.decision_states import DecisionState
from scoring.models import Certificate, Decision, DecisionItem, Rating
from tests.conftest import LogIn
from tests.factories import cycle, people
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


def signer_of(decision: Decision) -> User:
    signer = cycle.holder(Role.AUTHORITY, decision.unit)
    signer.set_password(people.PASSWORD)
    signer.save()
    return signer


def page_form(client: Client, decision: Decision) -> dict[str, Any]:
    """What the page of a presented draft would send."""
    form = client.get(decision.get_absolute_url()).context["form"]
    return {**form.initial, "signer_title": "Chủ tịch", "password": people.PASSWORD}


def test_an_office_drafts_presents_and_the_authority_signs(log_in: LogIn, rating: Rating) -> None:
    with time_machine.travel(make.SIGNING, tick=False):
        office = log_in(cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit))
        create = reverse("scoring:decision-create", args=[rating.unit_id])
        form = office.get(create).context["form"]
        sent = {**form.initial, "ratings": [rating.pk]}
        assert sent["number"] == "1/QĐ-UBND"
        assert office.post(create, sent).status_code == 302
        decision = Decision.objects.get()
        office.post(reverse("scoring:decision-present", args=[decision.pk]), {"version": "1"})
        authority = log_in(signer_of(decision))
        sign = reverse("scoring:decision-sign", args=[decision.pk])
        wrong = {**page_form(authority, decision), "password": "sai"}
        refused = authority.post(sign, wrong)
        assert (refused.status_code, Certificate.objects.count()) == (200, 0)
        answer = authority.post(sign, page_form(authority, decision))

    decision.refresh_from_db()
    assert (answer.status_code, decision.status) == (302, DecisionState.SIGNED)
    assert Certificate.objects.get().stars == 4


def test_a_page_that_is_out_of_date_signs_nothing_and_shows_the_effects_of_now(
    log_in: LogIn, rating: Rating
) -> None:
    decision = make.presented(make.drafted(rating))
    with time_machine.travel(make.SIGNING, tick=False):
        authority = log_in(signer_of(decision))
        sent = page_form(authority, decision)
        Product.objects.update(name="Chè xanh")
        answer = authority.post(reverse("scoring:decision-sign", args=[decision.pk]), sent)

    assert "Hãy xem lại hệ quả rồi ký" in answer.content.decode()
    assert "Chè xanh" in answer.content.decode()
    assert not Certificate.objects.exists()


def test_signing_twice_and_after_the_posting_ended(log_in: LogIn, rating: Rating) -> None:
    decision = make.presented(make.drafted(rating))
    signer = signer_of(decision)
    sign = reverse("scoring:decision-sign", args=[decision.pk])
    with time_machine.travel(make.SIGNING, tick=False):
        first, second = log_in(signer), log_in(signer)
        sent = page_form(first, decision)
        posting = signer.postings.get()
        posting.ends_on = posting.starts_on
        posting.save()
        assert first.post(sign, sent).status_code in {403, 404}
        assert not Certificate.objects.exists()
        posting.ends_on = None
        posting.save()
        answers = [browser.post(sign, sent).status_code for browser in (first, second)]

    assert answers == [302, 302]
    assert Certificate.objects.count() == 1


def test_a_draft_is_handed_back_with_a_reason_and_corrected_after_the_signature(
    log_in: LogIn, rating: Rating
) -> None:
    decision = make.presented(make.drafted(rating))
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    with time_machine.travel(make.SIGNING, tick=False):
        authority = log_in(signer_of(decision))
        back = reverse("scoring:decision-hand-back", args=[decision.pk])
        authority.post(back, {"back-version": decision.version, "back-reason": ""})
        decision.refresh_from_db()
        assert decision.state == DecisionState.PRESENTED
        authority.post(back, {"back-version": decision.version, "back-reason": "Sai ngày"})
        decision.refresh_from_db()
        assert decision.state == DecisionState.DRAFT
        decision = make.signed(decision)
        office = log_in(officer)
        correct = reverse("scoring:decision-correct", args=[decision.pk])
        form = office.get(correct).context["form"]
        item = decision.items.get()
        sent = {**form.initial, "items": [item.pk], "reason": "Sai tên"}
        answer = office.post(correct, sent)

    correction = Decision.objects.get(corrects=decision)
    assert answer["Location"] == correction.get_absolute_url()
    assert correction.reason == "Sai tên"


def test_the_register_is_for_the_office_alone(log_in: LogIn, rating: Rating) -> None:
    decision = make.drafted(rating, number="3/QĐ-UBND")
    page = reverse("scoring:decision-register", args=[rating.unit_id, decision.year])
    with time_machine.travel(make.SIGNING, tick=False):
        shown = log_in(cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)).get(page)
        hidden = log_in(cycle.owner_of(rating.dossier.enrolment)).get(page)

    assert "3/QĐ-UBND" in shown.content.decode()
    assert "4/QĐ-UBND" in shown.content.decode()
    assert hidden.status_code == 403


def test_the_preview_asks_as_often_for_many_products_as_for_one(
    log_in: LogIn, rating: Rating
) -> None:
    decision = make.drafted(rating)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)

    def asked() -> int:
        client = log_in(officer)
        client.get(decision.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            assert client.get(decision.get_absolute_url()).status_code == 200
        return len(seen)

    with time_machine.travel(make.SIGNING + timedelta(hours=1), tick=False):
        one = asked()
        for _again in range(4):
            other = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
            DecisionItem.objects.create(decision=decision, rating=other, stars=4)
        many = asked()

    assert (one, many) == (14, 14)
