"""The stars of a subject on its page: they stay with it whatever it is called."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from registry.domain.eligibility import SubjectKind
from registry.models import Subject
from registry.services import subjects
from scoring.models import Certificate
from tests.factories import promotion, registry

pytestmark = pytest.mark.django_db


def page_of(subject: Subject, user: User) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(subject.get_absolute_url())


def panels_of(subject: Subject) -> list[list[Certificate]]:
    page = page_of(subject, registry.owner_of(subject))
    return [panel.context["certificates"] for panel in page.context["panels"]]


def changed(subject: Subject) -> Subject:
    """A cooperative that became a company with another name."""
    return subjects.update(
        subject,
        version=subject.version,
        name="Công ty TNHH Trà Tân Cương",
        kind=SubjectKind.SME,
        tax_code=subject.tax_code,
        representative_name="Trần Văn Hùng",
        phone=subject.phone,
        commune=subject.commune,
        decided_on=registry.TODAY,
        by=registry.owner_of(subject),
        at=registry.NOW,
    )


def test_stars_stay_when_a_cooperative_becomes_a_company() -> None:
    held = promotion.certificate(registry.product())
    subject = held.product.subject
    before = subject.name
    assert before == held.subject_name

    with time_machine.travel(promotion.NOW, tick=False):
        changed(subject)
        page = page_of(subject, registry.owner_of(subject)).content.decode()

    assert "Hạng sao đang giữ" in page
    assert held.number in page
    assert f"cấp khi chủ thể là {before}" in page
    assert "Vẫn là một chủ thể" in page


def test_only_what_is_in_force_today_is_shown() -> None:
    held = promotion.certificate(registry.product())
    subject = held.product.subject

    with time_machine.travel(promotion.NOW, tick=False):
        assert panels_of(subject) == [[held]]
    with time_machine.travel(promotion.NOW + timedelta(days=365 * 4), tick=False):
        assert panels_of(subject) == []


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_the_same_with_many_certificates(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subject = registry.subject()
    for _each in range(number):
        promotion.certificate(registry.product(subject))
    client = Client()
    client.force_login(registry.owner_of(subject))

    with time_machine.travel(promotion.NOW, tick=False):
        client.get(subject.get_absolute_url())
        with django_assert_num_queries(15):
            page = client.get(subject.get_absolute_url())

    assert len(page.context["panels"][0].context["certificates"]) == number
