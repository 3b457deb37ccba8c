"""A person's saved filters: kept, renamed, shared, made the default, taken away.

A filter is a tool of its owner and shows nobody anything: whoever uses a shared one sees the rows
of his or her own list. So no journal is kept.
"""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.urls import NoReverseMatch, reverse

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import refused, require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Posting
from registry.selectors import postings_of
from reporting.models import SavedFilter

# What an address says besides the filter.
NOT_FILTERS = ("page", "xuat", "chon", "loc", "bang")
LONGEST, LONGEST_NAME, MOST = 1000, 80, 50
NOT_YOURS = term("Bộ lọc này của người khác.")


def cleaned(query: str) -> str:
    """The filter alone, empty values left out."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in NOT_FILTERS])


@transaction.atomic
def keep(list_name: str, *, name: str, query: str, by: User, at: datetime) -> SavedFilter:
    """The present filter under a name; the same name again takes the place of the older one.

    Refused: no name, an unknown list, a filter or a number of filters beyond measure.
    """
    name, query = _named(name), cleaned(query)
    try:
        reverse(list_name)
    except NoReverseMatch as unknown:
        raise RuleBroken("filter.list", term("Không có danh sách này.")) from unknown
    if len(query) > LONGEST:
        raise RuleBroken("filter.long", term("Bộ lọc này quá dài để lưu."))
    User.objects.select_for_update().get(pk=by.pk)
    mine = SavedFilter.objects.filter(owner=by)
    if mine.count() >= MOST and not mine.filter(list_name=list_name, name=name).exists():
        raise RuleBroken("filter.many", term("Bạn đã lưu %(most)s bộ lọc; hãy xóa bớt."), most=MOST)
    saved, _is_new = SavedFilter.objects.update_or_create(
        owner=by, list_name=list_name, name=name, defaults={"query": query, "made_at": at}
    )
    return saved


@transaction.atomic
def rename(saved: SavedFilter, *, name: str, by: User) -> SavedFilter:
    """Refused: no name, and a name that another filter of the same list has."""
    current = _locked(saved, by)
    name = _named(name)
    twins = SavedFilter.objects.filter(owner=by, list_name=current.list_name, name=name)
    if twins.exclude(pk=current.pk).exists():
        raise RuleBroken(
            "filter.name", term("Danh sách này đã có bộ lọc tên “%(name)s”."), name=name
        )
    current.name = name
    current.save(update_fields=["name"])
    return current


@transaction.atomic
def set_default(saved: SavedFilter, *, on: bool, by: User) -> SavedFilter:
    """The list opens with it; the older default is none any more."""
    current = _locked(saved, by)
    mine = SavedFilter.objects.filter(owner=by, list_name=current.list_name)
    mine.exclude(pk=current.pk).update(is_default=False)
    current.is_default = on
    current.save(update_fields=["is_default"])
    return current


@transaction.atomic
def share(saved: SavedFilter, *, posting_id: int | None, by: User, at: datetime) -> SavedFilter:
    """With everybody who holds the role of one of the person's own postings there; None: nobody."""
    current = _locked(saved, by)
    posting: Posting | None = None
    if posting_id is not None:
        mine = postings_of(by, legal_day(at)).filter(unit__isnull=False)
        posting = mine.filter(pk=posting_id).first()
        if posting is None:
            raise RuleBroken("filter.office", term("Bạn không giữ vai trò này ở đơn vị này."))
    current.unit = posting.unit if posting else None
    current.role = posting.role if posting else ""
    current.save(update_fields=["unit", "role"])
    return current


@transaction.atomic
def delete(saved: SavedFilter, *, by: User) -> None:
    """Gone already: no change."""
    if saved.owner_id != by.pk:
        require(refused(NOT_YOURS))
    SavedFilter.objects.filter(pk=saved.pk).delete()


def _named(name: str) -> str:
    name = nfc(name).strip()
    if not name:
        raise RuleBroken("filter.name", term("Hãy đặt tên cho bộ lọc."))
    if len(name) > LONGEST_NAME:
        raise RuleBroken(
            "filter.name", term("Tên bộ lọc dài nhất %(most)s chữ."), most=LONGEST_NAME
        )
    return name


def _locked(saved: SavedFilter, by: User) -> SavedFilter:
    if saved.owner_id != by.pk:
        require(refused(NOT_YOURS))
    return SavedFilter.objects.select_for_update().get(pk=saved.pk)
