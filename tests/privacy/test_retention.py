"""The table of what is kept: nothing of any model is left out, nothing in it is gone."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

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
    ("day", "hours"), [("2023-07-01", 72), ("2025-12-31", 72), ("2026-01-01", 72)]
)
def test_a_request_of_any_day_has_its_legal_time(day: str, hours: int) -> None:
    from datetime import date  # noqa: PLC0415 - of this test alone

    assert retention.period_on(date.fromisoformat(day)).hours == hours


def test_the_note_says_the_same_in_english(client: Any, db: None) -> None:
    client.post("/ngon-ngu/", {"language": "en"})

    page = client.get("/rieng-tu/").content.decode()

    assert "Buyers' enquiries" in page.replace("&#x27;", "'")
