"""Everything that scoring tells: who gets it, where it leads, that its mail can be written."""

from datetime import timedelta

import pytest
from django.urls import resolve

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, mailer, notices
from ocop_portal.journal.models import Entry, Notification
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.domain.decision_states import DecisionKind
from scoring.models import AgendaItem, Certificate, Rating, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.services import (
    decisions,
    declarations,
    grounds,
    ratings,
    reminders,
    sessions,
    sheets,
)
from tests.factories import cycle
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def told(kind: str) -> set[User]:
    """The recipients of the newest entry of a kind, whose mail can be written for each."""
    entry = Entry.objects.filter(kind=kind).latest("id")
    notice = notices.notice_of(kind)
    assert notice is not None
    url = notice.url(entry)
    assert resolve(url)
    people = set(notice.recipients(entry))
    for person in people:
        title = mailer.title(entry, notice, person)
        row = Notification(
            pk=entry.pk, entry=entry, recipient=person, channel="mail", title=title, url=url
        )
        mail = mailer.compose(row)
        assert title
        assert kinds.title_of(kind) != kind
        assert "None" not in str(mail.body)
    return people


def test_a_room_is_told_of_its_session_and_of_what_happens_in_it() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=4)
    everybody = {member.user for member in held.everybody}
    session = make.called(held, dossier)
    in_conflict = held.members[-1]

    assert told("scoring.member.added") == {held.secretary.user}
    assert told("scoring.session.called") == everybody

    eve = make.MEETING - timedelta(days=1)
    assert reminders.remind_of_sessions(at=eve - timedelta(days=1)) == 0
    assert (reminders.remind_of_sessions(at=eve), reminders.remind_of_sessions(at=eve)) == (1, 0)
    assert told("scoring.session.tomorrow") == everybody

    make.opened(held, session, in_conflict=[in_conflict])
    item = make.item_of(session)

    assert told("scoring.conflict.declared") == {held.chair.user, held.secretary.user}
    assert told("scoring.session.opened") == everybody

    voters = [member for member in held.voters if member != in_conflict]
    make.scored(item, voters[:-1], [70, 75, 80])
    late = make.MEETING + timedelta(days=1)
    assert reminders.remind_of_sheets(at=make.MEETING) == 0
    assert reminders.remind_of_sheets(at=late) == 1
    assert reminders.remind_of_sheets(at=late) == 0
    assert told("scoring.sheet.overdue") == {voters[-1].user}

    make.submitted(item, voters[-1], 85)

    assert told("scoring.sheets.all_in") == {held.chair.user, held.secretary.user}
    assert told("scoring.spread.too_wide") == {member.user for member in voters}

    sheets.reopen(
        Sheet.objects.get(member=voters[-1]),
        reason="Xem lại",
        by=held.chair.user,
        at=make.MEETING,
    )
    assert told("scoring.sheet.reopened") == {voters[-1].user}

    make.submitted(item, voters[-1], 84)
    sessions.open_ballot(item, reason="Chênh nhau", by=held.chair.user, at=make.MEETING)
    assert told("scoring.ballot.opened") == {member.user for member in voters}


def letter(kind: str) -> str:
    """What the newest entry of a kind says to its first recipient."""
    entry = Entry.objects.filter(kind=kind).latest("id")
    notice = notices.notice_of(kind)
    assert notice is not None
    person = next(iter(notice.recipients(entry)))
    row = Notification(pk=entry.pk, entry=entry, recipient=person, channel="mail", url="/")
    return str(mailer.compose(row).body)


def test_a_call_and_its_cancelling_say_when() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    session = make.called(held, dossier)
    sessions.cancel(session, reason="Bão", by=held.officer, at=make.NOW)

    assert "lúc 10:00, 27/11/2026 tại Phòng họp số 2." in letter("scoring.session.called")
    assert "Phiên họp lúc 10:00, 27/11/2026 của" in letter("scoring.session.cancelled")


