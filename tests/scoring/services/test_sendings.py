"""A sheet that is sent again: under one key nothing happens twice, and nothing else happens."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken, Stale
from scoring.models import AgendaItem, Mark, Sheet, SheetSending
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import ratings, sheets
from tests.factories import scoring as make

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


def test_a_draft_sent_three_times_is_saved_once(held: make.Room, item: AgendaItem) -> None:
    key, by = uuid4(), held.chair.user

    for minute in range(3):
        at = make.MEETING + timedelta(minutes=minute)
        sheets.save(item, choices=choices(item), version=0, key=key, by=by, at=at)

    assert Sheet.objects.get().version == 1
    assert Sheet.objects.get().saved_at == make.MEETING
    assert Entry.objects.filter(kind="scoring.sheet.saved").count() == 1
    assert SheetSending.objects.count() == 1


def test_an_old_sending_that_arrives_late_changes_nothing(
    held: make.Room, item: AgendaItem
) -> None:
    first, by = uuid4(), held.chair.user
    sheets.save(item, choices=choices(item, 60), version=0, key=first, by=by, at=make.MEETING)
    sheets.save(item, choices=choices(item, 61), version=1, key=uuid4(), by=by, at=make.MEETING)

    late = sheets.save(
        item, choices=choices(item, 60), version=0, key=first, by=by, at=make.MEETING
    )

    assert late.version == 2
    assert choices_of(Sheet.objects.get()) == choices(item, 61)


def test_a_sheet_handed_in_three_times_is_handed_in_once_also_after_the_conclusion(
    held: make.Room, item: AgendaItem
) -> None:
    key, last = uuid4(), held.voters[-1]
    make.scored(item, held.voters[:-1], [80] * 3)
    item.refresh_from_db()

    def send() -> Sheet:
        return sheets.submit(
            item, choices=choices(item, 80), version=0, key=key, by=last.user, at=make.MEETING
        )

    first, second = send(), send()
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    third = send()

    assert first.receipt_hash == second.receipt_hash == third.receipt_hash
    assert third.state == "locked"
    assert Entry.objects.filter(kind="scoring.sheet.submitted", subject_id=first.pk).count() == 1
    assert Mark.objects.filter(sheet=first).count() == len(choices(item))


def test_a_key_cannot_stand_for_something_else(held: make.Room, item: AgendaItem) -> None:
    key, by = uuid4(), held.chair.user
    sheets.save(item, choices=choices(item, 60), version=0, key=key, by=by, at=make.MEETING)

    with pytest.raises(RuleBroken, match=r"^sheet\.key_reused: "):
        sheets.save(item, choices=choices(item, 61), version=1, key=key, by=by, at=make.MEETING)
    with pytest.raises(RuleBroken, match=r"^sheet\.key_reused: "):
        sheets.submit(item, choices=choices(item, 60), version=1, key=key, by=by, at=make.MEETING)

    assert choices_of(Sheet.objects.get()) == choices(item, 60)


def test_the_key_of_one_member_means_nothing_for_another(held: make.Room, item: AgendaItem) -> None:
    key = uuid4()
    for member, total in ((held.chair, 60), (held.members[0], 61)):
        sheets.save(
            item, choices=choices(item, total), version=0, key=key, by=member.user, at=make.MEETING
        )

    assert Sheet.objects.count() == 2


def test_a_sending_that_was_refused_may_come_again(held: make.Room, item: AgendaItem) -> None:
    key, by = uuid4(), held.chair.user
    sheets.save(item, choices=choices(item, 60), version=0, by=by, at=make.MEETING)
    with pytest.raises(Stale):
        sheets.save(item, choices=choices(item, 61), version=0, key=key, by=by, at=make.MEETING)

    stored = sheets.save(
        item, choices=choices(item, 61), version=1, key=key, by=by, at=make.MEETING
    )

    assert stored.version == 2
