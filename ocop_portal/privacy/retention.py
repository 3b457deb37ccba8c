"""The table of what is kept, how long and why; and the legal times for answering a person."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, GenericIPAddressField, JSONField, Model, TextField
from django.utils import timezone
from django.utils.translation import get_language, gettext

DATA = Path(__file__).parent / "data"
DELETE = "delete"
SATURDAY = 5  # as `weekday` counts
LAST_MINUTE = time(23, 59)
TEXT_FIELDS = (CharField, TextField, JSONField, GenericIPAddressField)


@dataclass(frozen=True)
class Rule:
    """What is done with the rows of one model, as `data/retention.toml` says."""

    label: str
    plain: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    scrubbed: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    whose: str = ""
    address: str = ""
    deletes: bool = False
    clock: str = ""
    days: int | None = None
    what: str = ""
    what_en: str = ""
    why: str = ""
    why_en: str = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def is_personal(self) -> bool:
        """Whether the rule says anything about people, and so to them."""
        return bool(self.why)

    @property
    def shown_what(self) -> str:
        return self.what_en if _is_english() else self.what

    @property
    def shown_why(self) -> str:
        return self.why_en if _is_english() else self.why


@dataclass(frozen=True)
class Period:
    """From a day on, a request is answered within so many hours, or so many working days."""

    valid_from: date
    basis: str
    hours: int = 0
    working_days: int = 0

    @property
    def shown(self) -> str:
        """The time in words."""
        if self.working_days:
            return gettext("%(count)s ngày làm việc") % {"count": self.working_days}
        return gettext("%(count)s giờ") % {"count": self.hours}

    def end(self, asked_at: datetime) -> datetime:
        """The last moment for an answer."""
        if not self.working_days:
            return asked_at + timedelta(hours=self.hours)
        day, left = timezone.localdate(asked_at), self.working_days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return timezone.make_aware(datetime.combine(day, LAST_MINUTE))


@cache
def rules() -> tuple[Rule, ...]:
    """Every model of the table, in its order."""
    table = tomllib.loads((DATA / "retention.toml").read_text(encoding="utf-8"))
    return tuple(
        _rule(f"{app}.{name}", facts)
        for app, models in table.items()
        for name, facts in models.items()
    )


def told() -> list[Rule]:
    """The rules as people read them: models kept alike, for one reason, are told once."""
    found: dict[tuple[str, str, int | None], Rule] = {}
    for rule in rules():
        if rule.is_personal:
            found.setdefault((rule.what, rule.why, rule.days), rule)
    return list(found.values())


def rule_of(model: type[Model]) -> Rule | None:
    """The rule of a model; None where it has no text and no person."""
    return next((rule for rule in rules() if rule.label == model._meta.label), None)


def text_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields in which something about a person could stand: free texts and structures."""
    fields = model._meta.concrete_fields
    return [each for each in fields if isinstance(each, TEXT_FIELDS) and not each.choices]


@cache
def periods() -> tuple[Period, ...]:
    """The legal times, the newest first."""
    table = tomllib.loads((DATA / "periods.toml").read_text(encoding="utf-8"))
    found = [Period(**facts) for facts in table["period"]]
    return tuple(sorted(found, key=lambda each: each.valid_from, reverse=True))


def period_on(day: date) -> Period:
    """The legal time for a request of this day."""
    return next(each for each in periods() if each.valid_from <= day)


def due_at(asked_at: datetime, day: date) -> datetime:
    """Until when a request is answered."""
    return period_on(day).end(asked_at)


def _rule(label: str, facts: dict[str, Any]) -> Rule:
    given: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in facts.items()
    }
    return Rule(label, deletes=given.pop("then", "") == DELETE, **given)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
