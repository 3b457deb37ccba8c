"""Offices write news, publish it and take it back."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain import news as rules
from promotion.models import NewsFile, NewsItem
from promotion.permissions import may_write_news
from promotion.services import kept_pages
from registry.domain.clock import legal_day
from registry.domain.documents import safe_name
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.services import uploads


@transaction.atomic
def write(
    unit: Unit,
    *,
    title_vi: str,
    body_vi: str,
    title_en: str = "",
    body_en: str = "",
    by: User,
    at: datetime,
) -> NewsItem:
    """A draft in the name of an office; nobody else sees it before it is published."""
    require(may_write_news(by, unit, on=legal_day(at)))
    texts = _checked(title_vi, body_vi, title_en, body_en)
    item = NewsItem.objects.create(unit=unit, author=by, created_at=at, revised_at=at, **texts)
    _tell("written", item, by=by, at=at)
    return item


@transaction.atomic
def revise(
    item: NewsItem,
    *,
    title_vi: str,
    body_vi: str,
    title_en: str = "",
    body_en: str = "",
    version: int,
    by: User,
    at: datetime,
) -> NewsItem:
    """Writes it anew; refused when it was saved by somebody else since `version` was read."""
    current = _locked(item, by, at)
    rules.check_version(current.version, version)
    for name, value in _checked(title_vi, body_vi, title_en, body_en).items():
        setattr(current, name, value)
    current.version, current.revised_at = current.version + 1, at
    current.save()
    _tell("revised", current, by=by, at=at)
    return current


@transaction.atomic
def publish(item: NewsItem, *, by: User, at: datetime) -> NewsItem:
    """Shows it to everybody; again after a withdrawal. Published already: no change."""
    current = _locked(item, by, at)
    if current.is_public:
        return current
    current.published_at, current.withdrawn_at, current.reason = at, None, ""
    current.save(update_fields=["published_at", "withdrawn_at", "reason"])
    _tell("published", current, by=by, at=at)
    return current


@transaction.atomic
def withdraw(item: NewsItem, *, reason: str, by: User, at: datetime) -> NewsItem:
    """Takes it from the public, with a reason for those who ask. Not public: no change."""
    current = _locked(item, by, at)
    if not current.is_public:
        return current
    reason = nfc(reason).strip()
    if not reason:
        raise RuleBroken("news.reason", term("Hãy ghi lý do gỡ tin."), field="reason")
    current.withdrawn_at, current.reason = at, reason
    current.save(update_fields=["withdrawn_at", "reason"])
    _tell("withdrawn", current, by=by, at=at, reason=reason)
    return current


def attach(item: NewsItem, *, title: str, file: "File[Any]", by: User, at: datetime) -> NewsFile:
    """A file for everybody who reads it. Refused as a paper is (see `uploads.inspect`).

    The file is written before the transaction and removed if it fails.
    """
    require(may_write_news(by, item.unit, on=legal_day(at)))
    title = nfc(title).strip()
    if not title:
        raise RuleBroken("news.file_title", term("Hãy ghi tên tài liệu."), field="title")
    found = uploads.inspect(file, at=at)
    row = NewsFile(
        item=item,
        title=title,
        original_name=safe_name(file.name or "", found.kind),
        content_type=found.kind.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    row.file.save(f"tin.{found.kind.value}", file, save=False)
    try:
        return _keep(row, by, at)
    except Exception:
        row.file.delete(save=False)
        raise


@transaction.atomic
def detach(row: NewsFile, *, by: User, at: datetime) -> None:
    """Takes a file away; its content goes once the change is really made."""
    item = _locked(row.item, by, at)
    name, storage = row.file.name, row.file.storage
    _tell("detached", item, by=by, at=at, file=row.pk, title=row.title)
    row.delete()
    transaction.on_commit(lambda: storage.delete(str(name)))


@transaction.atomic
def _keep(row: NewsFile, by: User, at: datetime) -> NewsFile:
    item = _locked(row.item, by, at)
    rules.check_room(item.files.count())
    row.save(force_insert=True)
    _tell("attached", item, by=by, at=at, file=row.pk)
    return row


def _locked(item: NewsItem, by: User, at: datetime) -> NewsItem:
    rows = NewsItem.objects.select_for_update(of=("self",)).select_related("unit")
    current = rows.get(pk=item.pk)
    require(may_write_news(by, current.unit, on=legal_day(at)))
    return current


def _checked(title_vi: str, body_vi: str, title_en: str, body_en: str) -> dict[str, str]:
    texts = {
        "title_vi": nfc(title_vi).strip(),
        "body_vi": nfc(body_vi).strip(),
        "title_en": nfc(title_en).strip(),
        "body_en": nfc(body_en).strip(),
    }
    rules.check_text(texts["title_vi"], texts["body_vi"])
    rules.check_english(texts["title_en"], texts["body_en"])
    return texts


def _tell(word: str, item: NewsItem, *, by: User, at: datetime, **facts: Any) -> None:
    kept_pages.forget_faces()
    record(
        f"promotion.news.{word}",
        subject=item,
        actor=by,
        at=at,
        facts={"news": item.pk, "unit": item.unit_id, **facts},
    )
