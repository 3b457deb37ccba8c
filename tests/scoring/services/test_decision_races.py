"""Decisions, complaints and packages from several browsers at once, really: on PostgreSQL."""

from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from scoring.domain.decision_states import DecisionState
from scoring.models import Certificate, Complaint, Decision, DecisionItem, Package, Rating
from scoring.selectors.effects import effects_of, fingerprint
from scoring.selectors.rechecks import differences
from scoring.services import complaints, decisions, drafts, packages
from tests.factories import cycle, people, registry
from tests.factories import scoring as make
from tests.scoring.services.test_conclusion_races import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def concluded(totals: tuple[int, ...] = (74, 74, 75)) -> Rating:
    if connection.vendor != "postgresql":
        pytest.fail("races are tested on PostgreSQL: run ./ocop test PATH")
    return make.concluded(make.accepted_dossier(regime="2026"), totals)


def codes(answers: list[object]) -> list[str]:
    return [answer.code for answer in answers if isinstance(answer, RuleBroken)]


def test_signed_from_two_browsers_at_once_it_is_one_decision_and_one_certificate() -> None:
    decision = make.presented(make.drafted(concluded()))
    signer = cycle.holder(Role.AUTHORITY, decision.unit)
    signer.set_password(people.PASSWORD)
    signer.save()
    sent = {
        "signer_title": "Chủ tịch",
        "password": people.PASSWORD,
        "version": decision.version,
        "seen": fingerprint(decision, effects_of(decision)),
    }
    browsers = [Client(), Client()]
    sign = reverse("scoring:decision-sign", args=[decision.pk])

    with time_machine.travel(make.SIGNING, tick=False):
        for browser in browsers:
            browser.force_login(signer)
        answers = at_once(*[partial(browser.post, sign, sent) for browser in browsers])

    assert [answer.url for answer in answers] == [decision.get_absolute_url()] * 2
    assert Decision.objects.get().status is DecisionState.SIGNED
    assert Certificate.objects.count() == 1
    assert Entry.objects.filter(kind="scoring.decision.signed").count() == 1
    assert list(differences()) == []


def test_two_signers_at_once_leave_one_signature_and_one_refusal() -> None:
    decision = make.presented(make.drafted(concluded()))
    first = cycle.holder(Role.AUTHORITY, decision.unit)
    second = registry.officer(Role.AUTHORITY, decision.unit)

    answers = at_once(
        *[partial(decisions.sign, decision, by=by, at=make.SIGNING) for by in (first, second)]
    )

    assert codes(answers) == ["decision.not_from_here"]
    assert Decision.objects.get().signer in {first, second}
    assert Certificate.objects.count() == 1


def test_signed_and_handed_back_at_once_it_is_one_of_both() -> None:
    decision = make.presented(make.drafted(concluded()))
    by = cycle.holder(Role.AUTHORITY, decision.unit)

    answers = at_once(
        partial(decisions.sign, decision, by=by, at=make.SIGNING),
        partial(decisions.hand_back, decision, reason="Sai ngày", by=by, at=make.SIGNING),
    )

    assert codes(answers) == ["decision.not_from_here"]
    is_signed = Decision.objects.get().status is DecisionState.SIGNED
    assert Certificate.objects.exists() == is_signed


def test_one_number_asked_for_twice_at_once_is_given_once() -> None:
    ratings = [concluded(), concluded()]

    answers = at_once(*[partial(make.drafted, rating, number="15/QĐ-UBND") for rating in ratings])

    assert codes(answers) == ["decision.number_used"]
    assert [decision.number for decision in Decision.objects.all()] == ["15/QĐ-UBND"]
    assert DecisionItem.objects.count() == 1


def test_two_drafts_at_once_for_one_result_leave_one() -> None:
    rating = concluded()

    answers = at_once(*[partial(make.drafted, rating, number=f"{n}/QĐ-UBND") for n in (15, 16)])

    assert codes(answers) == ["decision.not_recognisable"]
    assert Decision.objects.count() == 1
    assert DecisionItem.objects.get().rating == rating


def test_two_corrections_at_once_of_one_product_leave_one() -> None:
    decision = make.signed(make.drafted(concluded()))
    facts: dict[str, Any] = {
        "items": list(decision.items.all()),
        "reason": "Sai tên",
        "title": "Đính chính",
        "decided_on": make.SIGNING.date(),
        "by": cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit),
        "at": make.SIGNING,
    }

    answers = at_once(
        *[partial(drafts.correct, decision, number=f"{n}/QĐ-UBND", **facts) for n in (90, 91)]
    )

    assert codes(answers) == ["decision.not_correctable"]
    assert decision.corrections.count() == 1


def test_a_complaint_lodged_twice_at_once_is_one_and_one_officer_takes_it() -> None:
    rating = concluded()
    colleagues = [registry.officer(Role.PROVINCIAL_OFFICER, rating.unit) for _ in range(2)]

    lodged = at_once(*[partial(make.complaint, rating, at=make.SIGNING)] * 2)
    complaint = Complaint.objects.get()
    taken = at_once(
        *[
            partial(complaints.take, complaint, version=1, by=by, at=make.SIGNING)
            for by in colleagues
        ]
    )

    assert codes(lodged) == ["complaint.open"]
    assert [type(answer) for answer in taken if isinstance(answer, RuleBroken)] == [Stale]
    assert Complaint.objects.get().owner in colleagues


def test_a_package_made_twice_at_once_is_one_file() -> None:
    make.signed(make.drafted(concluded((92, 93, 94))))
    package = Package.objects.get()

    made = at_once(*[partial(packages.make, package)] * 2)

    assert {each.file.name for each in made} == {Package.objects.get().file.name}
    assert packages.faults(Package.objects.get()) == []
