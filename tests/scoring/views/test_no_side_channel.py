"""A sheet that is in, while another is missing, changes nothing that anybody else can see (H10).

The same pages are read in two worlds that differ only in what stands in the hidden sheet: its
total, its options, its remark. Every answer must be the same to the last byte, with the same
number of queries: then neither words, order, counts and sizes nor the work behind them tell.
"""

import re

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop_portal.accounts.models import User
from scoring.models import AgendaItem, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.services import sheets
from tests.conftest import LogIn
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db
SECRET = "Nhận xét bí mật số 7731"
# What is drawn by lot for every reading of the same page: tokens, and the key of a sending.
TOKEN = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}'
)
LISTS = ("desk", "scoring:council-list", "journal:notice-list", "cycle:dossier-list")
PAGES = ("item-detail", "item-board", "sheet-edit")
ROOMS = (
    "session-detail",
    "session-board",
    "session-projection",
    "session-minutes",
    "session-minutes-pdf",
)


def addresses(item: AgendaItem) -> list[str]:
    return [
        *(reverse(f"scoring:{name}", args=[item.pk]) for name in PAGES),
        *(reverse(f"scoring:{name}", args=[item.session_id]) for name in ROOMS),
        *(reverse(name) for name in LISTS),
        f"{reverse('scoring:council-list')}?q=7731",
        item.dossier.get_absolute_url(),
    ]


def seen(log_in: LogIn, reader: User, paths: list[str]) -> list[tuple[str, int, int, bytes]]:
    """Path, status, queries and body of every page, as this reader gets them."""
    browser = log_in(reader)
    found = []
    for path in paths:
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path)
        body = TOKEN.sub("", answer.content.decode("latin-1")).encode()
        found.append((path, answer.status_code, len(asked), body))
    return found


def test_what_stands_in_a_hidden_sheet_changes_no_byte_and_no_query(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=3)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    writer = held.members[0]
    readers = [held.chair.user, held.members[1].user, held.secretary.user, held.officer]
    worlds = []

    with time_machine.travel(make.MEETING, tick=False):
        for total, remark in ((31, ""), (97, SECRET)):
            mark = transaction.savepoint()
            sheets.submit(
                item,
                choices=make.choices_of_total(rubric_of(item.edition), total),
                comment=remark,
                by=writer.user,
                at=make.MEETING,
            )
            assert Sheet.objects.get().total == total
            worlds.append([seen(log_in, reader, addresses(item)) for reader in readers])
            transaction.savepoint_rollback(mark)

    low, high = worlds
    for one, other in zip(low, high, strict=True):
        assert [page[:3] for page in one] == [page[:3] for page in other]
        assert [len(page[3]) for page in one] == [len(page[3]) for page in other]
        assert [page[3] for page in one] == [page[3] for page in other]
    assert {page[1] for reader in low[:3] for page in reader} <= {200, 302, 403}
