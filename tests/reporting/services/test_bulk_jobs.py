"""One act on many rows: tried, confirmed, done row by row, each through its own service."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.urls import reverse

from cycle.domain.dossier import DossierState
from cycle.models import Correction, Dossier, Message
from cycle.services import dossiers, intake
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from reporting.domain.bulk_states import BulkState, RowOutcome
from reporting.models import BulkJob
from reporting.selectors import bulk
from reporting.services import bulk_jobs
from reporting.services.bulk_actions import ACTIONS
from tests.factories import cycle, registry
from tests.factories.registry import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def three() -> list[Dossier]:
    """Three dossiers of one round that wait at the province; the third is a draft still."""
    season = cycle.season("2026")
    rows = [cycle.enrolment(round=season) for _ in range(3)]
    return [
        cycle.reported_dossier(rows[0]),
        cycle.reported_dossier(rows[1]),
        cycle.draft_dossier(rows[2]),
    ]


def officer_of(dossier: Dossier) -> User:
    return cycle.officer_for(dossier.enrolment, Level.PROVINCE)


def withdrawn(dossier: Dossier) -> None:
    owner = cycle.owner_of(dossier.enrolment)
    dossiers.withdraw(dossier, reason="Chưa sẵn sàng", by=owner, at=LATER)


def begun(name: str, rows: Iterable[Any], by: User, **facts: Any) -> BulkJob:
    job = bulk_jobs.start(name, [row.pk for row in rows], by=by, at=LATER)
    if facts:
        job = bulk_jobs.check(job, facts=facts, by=by)
    assert bulk_jobs.work(job.pk, at=LATER, seconds=60) is False
    return BulkJob.objects.get(pk=job.pk)


def done(job: BulkJob, by: User) -> BulkJob:
    bulk_jobs.confirm(job, by=by, at=LATER)
    bulk_jobs.work(job.pk, at=LATER, seconds=60)
    return BulkJob.objects.get(pk=job.pk)


def outcomes(job: BulkJob) -> dict[int, str]:
    return dict(job.rows.values_list("object_id", "outcome"))


def test_a_trial_says_what_each_row_would_do_and_keeps_nothing(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    before = Entry.objects.count()

    job = begun("receive", three[:2], officer)

    assert job.status is BulkState.READY
    assert outcomes(job) == {three[0].pk: "possible", three[1].pk: "possible"}
    states = set(Dossier.objects.filter(pk__in=[three[0].pk, three[1].pk]).values_list("state"))
    assert states == {(three[0].state,)}
    assert Entry.objects.count() == before


def test_each_row_goes_through_its_service_with_its_own_entry(three: list[Dossier]) -> None:
    officer = officer_of(three[0])

    job = done(begun("receive", three[:2], officer), officer)

    assert job.status is BulkState.DONE
    assert bulk.counts_of(job)[RowOutcome.DONE] == 2
    for dossier in three[:2]:
        dossier.refresh_from_db()
        assert dossier.state == DossierState.ACCEPTED
        entries = Entry.objects.filter(kind="cycle.dossier.accepted", subject_id=dossier.pk)
        assert [entry.actor for entry in entries] == [officer]
    told = Entry.objects.get(kind="reporting.bulk.confirmed")
    assert told.facts == {"action": "receive", "rows": 2}


def test_a_row_that_cannot_be_done_says_why_and_leaves_the_others(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    withdrawn(three[1])

    job = begun("return", three[:2], officer, **REASON)

    assert outcomes(job) == {three[0].pk: "possible", three[1].pk: "impossible"}
    refused = job.rows.get(object_id=three[1].pk)
    assert refused.message != ""
    done(job, officer)
    three[0].refresh_from_db()
    three[1].refresh_from_db()
    assert (three[0].state, three[1].state) == (DossierState.RETURNED, DossierState.WITHDRAWN)


REASON = {
    "item": "introduction",
    "code": "incomplete",
    "note": "Thiếu câu chuyện sản phẩm",
    "reason": "",
    "due_on": "2026-12-31",
}


def test_a_common_reason_reaches_every_dossier(three: list[Dossier]) -> None:
    officer = officer_of(three[0])

    done(begun("return", three[:2], officer, **REASON), officer)

    notes = Correction.objects.values_list("item", "reason", "note")
    assert list(notes) == [("introduction", "incomplete", "Thiếu câu chuyện sản phẩm")] * 2
    assert {str(row.due_on) for row in Dossier.objects.filter(state="returned")} == {"2026-12-31"}


def test_what_changed_between_preview_and_confirmation_is_refused_row_by_row(
    three: list[Dossier],
) -> None:
    officer = officer_of(three[0])
    job = begun("return", three[:2], officer, **REASON)
    withdrawn(three[1])  # its owner was quicker

    done(job, officer)

    assert outcomes(job) == {three[0].pk: "done", three[1].pk: "refused"}


def test_a_fault_of_the_portal_stops_one_row_only(
    three: list[Dossier], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    officer, receive = officer_of(three[0]), intake.receive

    def breaks(dossier: Dossier, **facts: Any) -> Dossier:
        if dossier.pk == three[0].pk:
            raise ZeroDivisionError
        return receive(dossier, **facts)

    job = begun("receive", three[:2], officer)
    monkeypatch.setattr(intake, "receive", breaks)
    done(job, officer)

    assert outcomes(job) == {three[0].pk: "failed", three[1].pk: "done"}
    assert "ZeroDivisionError" in caplog.text


def test_confirmed_twice_is_done_once(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    job = done(begun("receive", three[:2], officer), officer)

    again = bulk_jobs.confirm(job, by=officer, at=LATER + timedelta(hours=1))

    assert again.confirmed_at == LATER
    assert bulk_jobs.go_on(job.pk, at=LATER) is False
    assert Entry.objects.filter(kind="cycle.dossier.accepted").count() == 2


def test_two_workers_at_one_row_do_it_once(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    job = begun("receive", three[:1], officer)
    bulk_jobs.confirm(job, by=officer, at=LATER)
    running = BulkJob.objects.get(pk=job.pk)
    row = running.rows.get()

    bulk_jobs._do_row(running, row.pk, RowOutcome.POSSIBLE, LATER)
    bulk_jobs._do_row(running, row.pk, RowOutcome.POSSIBLE, LATER)  # read before, comes after

    assert Entry.objects.filter(kind="cycle.dossier.accepted").count() == 1


def test_rows_that_the_person_does_not_see_are_not_taken(three: list[Dossier]) -> None:
    elsewhere = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25"))

    with pytest.raises(RuleBroken) as refusal:
        bulk_jobs.start("receive", [row.pk for row in three], by=elsewhere, at=LATER)

    assert refusal.value.code == "bulk.none"


def test_too_many_rows_are_refused_with_the_number(three: list[Dossier]) -> None:
    with override_settings(BULK_ROWS=2), pytest.raises(RuleBroken) as refusal:
        bulk_jobs.start("receive", [row.pk for row in three], by=officer_of(three[0]), at=LATER)

    assert (refusal.value.code, refusal.value.facts) == ("bulk.limit", {"most": 2})
    assert BulkJob.objects.count() == 0


def test_nothing_possible_is_nothing_to_confirm(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    withdrawn(three[0])
    job = begun("return", three[:1], officer, **REASON)

    with pytest.raises(RuleBroken):
        bulk_jobs.confirm(job, by=officer, at=LATER)


def test_another_persons_act_is_not_confirmed(three: list[Dossier]) -> None:
    job = begun("receive", three[:1], officer_of(three[0]))

    with pytest.raises(PermissionDenied):
        bulk_jobs.confirm(job, by=registry.person("Người khác"), at=LATER)


def test_producers_are_told_in_their_conversation(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    rows = [dossier.enrolment for dossier in three]

    done(begun("remind", rows, officer, text="Sắp hết hạn nộp.", asks=True), officer)

    assert Message.objects.filter(text="Sắp hết hạn nộp.", author=officer).count() == 3


def test_days_of_producers_are_called_and_rows_without_one_are_left(
    three: list[Dossier],
) -> None:
    officer, rows = officer_of(three[0]), [dossier.enrolment for dossier in three]
    for row, days in ((rows[0], -3), (rows[1], 30)):
        row.milestones.create(title="Xin giấy an toàn thực phẩm", due_on=TODAY + timedelta(days))

    job = done(begun("call", rows[:2], officer), officer)

    assert outcomes(job) == {rows[0].pk: "done", rows[1].pk: "impossible"}
    (message,) = Message.objects.all()
    assert message.conversation.enrolment_id == rows[0].pk
    assert "Mốc “Xin giấy an toàn thực phẩm”" in message.text
    assert job.rows.get(object_id=rows[1].pk).message.startswith("Không có mốc hay hạn nào")


def test_days_for_mending_are_called_from_the_list_of_dossiers(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    near = str((LATER + timedelta(days=5)).date())
    done(begun("return", three[:1], officer, **{**REASON, "due_on": near}), officer)

    job = done(begun("call-dossier", three[:2], officer), officer)

    assert outcomes(job) == {three[0].pk: "done", three[1].pk: "impossible"}


def test_postings_end_together(administrator: User) -> None:
    held = [
        registry.posting(registry.person(f"Người {name}"), Role.COMMUNE_OFFICER, registry.commune())
        for name in "XY"
    ]

    done(begun("end", held, administrator), administrator)

    for posting in held:
        posting.refresh_from_db()
        assert posting.ends_on is not None


def test_work_that_was_left_is_found_again(three: list[Dossier]) -> None:
    officer = officer_of(three[0])
    job = bulk_jobs.start("receive", [three[0].pk], by=officer, at=LATER)

    assert list(bulk.left(LATER + timedelta(seconds=5))) == []
    assert list(bulk.left(LATER + timedelta(seconds=30))) == [job]


def test_every_act_is_of_a_list_that_there_is() -> None:
    assert all(reverse(action.list_name) for action in ACTIONS.values())
    assert len(ACTIONS) >= 4
