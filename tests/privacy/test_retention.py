"""The table of what is kept: nothing of any model is left out, nothing in it is gone."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.privacy import retention
from ocop_portal.privacy.retention import Rule

MODELS = apps.get_models(include_auto_created=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_text_field_of_every_model_has_its_place(model: type[Model]) -> None:
    rule = retention.rule_of(model) or Rule(model._meta.label)
    fields = {field.name for field in retention.text_fields(model)}
    groups = [rule.plain, rule.kept, rule.erased, rule.scrubbed]
    named = [name for group in groups for name in group]
    only_secret = set(rule.secret) - set(named)

    assert fields - set(named) - only_secret == set()
    assert set(named) | set(rule.secret) <= fields
    assert len(named) == len(set(named))


@pytest.mark.parametrize("rule", retention.rules(), ids=lambda rule: rule.label)
def test_a_rule_about_people_says_what_why_and_by_which_clock(rule: Rule) -> None:
    names = {field.name for field in rule.model._meta.concrete_fields}
    holds_people = bool(rule.kept or rule.erased or rule.scrubbed or rule.deletes)

    assert holds_people == rule.is_personal
    if rule.is_personal:
        assert all((rule.what, rule.what_en, rule.why, rule.why_en))
    assert (rule.days is None) == (rule.clock == "")
    assert {rule.whose, rule.address, rule.clock} - {""} <= names
    if rule.whose:
        assert rule.model._meta.get_field(rule.whose).related_model is User


def test_whoever_forgets_has_a_way_to_find_the_rows() -> None:
    lost = [
        rule.label
        for rule in retention.rules()
        if (rule.erased or rule.deletes) and not (rule.whose or rule.address or rule.clock)
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2023-07-01T10:00", "2023-07-04T10:00"),  # 72 hours, whatever days they are
        ("2025-12-31T23:59", "2026-01-03T23:59"),
        ("2026-01-01T00:00", "2026-01-05T23:59"),  # a Thursday: Friday, Monday
        ("2026-11-23T08:00", "2026-11-25T23:59"),  # a Monday
        ("2026-11-27T17:00", "2026-12-01T23:59"),  # a Friday
        ("2026-11-28T09:00", "2026-12-01T23:59"),  # a Saturday
        ("2026-11-29T09:00", "2026-12-01T23:59"),  # a Sunday
    ],
)
def test_a_request_of_any_day_has_its_legal_time(asked: str, due: str) -> None:
    at = timezone.make_aware(datetime.fromisoformat(asked))

    end = retention.due_at(at, timezone.localdate(at))

    assert f"{timezone.localtime(end):%Y-%m-%dT%H:%M}" == due


def test_the_legal_time_stands_in_the_note_in_words(client: Any, db: None) -> None:
    with time_machine.travel(datetime(2025, 6, 1, 3, tzinfo=UTC)):
        assert "trả lời trong 72 giờ." in client.get("/rieng-tu/").content.decode()
    with time_machine.travel(datetime(2026, 6, 1, 3, tzinfo=UTC)):
        assert "trả lời trong 2 ngày làm việc." in client.get("/rieng-tu/").content.decode()


def test_the_note_says_the_same_in_english(client: Any, db: None) -> None:
    client.post("/ngon-ngu/", {"language": "en"})

    page = client.get("/rieng-tu/").content.decode()

    assert "Buyers' enquiries" in page.replace("&#x27;", "'")