def test_a_result_reaches_the_producer_and_the_office() -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    producer = cycle.owner_of(rating.dossier.enrolment)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    authority = cycle.holder(Role.AUTHORITY, rating.unit)
    draft = make.drafted(rating)

    council = {member.user for member in rating.item.session.council.members.all()}

    assert told("scoring.rating.concluded") == {producer, officer, *council}
    assert not Entry.objects.filter(kind="scoring.decision.presented").exists()

    draft = make.presented(draft)
    decisions.hand_back(draft, reason="Sai trích yếu", by=authority, at=draft.drafted_at)

    assert told("scoring.decision.presented") == {authority}
    assert told("scoring.decision.handed_back") == {officer}

    decision = make.signed(draft)
    certificate = Certificate.objects.get()
    at = decision.drafted_at

    assert told("scoring.decision.signed") == {officer}
    assert told("scoring.certificate.issued") == {producer, officer}

    make.decided(certificate, DecisionKind.SUSPEND, at=at)
    make.decided(certificate, DecisionKind.RESTORE, at=at)
    end = certificate.valid_until
    for days in (30, -1):
        on = end - timedelta(days=days)
        reminders.remind_of_expiry(at=make.at_day(on.year, on.month, on.day))
    make.decided(certificate, DecisionKind.REVOKE, at=at)
    for word in ("suspended", "restored", "expiring", "expired", "revoked"):
        assert told(f"scoring.certificate.{word}") == {producer, officer}


def test_a_dossier_that_goes_back_tells_its_producer_why() -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    producer = cycle.owner_of(dossier.enrolment)
    exclusion = rubric_of(item.edition).exclusions[0].id

    grounds.find(item, ground=exclusion, note="Biên bản số 3", by=held.chair.user, at=make.MEETING)
    grounds.stop(item, by=held.chair.user, at=make.MEETING)
    entry = Entry.objects.get(kind="scoring.item.stopped")

    assert told("scoring.item.stopped") == {producer, held.officer}
    assert entry.facts["reason"] == "Biên bản số 3"
    assert AgendaItem.objects.get().state == "stopped"
    assert not Rating.objects.exists()


def test_a_cancelled_session_and_a_missing_spread_are_told() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=2, reconciliation_rounds=0)
    session = make.called(held, dossier)
    sessions.cancel(session, reason="Bão", by=held.officer, at=make.NOW)
    assert told("scoring.session.cancelled") == {member.user for member in held.everybody}

    item = make.item_of(make.opened(held, make.called(held, dossier)))
    make.scored(item, held.voters, [60, 60, 80])

    assert ratings.conclude(item, by=held.chair.user, at=make.MEETING) is None
    producer = cycle.owner_of(dossier.enrolment)
    assert told("scoring.item.without_result") == {producer, held.officer}


def test_the_lower_office_is_asked_after_a_central_result_under_2026() -> None:
    dossier = make.accepted_dossier(regime="2026")
    province = make.concluded(dossier, [90, 91, 92])
    make.signed(make.drafted(province))
    dossier.refresh_from_db()
    cycle.received(dossier, at=province.concluded_at)
    dossier.refresh_from_db()

    make.concluded(dossier, [80, 80, 80], at=province.concluded_at)

    officer = cycle.holder(Role.PROVINCIAL_OFFICER, make.province_of(dossier))
    assert told("scoring.choice.asked") == {officer}
    assert dossier.level == Level.CENTRAL


def test_a_member_in_conflict_is_told_nothing_more_of_the_product() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=4)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    declarations.declare(
        item, has_conflict=True, by=held.members[0].user, at=make.MEETING, note="Người nhà"
    )
    voters = [held.chair, *held.members[1:]]
    make.scored(item, voters, [60, 60, 60, 75])

    assert held.members[0].user not in told("scoring.spread.too_wide")


def test_sheets_are_announced_on_the_eve_of_their_day_and_called_for_after_it() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=2)
    due = make.MEETING + timedelta(days=3)
    session = make.called(held, dossier, sheets_due_on=legal_day(due))
    item = make.item_of(make.opened(held, session))
    make.scored(item, held.voters[:2], [70, 75])

    told_on = [
        reminders.remind_of_sheets(at=make.MEETING + timedelta(days=days))
        for days in (0, 1, 2, 2, 3, 4, 4, 5)
    ]

    assert told_on == [0, 0, 1, 0, 0, 1, 0, 1]
    assert told("scoring.sheet.due") == {held.voters[2].user}
    assert told("scoring.sheet.overdue") == {held.voters[2].user}


def test_a_chair_in_conflict_is_not_told_that_the_sheets_are_in() -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, members=3, vice_chairs=1)
    session = make.opened(held, make.called(held, dossier), in_conflict=[held.chair])
    item = make.item_of(session)

    make.scored(item, [*held.vice_chairs, *held.members], [70, 71, 72, 73])

    assert told("scoring.sheets.all_in") == {held.vice_chairs[0].user, held.secretary.user}
