"""Sheets that come in at the same moment, on a real PostgreSQL: none lost, none doubled.

Twenty members hand in at once, every sending twice. In every run for two products; the whole
proof, 500 sheets, is `OCOP_TEST_PRODUCTS=25 ./ocop test tests/scoring/test_sheets_at_once.py`.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from scoring.domain.receipt import receipt_hash
from scoring.domain.rubric import Rubric
from scoring.models import AgendaItem, CouncilMember, Mark, Rating, Session, Sheet, SheetSending
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import grounds, ratings, sheets
from tests.factories import scoring as make

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

PRODUCTS = int(os.environ.get("OCOP_TEST_PRODUCTS", "2"))
CLIENTS = 20
Choices = dict[str, str | None]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """The moment of the meeting, in every thread."""
    assert connection.vendor == "postgresql", "run ./ocop test PATH"
    with time_machine.travel(make.MEETING):
        yield


def meeting(*, products: int, members: int, regime: str) -> tuple[make.Room, Session]:
    """An open session over so many products, everybody present and without a conflict."""
    dossiers = [make.accepted_dossier(regime=regime) for _ in range(products)]
    held = make.room_for(dossiers[0], members=members - 1)
    return held, make.opened(held, make.called(held, *dossiers))


def items_of(session: Session) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(session=session).select_related("edition"))


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each deed gave or which refusal it met, all begun at the same moment."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return deed()
        except (RuleBroken, PermissionDenied) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(deeds)) as pool:
        return list(pool.map(one, deeds))


# --- The load -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """One member's sheet of one product, and the browser in which it is filled."""

    item: AgendaItem
    member: CouncilMember
    choices: Choices

    @property
    def address(self) -> str:
        return reverse("scoring:sheet-sync", args=[self.item.pk])

    def fields(self, choices: Choices, **facts: object) -> dict[str, str]:
        chosen = {f"c-{code}": option or "khong" for code, option in choices.items()}
        return chosen | {name: str(value) for name, value in facts.items()}


def total_of(item: AgendaItem, member: CouncilMember) -> int:
    """Another one for every sheet of a product, so that a mark that strays is seen."""
    return 40 + (item.pk * 7 + member.pk) % 50


def fill(browser: Client, task: Task) -> list[float]:
    """A draft of the first half, then the whole, each sent twice as after a lost answer."""
    half = dict(list(task.choices.items())[:16])
    took = []
    for choices, facts in (
        (half, {"act": "save", "version": 0, "key": uuid4()}),
        (task.choices, {"act": "submit", "version": 1, "key": uuid4()}),
    ):
        for _time in range(2):
            began = time.perf_counter()
            answer = browser.post(task.address, task.fields(choices, **facts))
            took.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.content
    return took


def work(member: CouncilMember, tasks: Sequence[Task]) -> list[float]:
    """One client: its own order of the products."""
    try:
        browser = Client()
        browser.force_login(member.user)
        mine = list(tasks)
        random.Random(member.pk).shuffle(mine)  # noqa: S311 - an order, no secret
        return [seconds for task in mine for seconds in fill(browser, task)]
    finally:
        connections.close_all()


def test_twenty_clients_hand_in_at_once_and_no_mark_is_lost_or_doubled() -> None:
    held, session = meeting(products=PRODUCTS, members=CLIENTS, regime="2026")
    rubric = rubric_of(items_of(session)[0].edition)
    sheet_of: dict[tuple[int, int], Choices] = {}
    by_total: dict[int, Choices] = {}
    for item in items_of(session):
        for member in held.voters:
            total = total_of(item, member)
            by_total.setdefault(total, make.choices_of_total(rubric, total))
            sheet_of[item.pk, member.pk] = by_total[total]
    tasks = {
        member.pk: [Task(item, member, sheet_of[item.pk, member.pk]) for item in items_of(session)]
        for member in held.voters
    }

    began = time.perf_counter()
    with ThreadPoolExecutor(max_workers=CLIENTS) as pool:
        took = list(pool.map(lambda member: work(member, tasks[member.pk]), held.voters))
    whole = time.perf_counter() - began

    sendings = sorted(seconds for each in took for seconds in each)
    print(  # noqa: T201 - the figures of the proof, shown with -s
        f"\n{len(sheet_of)} sheets of {len(rubric.by_code)} criteria, {CLIENTS} clients, "
        f"{len(sendings)} sendings in {whole:.1f} s ({len(sendings) / whole:.0f}/s); "
        f"middle {sendings[len(sendings) // 2] * 1000:.0f} ms, "
        f"95 % {sendings[len(sendings) * 95 // 100] * 1000:.0f} ms"
    )
    check_every_sheet(sheet_of, rubric)


