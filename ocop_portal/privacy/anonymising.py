"""Forgets: what is past its time, and who a person was.

The retention table says what is done with each model, so this one module does it for all of them;
it is the portal's only writer beside the services, and the journal keeps how many rows it changed.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import EmailField, Field, JSONField, Model, Q, QuerySet, URLField

from ocop_portal.accounts import services as accounts
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from ocop_portal.privacy import exports, requests, retention
from ocop_portal.privacy.models import DataExport, DataRequest, RequestState
from ocop_portal.privacy.retention import Rule

CHUNK = 500
ACCOUNTS = "accounts.User"
EXPORTS = "privacy.DataExport"
NOWHERE = "an-danh.invalid"
FORGOTTEN = "ẩn danh"  # with the row's number, where something must stand
LONGEST_NEEDLE_LEFT_ALONE = 3  # a name of three letters would be found inside other words

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """How many rows of a model were past their time."""

    label: str
    rows: int


def run(*, at: datetime, dry_run: bool = False) -> list[Done]:
    """Does what is due tonight: approved deletions, then every rule with a time. Repeatable.

    With `dry_run` it counts and changes nothing. A person whose deletion is refused by a rule now
    (a duty taken up since) is left, and the request waits for its administrator again.
    """
    done = [Done("privacy.DataRequest", _approved(at, dry_run=dry_run))]
    for rule in retention.rules():
        rows = past_time(rule, at)
        if rows is None:
            continue
        number = rows.count() if dry_run else _forget_rows(rule, rows, at)
        if number:
            done.append(Done(rule.label, number))
    return [each for each in done if each.rows]


def past_time(rule: Rule, at: datetime) -> QuerySet[Any] | None:
    """The rows of a rule whose time is over and that still say something; None without a time."""
    if rule.days is None:
        return None
    edge = at - timedelta(days=rule.days)
    rows = rule.model._default_manager.filter(**{f"{rule.clock}__lt": edge}).order_by("pk")
    if rule.label == ACCOUNTS:
        return rows.filter(anonymised_at=None)
    return rows if rule.deletes else rows.filter(_says_something(rule))


@transaction.atomic
def anonymise(person: User, *, at: datetime) -> None:
    """Forgets who a person was: the account, what is the person's alone, the name in sentences.

    Postings, acts and journal stay with the number of the account, under no name.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at is not None:
        return
    needles = [person.full_name, person.email, person.phone]
    for rule in retention.rules():
        rows = _rows_of(rule, person)
        if rows is not None:
            _change(rule, rows)
        _scrub(rule, needles)
    accounts.anonymise(person, at=at)
    journal.record("accounts.user.anonymised", subject=person, actor=None, at=at)


def _approved(at: datetime, *, dry_run: bool) -> int:
    waiting = DataRequest.objects.filter(kind="deletion", state=RequestState.APPROVED)
    if dry_run:
        return waiting.count()
    number = 0
    for row in waiting.select_related("person").order_by("pk"):
        with transaction.atomic():
            if requests.still_possible(row, at=at):
                anonymise(row.person, at=at)
                requests.finish(row, at=at)
                number += 1
    return number


def _forget_rows(rule: Rule, rows: QuerySet[Any], at: datetime) -> int:
    """One rule's rows, a chunk in a transaction, so that the night's work holds no lock long."""
    if rule.label == ACCOUNTS:
        people = list(rows)
        for person in people:
            anonymise(person, at=at)
        return len(people)
    number = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            _change(rule, rule.model._default_manager.filter(pk__in=keys))
        number += len(keys)
    log.info("anonymise: %s, %s rows", rule.label, number)
    return number


def _rows_of(rule: Rule, person: User) -> QuerySet[Any] | None:
    """The rows that are the person's own: by the account, or by the mail address."""
    mine = Q(pk__in=[])
    if rule.whose:
        mine |= Q(**{rule.whose: person})
    if rule.address:
        mine |= Q(**{f"{rule.address}__iexact": person.email})
    return rule.model._default_manager.filter(mine) if rule.whose or rule.address else None


def _change(rule: Rule, rows: QuerySet[Any]) -> None:
    if rule.label == EXPORTS:
        exports.forget(DataExport.objects.filter(pk__in=rows.values("pk")))
    elif rule.deletes:
        rows.delete()
    else:
        for chunk in _chunks(rows):
            _blank(rule, chunk)


def _blank(rule: Rule, rows: list[Model]) -> None:
    fields = [_field(rule, name) for name in rule.erased]
    for row in rows:
        for field in fields:
            setattr(row, field.name, blank_of(field, row.pk))
    rule.model._default_manager.bulk_update(rows, rule.erased)


def blank_of(field: "Field[Any, Any]", key: object) -> object:
    """What stands in a field that is forgotten: nothing, or where something must, no name."""
    if isinstance(field, JSONField):
        return None if field.null else {}
    if field.blank:
        return ""
    if isinstance(field, EmailField):
        return f"an-danh-{key}@{NOWHERE}"
    if isinstance(field, URLField):
        return f"https://{NOWHERE}/{key}"
    return f"{FORGOTTEN} {key}"


def _scrub(rule: Rule, needles: Iterable[str]) -> None:
    """Takes the person's name, address and number out of sentences written by the portal."""
    for needle in needles:
        if len(needle) <= LONGEST_NEEDLE_LEFT_ALONE:
            continue
        for name in rule.scrubbed:
            rows = rule.model._default_manager.filter(**{f"{name}__contains": needle})
            for chunk in _chunks(rows):
                for row in chunk:
                    limit = _field(rule, name).max_length
                    text = getattr(row, name).replace(needle, accounts.FORGOTTEN)
                    setattr(row, name, text[:limit])
                rule.model._default_manager.bulk_update(chunk, [name])


def _says_something(rule: Rule) -> Q:
    """Rows with an erased field that does not stand as it would after being forgotten."""
    told = Q(pk__in=[])
    for name in rule.erased:
        field = _field(rule, name)
        if isinstance(field, JSONField):
            continue
        if field.blank:
            told |= ~Q(**{name: ""})
        else:
            mark = NOWHERE if isinstance(field, EmailField | URLField) else FORGOTTEN
            told |= ~Q(**{f"{name}__contains": mark})
    return told


def _chunks(rows: QuerySet[Any]) -> Iterable[list[Model]]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield list(rows.model._default_manager.filter(pk__in=keys[start : start + CHUNK]))


def _field(rule: Rule, name: str) -> "Field[Any, Any]":
    found: Field[Any, Any] = rule.model._meta.get_field(name)  # type: ignore[assignment] # a column
    return found
