"""Files with what the portal holds about a person: asked, made, fetched, forgotten."""

import json
import logging
import zipfile
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from ocop_portal.accounts.models import User
from ocop_portal.journal import bell
from ocop_portal.journal import services as journal
from ocop_portal.privacy import holdings, retention
from ocop_portal.privacy.models import DataExport

LASTS = timedelta(days=7)
MAKE = "ocop_portal.privacy.tasks.make_export"
# More rows than this take longer than a second to write: they are written in the background.
AT_ONCE = 2000
MOST_SHOWN = 500  # lines of a table on the readable page; the JSON has them all

log = logging.getLogger(__name__)


@transaction.atomic
def ask(*, by: User, at: datetime) -> DataExport:
    """A file for the person; one that is being made or good is not made twice."""
    User.objects.select_for_update().get(pk=by.pk)
    known = DataExport.objects.filter(person=by, expires_at__gt=at, fault="").first()
    if known is not None and at - known.asked_at < timedelta(hours=1):
        return known
    row = DataExport.objects.create(person=by, asked_at=at, expires_at=at + LASTS)
    journal.record("privacy.export.asked", subject=row, actor=by, at=at)
    if holdings.number_of_rows(by) <= AT_ONCE:
        make(row, at=at)
    else:
        transaction.on_commit(partial(bell.ring, MAKE, row.pk), robust=True)
    return row


def make(row: DataExport, *, at: datetime) -> DataExport:
    """Writes the file of a row that waits; a row that is made or gone is left as it is."""
    with transaction.atomic():
        waiting = DataExport.objects.select_for_update(of=("self",)).select_related("person")
        current = waiting.filter(pk=row.pk, made_at=None, fault="").first()
        if current is None:
            return row
        content = written(current.person, at)
        current.file.save("data.zip", ContentFile(content), save=False)
        current.made_at, current.expires_at = at, at + LASTS
        current.save(update_fields=["file", "made_at", "expires_at"])
    row.refresh_from_db()
    return row


def make_waiting(*, at: datetime) -> int:
    """What a lost message left unmade; a fault is written down and shown, never tried for ever."""
    rows = DataExport.objects.filter(made_at=None, fault="", expires_at__gt=at).order_by("pk")
    for row in rows:
        try:
            make(row, at=at)
        except Exception as error:
            log.exception("data export %s", row.pk)
            DataExport.objects.filter(pk=row.pk).update(fault=type(error).__name__[:200])
    return len(rows)


def written(person: User, at: datetime) -> bytes:
    """The zip: everything as JSON, and a page that can be read, in the person's language."""
    with translation.override(person.language):
        parts = [
            {
                "title": held.title,
                "columns": held.columns,
                "rows": list(held.lines()),
            }
            for held in holdings.holdings_of(person)
        ]
        acts = list(holdings.acts_of(person))
        whole = {"made_at": at, "account": person.pk, "held": parts, "acts": acts}
        page = render_to_string("privacy/export.html", _context(person, parts, acts, at))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        text = json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        package.writestr("du-lieu.json", text)
        package.writestr("doc.html", page)
    return stream.getvalue()


def forget(rows: QuerySet[DataExport]) -> None:
    """The rows and their files; a file goes once its row is surely gone."""
    for row in rows:
        if row.file:
            transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.delete()


def _context(
    person: User, parts: list[dict[str, Any]], acts: list[dict[str, Any]], at: datetime
) -> dict[str, Any]:
    shown = [
        {**part, "rows": part["rows"][:MOST_SHOWN], "more": max(0, len(part["rows"]) - MOST_SHOWN)}
        for part in parts
    ]
    more = max(0, len(acts) - MOST_SHOWN)
    return {
        "person": person,
        "parts": shown,
        "acts": acts[:MOST_SHOWN],
        "more_acts": more,
        "rules": retention.told(),
        "at": at,
    }