def check_every_sheet(expected: dict[tuple[int, int], Choices], rubric: Rubric) -> None:
    """Every sheet is in once, with exactly its own marks and its own receipt."""
    stored = Sheet.objects.prefetch_related("marks").select_related("item__edition")
    assert len(rubric.by_code) == 32
    assert stored.count() == len(expected)
    assert Mark.objects.count() == len(expected) * 32
    for sheet in stored:
        choices = expected[sheet.item_id, sheet.member_id]
        assert choices_of(sheet) == choices
        assert (sheet.state, sheet.version) == ("submitted", 2)
        assert sheet.total == total_of(sheet.item, sheet.member)
        assert sheet.receipt_hash == receipt_hash(
            edition=sheet.item.edition.content_hash,
            item=sheet.item_id,
            member=sheet.member_id,
            ballot=1,
            choices=choices,
        )
    assert SheetSending.objects.count() == len(expected) * 2
    assert Entry.objects.filter(kind="scoring.sheet.submitted").count() == len(expected)
    items = {item for item, _member in expected}
    assert Entry.objects.filter(kind="scoring.sheets.all_in").count() == len(items)


# --- The races ------------------------------------------------------------------------------------


def handing_in(
    item: AgendaItem, user: User, choices: Choices, *, version: int | None, key: UUID | None
) -> Callable[[], Sheet]:
    def deed() -> Sheet:
        return sheets.submit(
            item, choices=choices, version=version, key=key, by=user, at=make.MEETING
        )

    return deed


def test_one_sheet_sent_at_once_under_one_key_is_handed_in_once() -> None:
    held, session = meeting(products=1, members=4, regime="2019")
    item = items_of(session)[0]
    choices = make.choices_of_total(rubric_of(item.edition), 70)
    deed = handing_in(item, held.chair.user, choices, version=0, key=uuid4())

    answers = at_once(deed, deed, deed)

    assert len({sheet.pk for sheet in answers if isinstance(sheet, Sheet)}) == 1
    assert [type(answer) for answer in answers] == [Sheet] * 3
    assert Entry.objects.filter(kind="scoring.sheet.submitted").count() == 1
    assert Mark.objects.count() == len(choices)


def test_two_different_sheets_at_once_leave_one_whole_and_refuse_the_other() -> None:
    held, session = meeting(products=4, members=4, regime="2019")

    for item in items_of(session):
        by = held.chair.user
        both = [make.choices_of_total(rubric_of(item.edition), total) for total in (60, 80)]
        answers = at_once(
            *(handing_in(item, by, choices, version=0, key=uuid4()) for choices in both)
        )
        refused = [answer for answer in answers if isinstance(answer, RuleBroken)]
        sheet = Sheet.objects.get(item=item)

        assert [refusal.code for refusal in refused] == ["sheet.not_from_here"]
        assert choices_of(sheet) in both
        assert sheet.total == (60 if choices_of(sheet) == both[0] else 80)


def test_the_last_sheet_and_the_conclusion_at_once_count_it_or_wait_for_it() -> None:
    held, session = meeting(products=5, members=4, regime="2019")

    for item in items_of(session):
        make.scored(item, held.voters[:-1], [70, 71, 72])
        last = make.choices_of_total(rubric_of(item.edition), 73)
        sent, concluded = at_once(
            handing_in(item, held.voters[-1].user, last, version=0, key=uuid4()),
            partial(ratings.conclude, item, by=held.chair.user, at=make.MEETING),
        )
        rating = Rating.objects.filter(item=item).first()
        states = set(Sheet.objects.filter(item=item).values_list("state", flat=True))

        assert isinstance(sent, Sheet)
        if rating is None:
            assert isinstance(concluded, RuleBroken)
            assert states == {"submitted"}
        else:
            assert (rating.points, rating.sheets) == (286, 4)
            assert states == {"locked"}


def test_a_draft_saved_while_the_scoring_is_stopped_is_kept_or_refused_never_half() -> None:
    held, session = meeting(products=4, members=4, regime="2026")

    for item in items_of(session):
        rubric = rubric_of(item.edition)
        ground, by = rubric.exclusions[0].id, held.members[0].user
        grounds.find(item, ground=ground, note="Hồ sơ sai", by=held.chair.user, at=make.MEETING)
        choices = make.choices_of_total(rubric, 70)
        saved, _stopped = at_once(
            partial(sheets.save, item, choices=choices, version=0, by=by, at=make.MEETING),
            partial(grounds.stop, item, by=held.chair.user, at=make.MEETING),
        )
        item.refresh_from_db()

        assert item.state == "stopped"
        kept = Mark.objects.filter(sheet__item=item).count()
        if isinstance(saved, Sheet):
            assert kept == len(choices)
            told = Entry.objects.filter(
                kind__in=("scoring.sheet.saved", "scoring.item.stopped"),
                facts__item_id=item.pk,
            )
            assert [entry.kind for entry in told.order_by("pk")] == [
                "scoring.sheet.saved",
                "scoring.item.stopped",
            ]
        else:
            assert isinstance(saved, PermissionDenied)
            assert kept == 0
