"""Until when an office answers an idea, a plan, a request, a question; who hears of a late one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cycle.domain.corrections import CorrectionReason, Remark
from cycle.models import Enrolment
from cycle.selectors import (
    enrolment_waiting_on,
    enrolments,
    enrolments_waiting_for,
    late_answers,
)
from cycle.services import ideas, messages, reminders
from cycle.tasks import remind_of_late_answers
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from tests.factories import cycle
from tests.factories import support as make_support
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TUESDAY = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
# A Wednesday before New Year, ten in the morning in Vietnam.
YEAR_END = datetime(2026, 12, 30, 3, 0, tzinfo=UTC)
# The last Friday in January 2027; Tết is kept from Thursday 4 to Wednesday 10 February.
BEFORE_TET = datetime(2027, 1, 29, 3, 0, tzinfo=UTC)


def shown(row: Enrolment) -> date | None:
    return enrolment_waiting_on(enrolments().get(pk=row.pk)).until


def late_entries() -> list[Entry]:
    return list(Entry.objects.filter(kind=reminders.LATE).order_by("pk"))


def test_idea_sent_before_new_year_is_answered_in_ten_working_days() -> None:
    """31 December, then 4 to 8, 11 to 14 January: the first is a holiday."""
    row = cycle.with_idea_submitted(cycle.enrolment(), at=YEAR_END)

    assert row.idea.due_on == date(2027, 1, 14)
    assert shown(row) == date(2027, 1, 14)


def test_plan_sent_before_tet_is_answered_in_fifteen_working_days() -> None:
    """1 to 3, 11 and 12, 15 to 19, 22 to 26 February."""
    row = cycle.with_plan_submitted(cycle.enrolment(), at=BEFORE_TET)

    assert row.plan.due_on == date(2027, 2, 26)
    assert shown(row) == date(2027, 2, 26)


def test_who_writes_has_until_the_round_ends_and_the_office_until_its_own_day() -> None:
    row = cycle.enrolment(cycle.season(closes_on=date(2026, 12, 20)))
    drafted = shown(row)
    row = cycle.with_idea_submitted(row, at=TUESDAY)
    sent = shown(row)
    remark = Remark(CorrectionReason.OTHER, "Ghi rõ giống chè")
    ideas.return_for_changes(
        row.idea, remarks={"description": remark}, by=cycle.appraiser_for(row), at=NOW
    )

    assert drafted == date(2026, 12, 20)
    assert sent == date(2026, 12, 15)
    assert shown(row) == date(2026, 12, 20)
    row.idea.refresh_from_db()
    assert row.idea.due_on is None


def test_office_has_the_most_pressing_first() -> None:
    season = cycle.season()
    later, sooner = (
        cycle.with_idea_submitted(cycle.enrolment(season), at=at)
        for at in (NOW + timedelta(days=3), NOW)
    )

    waiting = enrolments_waiting_for(cycle.appraiser_for(later), TODAY)

    assert list(waiting) == [sooner, later]


def test_late_answers_are_told_once_to_the_office_and_to_the_province() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment(), at=TUESDAY)
    district, province = (
        cycle.officer_for(row, level) for level in (Level.DISTRICT, Level.PROVINCE)
    )
    last_day = datetime(2026, 12, 15, 16, 59, tzinfo=UTC)  # a minute before midnight in Vietnam

    assert reminders.remind_of_answers(at=last_day) == 0
    assert reminders.remind_of_answers(at=last_day + timedelta(minutes=2)) == 1
    assert reminders.remind_of_answers(at=last_day + timedelta(days=9)) == 0

    (entry,) = late_entries()
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert {user.pk for user in notice.recipients(entry)} == {district.pk, province.pk}
    assert notice.url(entry) == row.idea.get_absolute_url()
    assert entry.facts["due_day"] == "15/12/2026"


def test_requests_and_questions_are_reminded_of_and_answered_ones_are_not() -> None:
    asked = make_support.request()
    row = asked.enrolment
    messages.write(row, text="Mẫu phiếu ở đâu?", asks=True, by=cycle.owner_of(row), at=NOW)
    long_after = NOW + timedelta(days=40)
    messages.write(row, text="Ở trang hướng dẫn.", asks=False, by=cycle.appraiser_for(row), at=NOW)

    assert reminders.remind_of_answers(at=long_after) == 1
    assert [entry.facts["what_name"] for entry in late_entries()] == ["Đề nghị hỗ trợ"]
    messages.write(row, text="Ở mục nào?", asks=True, by=cycle.owner_of(row), at=NOW)
    assert reminders.remind_of_answers(at=long_after) == 1
    assert late_entries()[-1].facts["what_name"] == "Tin trao đổi"


def test_idea_answered_while_the_night_run_reads_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    late = list(late_answers(date(2027, 1, 1)))
    ideas.accept(row.idea, findings=cycle.ALL_MET, by=cycle.appraiser_for(row), at=NOW)
    monkeypatch.setattr(reminders, "late_answers", lambda _on: late)

    assert reminders.remind_of_answers(at=NOW + timedelta(days=60)) == 0


def test_nightly_task_only_calls_the_service() -> None:
    assert remind_of_late_answers() == 0
