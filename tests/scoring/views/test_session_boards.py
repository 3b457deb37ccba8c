"""The board of a session and its projection: live, honest, and silent about sheets of persons."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from scoring.models import AgendaItem, Session, Sheet
from scoring.services import agenda, attendance, declarations, ratings, sessions, sheets
from tests.conftest import LogIn
from tests.factories import registry
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db
BACKGROUND = {"X-Background": "1", "HX-Request": "true"}
NUMBER = re.compile(r"(?<!\d)\d+(?:,\d+)?(?!\d)")


def being_scored(**facts: object) -> tuple[AgendaItem, make.Room]:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, **facts)
    return make.item_of(make.opened(held, make.called(held, dossier))), held


def seen_by(browser: Client, name: str, item: AgendaItem) -> str:
    answer = browser.get(reverse(f"scoring:{name}", args=[item.session_id]))
    assert answer.status_code == 200
    return str(strip_tags(answer.content.decode()))


def test_the_board_shows_progress_at_once_and_figures_only_when_all_are_in(log_in: LogIn) -> None:
    item, held = being_scored(members=3)
    for member, total in zip(held.voters[:-1], (61, 67, 69), strict=True):
        make.submitted(item, member, total)

    with time_machine.travel(make.MEETING, tick=False):
        chair = log_in(held.chair.user)
        before = seen_by(chair, "session-board", item)
        make.submitted(item, held.voters[-1], 71)
        after = seen_by(chair, "session-board", item)

    assert "3/4" in before
    assert {"61", "67", "69"} & set(NUMBER.findall(before)) == set()
    assert "4/4" in after
    assert {"67", "68", "61", "71", "10"} <= set(NUMBER.findall(after))


def test_the_projection_shows_mean_and_spread_and_no_sheet_of_anybody(log_in: LogIn) -> None:
    item, held = being_scored(members=2)
    make.scored(item, held.voters, [83, 88, 92])

    with time_machine.travel(make.MEETING, tick=False):
        shown = seen_by(log_in(held.secretary.user), "session-projection", item)

    assert {"87,66", "9"} <= set(NUMBER.findall(shown))
    assert {"83", "88", "92"} & set(NUMBER.findall(shown)) == set()
    assert [member.user.full_name for member in held.voters if str(member.user) in shown] == []


@pytest.mark.parametrize("name", ["session-board", "session-projection"])
def test_a_page_that_shows_all_there_is_gets_nothing_until_something_changes(
    log_in: LogIn, name: str
) -> None:
    item, held = being_scored(members=2)
    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.chair.user)
        page = browser.get(reverse(f"scoring:{name}", args=[item.session_id])).content.decode()
        asked = re.search(r'hx-get="([^"]+)"', page)
        assert asked is not None
        same = browser.get(asked[1], headers=BACKGROUND)
        make.submitted(item, held.members[0], 70)
        changed = browser.get(asked[1], headers=BACKGROUND)

    assert (same.status_code, same.content) == (204, b"")
    assert changed.status_code == 200
    assert "1/3" in strip_tags(changed.content.decode())


def test_asking_again_is_no_activity(log_in: LogIn) -> None:
    item, held = being_scored(members=2)
    address = reverse("scoring:session-board-live", args=[item.session_id])
    with time_machine.travel(make.MEETING, tick=False) as clock:
        browser = log_in(held.chair.user)
        browser.get(reverse("scoring:session-board", args=[item.session_id]))
        seen = browser.session["last_seen"]
        clock.shift(600)
        assert browser.get(address, headers=BACKGROUND).status_code == 200
        unmoved = browser.session["last_seen"]
        browser.get(reverse("scoring:session-board", args=[item.session_id]))
        moved = browser.session["last_seen"]

    assert (unmoved, moved - seen) == (seen, 600)


def test_who_is_in_is_told_to_the_keepers_alone(log_in: LogIn) -> None:
    item, held = being_scored(members=2)
    make.submitted(item, held.members[0], 70)
    with time_machine.travel(make.MEETING, tick=False):
        pages = {
            member.seat: [
                seen_by(log_in(member.user), "session-board", item),
                strip_tags(log_in(member.user).get(item.get_absolute_url()).content.decode()),
            ]
            for member in (held.chair, held.secretary, held.members[1])
        }

    assert [bool(re.search(r"đã nộp\s\d", text)) for text in pages["chair"]] == [True, True]
    assert [bool(re.search(r"đã nộp\s\d", text)) for text in pages["secretary"]] == [True, True]
    assert [bool(re.search(r"đã nộp\s\d", text)) for text in pages["member"]] == [False, False]


def test_a_member_who_has_not_declared_finds_only_the_title_on_the_board(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=4)
    session = make.called(held, dossier)
    item = make.item_of(session)
    late = held.members[0]
    for member in held.everybody:
        if member != late:
            declarations.declare(item, has_conflict=False, by=member.user, at=make.NOW)
    sessions.open_session(session, by=held.secretary.user, at=make.MEETING)
    for member in held.everybody:
        attendance.mark_present(session, member, by=held.secretary.user, at=make.MEETING)
    make.submitted(item, held.chair, 70)
    subject = dossier.enrolment.product.subject.name

    with time_machine.travel(make.MEETING, tick=False):
        told = {
            name: [seen_by(log_in(who.user), name, item) for who in (held.chair, late)]
            for name in ("session-board", "session-projection")
        }

    for free, shut in told.values():
        assert subject in free
        assert "1/" in free
        assert subject not in shut
        assert dossier.enrolment.product.name in shut
        assert "phiếu" not in shut.partition("Chương trình họp")[2].partition("Đang xét")[0]


def test_strangers_find_no_board_and_offices_are_told_that_it_is_the_councils(
    log_in: LogIn,
) -> None:
    item, held = being_scored(members=2)
    names = ("session-board", "session-board-live", "session-projection")
    stranger = registry.person("Lạ")

    with time_machine.travel(make.MEETING, tick=False):
        for name in names:
            address = reverse(f"scoring:{name}", args=[item.session_id])
            assert log_in(stranger).get(address).status_code == 404
            assert log_in(held.officer).get(address).status_code == 403


def test_the_secretary_takes_a_product_up_and_the_board_turns_to_it(log_in: LogIn) -> None:
    first = make.accepted_dossier(regime="2019")
    held = make.room_for(first, members=2)
    second = make.accepted_dossier(regime="2019")
    session = make.opened(held, make.called(held, first, second))
    items = list(session.items.order_by("order"))
    name = second.enrolment.product.name

    with time_machine.travel(make.MEETING, tick=False):
        secretary, member = log_in(held.secretary.user), log_in(held.members[0].user)
        address = reverse("scoring:item-take-up", args=[items[1].pk])
        refused = member.post(address)
        answer = secretary.post(address)
        again = secretary.post(address)
        page = member.get(reverse("scoring:session-board", args=[session.pk])).content.decode()

    assert refused.status_code == 403
    assert answer.status_code == again.status_code == 302
    assert Session.objects.get().current_id == items[1].pk
    assert Entry.objects.filter(kind="scoring.item.taken_up").count() == 1
    assert name in re.split(r'id="dang-xet"', page)[1][:200]


def test_the_result_stays_before_the_room_when_nothing_is_left_to_score(log_in: LogIn) -> None:
    item, held = being_scored(members=2)
    make.scored(item, held.voters, [83, 88, 92])
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.secretary.user)
        screen = seen_by(browser, "session-projection", item).partition("Chương trình họp")[0]
        board = seen_by(browser, "session-board", item).partition("Đang xét")[2]

    for shown in (screen, board):
        assert item.dossier.enrolment.product.name in shown
        assert "4 trên 5 sao" in shown


def test_nothing_is_taken_up_before_the_session_is_open() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    item = make.item_of(make.called(held, dossier))

    with pytest.raises(RuleBroken, match=r"^agenda\.not_opened: "):
        agenda.take_up(item, by=held.secretary.user, at=make.NOW)


def test_figures_follow_a_sheet_that_is_given_back(log_in: LogIn) -> None:
    item, held = being_scored(members=2)
    make.scored(item, held.voters, [83, 88, 92])
    sheets.reopen(
        Sheet.objects.order_by("id")[0], reason="Xem lại", by=held.chair.user, at=make.MEETING
    )
    with time_machine.travel(make.MEETING, tick=False):
        shown = seen_by(log_in(held.chair.user), "session-board", item)

    assert "2/3" in shown
    assert "87,66" not in shown
