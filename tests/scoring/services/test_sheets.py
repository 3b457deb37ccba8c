"""A member's sheet: only options are read, submitted it stays, every state by its table."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.journal.models import Entry
from registry.domain.errors import Stale
from scoring.domain.receipt import receipt_hash
from scoring.domain.sheet import SheetState
from scoring.models import AgendaItem, Mark, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import attendance, declarations, ratings, sessions, sheets
from tests.factories import rubrics
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def held() -> make.Room:
    dossier = make.accepted_dossier(regime="2019")
    room = make.room_for(dossier)
    make.opened(room, make.called(room, dossier))
    return room


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def choices(item: AgendaItem, total: int = 70) -> dict[str, str | None]:
    return make.choices_of_total(rubric_of(item.edition), total)


def test_a_sheet_is_kept_handed_in_and_read_back(held: make.Room, item: AgendaItem) -> None:
    by, chosen = held.chair.user, choices(item)

    draft = sheets.save(item, choices=dict(list(chosen.items())[:5]), by=by, at=make.MEETING)
    sheet = sheets.submit(
        item, choices=chosen, comment="Chè thơm", version=draft.version, by=by, at=make.MEETING
    )
    stored = Sheet.objects.get(pk=sheet.pk)

    assert (draft.pk, stored.state, stored.total) == (sheet.pk, SheetState.SUBMITTED, 70)
    assert choices_of(stored) == chosen
    assert stored.receipt_hash == receipt_hash(
        edition=item.edition.content_hash,
        item=item.pk,
        member=held.chair.pk,
        ballot=1,
        choices=choices_of(stored),
    )
    assert Mark.objects.filter(sheet=stored).count() == len(chosen)


def test_a_sheet_handed_in_twice_is_one_sheet(held: make.Room, item: AgendaItem) -> None:
    by, chosen = held.chair.user, choices(item)

    first = sheets.submit(item, choices=chosen, version=0, by=by, at=make.MEETING)
    second = sheets.submit(item, choices=chosen, version=0, by=by, at=make.MEETING)

    assert first.version == second.version
    assert Entry.objects.filter(kind="scoring.sheet.submitted").count() == 1
    with refusal("sheet.not_from_here"):
        sheets.submit(item, choices=choices(item, 71), by=by, at=make.MEETING)
    with refusal("sheet.not_from_here"):
        sheets.save(item, choices=choices(item, 71), by=by, at=make.MEETING)


def test_missing_criteria_are_named(held: make.Room, item: AgendaItem) -> None:
    chosen = choices(item)
    left_out = list(chosen)[:2]
    for code in left_out:
        del chosen[code]

    with refusal("sheet.incomplete") as caught:
        sheets.submit(item, choices=chosen, by=held.chair.user, at=make.MEETING)

    assert caught.value.facts["codes"] == ", ".join(left_out)
    assert not Sheet.objects.exists()


def test_an_option_of_another_criterion_or_set_is_refused(
    held: make.Room, item: AgendaItem
) -> None:
    chosen = choices(item)
    first, second = list(chosen)[:2]
    foreign = rubric_of(rubrics.edition("2019", 2)).criteria[0].options[0].id

    for wrong in (rubric_of(item.edition).by_code[second].options[0].id, foreign, "10"):
        with refusal("sheet.foreign_option"):
            sheets.save(item, choices={**chosen, first: wrong}, by=held.chair.user, at=make.MEETING)
    with refusal("sheet.unknown_criterion"):
        sheets.save(item, choices={"99.9": None}, by=held.chair.user, at=make.MEETING)


def test_who_may_not_score(held: make.Room, item: AgendaItem) -> None:
    chosen = choices(item)
    absent, in_conflict = held.members[0], held.members[1]
    attendance.mark_absent(item.session, absent, by=held.secretary.user, at=make.MEETING)
    declarations.declare(item, has_conflict=True, by=in_conflict.user, at=make.MEETING)

    for nobody in (held.secretary.user, held.officer, absent.user, in_conflict.user):
        with pytest.raises(PermissionDenied):
            sheets.save(item, choices=chosen, by=nobody, at=make.MEETING)
    assert not Sheet.objects.exists()


def test_what_another_tab_has_saved_is_not_overwritten(held: make.Room, item: AgendaItem) -> None:
    by = held.chair.user
    seen = sheets.save(item, choices=choices(item, 60), by=by, at=make.MEETING)
    # The second write slips in between reading and saving.
    sheets.save(item, choices=choices(item, 61), version=seen.version, by=by, at=make.MEETING)

    with pytest.raises(Stale):
        sheets.submit(item, choices=choices(item, 62), version=seen.version, by=by, at=make.MEETING)

    assert choices_of(Sheet.objects.get()) == choices(item, 61)


def test_the_chair_gives_a_sheet_back_with_a_reason(held: make.Room, item: AgendaItem) -> None:
    member = held.members[0]
    make.submitted(item, member, 70)
    sheet = Sheet.objects.get()

    with pytest.raises(PermissionDenied):
        sheets.reopen(sheet, reason="Nhầm", by=member.user, at=make.MEETING)
    with refusal("sheet.reason"):
        sheets.reopen(sheet, reason="  ", by=held.chair.user, at=make.MEETING)
    sheets.reopen(sheet, reason="Chấm nhầm mục 2.1", by=held.chair.user, at=make.MEETING)
    sheets.submit(item, choices=choices(item, 72), by=member.user, at=make.MEETING)
    sheet.refresh_from_db()
    reopening = sheet.reopenings.get()

    assert (sheet.state, sheet.total) == (SheetState.SUBMITTED, 72)
    assert (reopening.total, reopening.reason) == (70, "Chấm nhầm mục 2.1")


def test_a_draft_is_not_reopened(held: make.Room, item: AgendaItem) -> None:
    sheet = sheets.save(item, choices=choices(item), by=held.chair.user, at=make.MEETING)

    with refusal("sheet.not_from_here"):
        sheets.reopen(sheet, reason="Nhầm", by=held.chair.user, at=make.MEETING)


def test_the_last_sheet_tells_the_chair_and_no_entry_holds_a_figure(
    held: make.Room, item: AgendaItem
) -> None:
    for member in held.voters[:-1]:
        make.submitted(item, member, 83)

    assert not Entry.objects.filter(kind="scoring.sheets.all_in").exists()

    make.submitted(item, held.voters[-1], 83)

    assert Entry.objects.filter(kind="scoring.sheets.all_in").count() == 1
    for entry in Entry.objects.filter(kind__startswith="scoring.sheet"):
        assert 83 not in entry.facts.values()


def test_after_the_conclusion_no_sheet_is_saved(held: make.Room, item: AgendaItem) -> None:
    item = make.scored(item, held.voters, [80] * 4)
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    with pytest.raises(PermissionDenied):
        sheets.save(item, choices=choices(item), by=held.chair.user, at=make.MEETING)


def test_a_host_whose_clock_is_an_hour_slow_writes_nothing(
    held: make.Room, item: AgendaItem
) -> None:
    slow = make.MEETING - timedelta(hours=1)

    for act in (sheets.save, sheets.submit):
        with refusal("clock.behind"):
            act(item, choices=choices(item), by=held.chair.user, at=slow)
    assert not Sheet.objects.exists()

    item = make.scored(item, held.voters, [80] * 4)
    with refusal("clock.behind"):
        ratings.conclude(item, by=held.chair.user, at=slow)
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.SUBMITTED}
    assert AgendaItem.objects.get().state == "scoring"


@pytest.mark.parametrize(("hour", "begins"), [(16, False), (17, True)])
def test_the_day_of_a_session_begins_at_midnight_in_vietnam(hour: int, *, begins: bool) -> None:
    dossier = make.accepted_dossier(regime="2019")
    room = make.room_for(dossier)
    session = make.called(room, dossier)
    eve = (make.MEETING - timedelta(days=1)).replace(hour=hour, minute=0)  # UTC, seven hours behind

    if not begins:
        with refusal("session.too_early"):
            sessions.open_session(session, by=room.secretary.user, at=eve)
        assert session.items.get().state == "listed"
        return
    sessions.open_session(session, by=room.secretary.user, at=eve)
    assert session.items.get().state == "scoring"
