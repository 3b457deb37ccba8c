"""No member learns of another's sheet before all are in: words, sizes, errors, queries."""

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.models import AgendaItem, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sheets import visible_sheets
from scoring.services import declarations, opinions, sheets, statements
from scoring.services.opinions import Said
from tests.conftest import LogIn
from tests.factories import scoring as make
from tests.portal.addresses import PUBLIC, addresses, path_of, put_away
from tests.scoring.services.test_opinions import adviser_of

pytestmark = pytest.mark.django_db

# What is another one at every request.
DRAWN = r'csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|X-CSRFToken[^}]+}'
SECRET = "Hương khói lạ số 4471"


@pytest.fixture
def held() -> make.Room:
    dossier = make.accepted_dossier(regime="2019")
    room = make.room_for(dossier)
    make.opened(room, make.called(room, dossier))
    return room


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def planted(item: AgendaItem, member: Any, total: int, *, comment: str = SECRET) -> Sheet:
    choices = make.choices_of_total(rubric_of(item.edition), total)
    return sheets.submit(item, choices=choices, comment=comment, by=member.user, at=make.MEETING)


def body(browser: Client, path: str, **query: str) -> str:
    """A page without what is another one at every request."""
    answer = browser.get(path, query)
    content = b"".join(answer) if answer.streaming else answer.content
    put_away(answer)
    return re.sub(DRAWN, "", content.decode(errors="replace"))


def pages(item: AgendaItem) -> list[str]:
    """Every page of the item, its session and its council, and every page without an argument."""
    things = {
        "muc/<int:pk>": item.pk,
        "phien/<int:pk>": item.session_id,
        "hoi-dong/<int:pk>": item.session.council_id,
    }
    found = []
    for address in addresses():
        if not address.arguments and address.name not in PUBLIC:
            found.append(path_of(address))
        for words, pk in things.items():
            if address.name.startswith("scoring:") and f"/{words}" in f"/{address.route}":
                found.append(path_of(address, {"pk": pk}))
    return found


def test_no_page_and_no_search_tells_what_was_planted_in_sheet_opinion_and_statement(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    first, *_others, last = held.voters
    planted(item, first, 83)
    adviser = adviser_of(held)
    declarations.declare(item, has_conflict=False, by=adviser.user, at=make.MEETING)
    criterion = rubric_of(item.edition).criteria[0].code
    opinions.save(item, Said({}, {criterion: SECRET}), by=adviser.user, at=make.MEETING)
    statements.state(
        tax_code="", phone="", communes="", employers=SECRET, by=first.user, at=make.MEETING
    )
    with time_machine.travel(make.MEETING, tick=False):
        own = body(log_in(first.user), Sheet.objects.get().get_absolute_url())
        stated = body(log_in(first.user), reverse("scoring:interests"))
        advice = body(log_in(adviser.user), reverse("scoring:opinion", args=[item.pk]))
        readers = [log_in(person.user) for person in (last, held.secretary)]
        told = [
            path
            for path in pages(item)
            for browser in readers
            for query in ({}, {"q": "Hương khói"})
            if "4471" in body(browser, path, **query)
        ]

    for text in (own, stated, advice):
        assert SECRET in text  # it exists, and who wrote it reads it
    assert told == []


def test_size_order_and_words_of_a_page_are_the_same_whatever_another_sheet_says(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    first, last = held.voters[0], held.voters[-1]
    watched = [
        item.get_absolute_url(),
        reverse("scoring:item-board", args=[item.pk]),
        reverse("scoring:session-board", args=[item.session_id]),
        reverse("scoring:sheet-edit", args=[item.pk]),
        item.session.get_absolute_url(),
    ]
    seen = []
    with time_machine.travel(make.MEETING, tick=False):
        for total, comment in ((41, ""), (97, SECRET * 50)):
            sheet = planted(item, first, total, comment=comment)
            browser = log_in(last.user)
            seen.append([body(browser, path) for path in watched])
            sheets.reopen(sheet, reason="Thử", by=held.chair.user, at=make.MEETING)
            sheet.reopenings.all().delete()

    assert seen[0] == seen[1]


def test_a_hidden_sheet_and_one_that_does_not_exist_answer_alike(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    handed_in = planted(item, held.voters[0], 83)
    draft = sheets.save(item, choices={}, comment=SECRET, by=held.voters[1].user, at=make.MEETING)
    names = ("scoring:sheet-detail", "scoring:sheet-pdf")
    answers, queries = set(), set()
    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.voters[-1].user)
        browser.get(handed_in.get_absolute_url())
        for pk in (handed_in.pk, draft.pk, 987_654):
            for name in names:
                path = reverse(name, args=[pk])
                with CaptureQueriesContext(connection) as asked:
                    answer = browser.get(path)
                    text = re.sub(DRAWN, "", answer.content.decode()).replace(path, "")
                answers.add((answer.status_code, text))
                queries.add((name, len(asked)))

    assert [status for status, _text in answers] == [404] * len(answers)
    assert len(answers) == 1
    assert len(queries) == len(names)


def test_only_ones_own_sheet_is_in_reach_of_any_filter_before_all_are_in(
    held: make.Room, item: AgendaItem
) -> None:
    for member in held.voters[:-1]:
        planted(item, member, 83)
    last = held.voters[-1]
    on = make.MEETING.date()

    before = visible_sheets(last.user, on)
    assert list(before) == []
    assert before.filter(total=83).count() == 0
    assert before.order_by("total").first() is None
    assert list(visible_sheets(held.chair.user, on)) == [Sheet.objects.get(member=held.chair)]

    planted(item, last, 85)

    assert visible_sheets(last.user, on).count() == 4


def test_the_page_of_a_sheet_asks_as_often_for_a_full_sheet_as_for_an_empty_one(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    page = reverse("scoring:sheet-edit", args=[item.pk])
    by = held.voters[-1].user
    counts = []
    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(by)
        browser.get(page)
        for total in (None, 60, 90):
            if total is not None:
                choices = make.choices_of_total(rubric_of(item.edition), total)
                sheets.save(item, choices=choices, by=by, at=make.MEETING)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(page).status_code == 200
            counts.append(len(asked))

    assert counts == [20, 21, 21]  # the marks are one query more
