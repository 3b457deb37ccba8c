"""The Django admin is for programmers, and reads: every change goes through a service."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from ocop_portal.accounts.models import User
from tests.factories import people

# What may be changed there, and why no service is its door.
ALLOWED = {
    "auth.group": "no permission of the portal reads groups",
    "axes.accessattempt": "taking an attempt away unlocks somebody before the pause is over",
    "axes.accessfailurelog": "the library's own log of attempts, not written here",
    "axes.accesslog": "the library's own log of logins, not written here",
}
DEEDS = ("add", "change", "delete")
REGISTERED = sorted(admin.site._registry.items(), key=lambda each: each[0]._meta.label)


@pytest.fixture
def programmer(db: None) -> User:
    """Who may do everything that Django itself asks about."""
    person = people.an()
    person.is_staff = person.is_superuser = True
    return person


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "page"), REGISTERED, ids=lambda each: getattr(each, "__name__", "")
)
def test_admin_when_a_service_is_the_door_then_it_only_reads(
    model: type[Model], page: Any, programmer: User, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = programmer

    may = [deed for deed in DEEDS if getattr(page, f"has_{deed}_permission")(request)]
    inlines = [
        (type(inline).__name__, deed)
        for inline in page.get_inline_instances(request)
        for deed in DEEDS
        if getattr(inline, f"has_{deed}_permission")(request, None)
    ]

    assert not may or model._meta.label_lower in ALLOWED
    assert inlines == []


def test_what_is_allowed_is_registered() -> None:
    assert set(ALLOWED) <= {model._meta.label_lower for model, _page in REGISTERED}


@pytest.mark.django_db
def test_admin_when_opened_by_officers_then_it_leads_to_its_login(client: Client) -> None:
    client.force_login(people.ha())

    answer = client.get(reverse("admin:index"))

    assert answer.status_code == 302
    assert "/quan-tri/login/" in answer["Location"]
