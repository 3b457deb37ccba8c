"""What the portal holds about one person, read through the retention table.

Every model with a field that points to people is looked at, so that a new one cannot be left out:
rows that are the person's own come with their content, acts in office with number and dates only,
since their content belongs to the file that they are part of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import DateField, Field, Model, Q, QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds
from ocop_portal.journal.models import Entry
from ocop_portal.privacy import retention
from ocop_portal.privacy.retention import Rule

OWN_RULE = Rule("")


@dataclass(frozen=True)
class Holding:
    """Rows of one model that concern the person by one field."""

    title: str
    columns: tuple[str, ...]
    rows: QuerySet[Any]

    def lines(self) -> Iterator[list[Any]]:
        yield from (list(row) for row in self.rows.values_list(*self.columns).iterator())


def holdings_of(person: User) -> list[Holding]:
    """Everything, the account first; models without a row are left out."""
    found = [_holding(User, "pk", Q(pk=person.pk), own=True)]
    for model in apps.get_models():
        rule = retention.rule_of(model) or OWN_RULE
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                mine = Q(**{field.name: person})
                own = field.name == rule.whose
                found.append(_holding(model, str(field.verbose_name), mine, own=own))
        if rule.address and model is not User:
            mine = Q(**{f"{rule.address}__iexact": person.email})
            found.append(_holding(model, rule.address, mine, own=True))
    return [each for each in found if each.rows.exists()]


def number_of_rows(person: User) -> int:
    """How much there is to write: decides whether the person waits for the page."""
    return sum(holding.rows.count() for holding in holdings_of(person))


def acts_of(person: User) -> Iterator[dict[str, Any]]:
    """What the journal says that the person did."""
    rows = Entry.objects.filter(actor=person).order_by("-at", "-pk")
    for at, kind, sort, key in rows.values_list(
        "at", "kind", "subject_type", "subject_id"
    ).iterator():
        yield {"at": at, "what": kinds.title_of(kind), "about": f"{sort}:{key}"}


def _holding(model: type[Model], by: str, mine: Q, *, own: bool) -> Holding:
    rule = retention.rule_of(model) or OWN_RULE
    columns = [
        each.attname for each in model._meta.concrete_fields if _is_told(each, rule, own=own)
    ]
    title = rule.shown_what if own else str(model._meta.verbose_name)
    rows = model._default_manager.filter(mine).order_by("pk")
    return Holding(f"{title} ({model._meta.label}, {by})", tuple(columns), rows)


def _is_told(field: "Field[Any, Any]", rule: Rule, *, own: bool) -> bool:
    if field.primary_key and field.name not in rule.secret:
        return True
    return field.name not in rule.secret and (own or isinstance(field, DateField))
