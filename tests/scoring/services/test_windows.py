"""A clock that is turned through every window between a result and its end.

Each day comes from the data of the regime: on the last day a deed is possible, on the next it is
refused. What a probe did is undone, so that every day is asked of the same state.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cycle.domain.calendar import filing_window
from cycle.domain.journey import RECOGNISED, EnrolmentKind
from cycle.models import Dossier
from cycle.selectors.law import working_calendar
from registry.domain.clock import LEGAL_ZONE, legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Posting
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.decision_states import DecisionKind
from scoring.domain.validity import valid_until
from scoring.models import Certificate, Complaint, Rating
from scoring.selectors.measures import measure_effects
from scoring.services import complaints, decisions, drafts, reminders, written_opinions
from tests.factories import cycle
from tests.factories import scoring as make
from tests.registry.domain.tables import regime

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

ALL = pytest.mark.parametrize("code", ["2019", "2026"])


class _Undone(Exception):
    """Takes a probe back."""


def is_possible(act: Callable[[], object]) -> bool:
    """Whether a deed would be done; it is not."""
    try:
        with transaction.atomic():
            act()
            raise _Undone
    except _Undone:
        return True
    except (RuleBroken, PermissionDenied):
        return False


def days_of(act: Callable[[datetime], object], days: Iterable[date]) -> list[date]:
    """On which of these days, late in the evening of each, a deed is possible."""
    return [day for day in days if is_possible(partial(act, evening(day)))]


def evening(day: date) -> datetime:
    """The last minute of a Vietnamese day, which is an afternoon in UTC."""
    return datetime.combine(day, time(23, 59), LEGAL_ZONE).astimezone(UTC)


def around(start: date, *lengths: int) -> list[date]:
    """The days around the ends of windows of these lengths."""
    found = {start + timedelta(days=length + off) for length in lengths for off in (-1, 0, 1)}
    return sorted(found)


def province_result(code: str) -> Rating:
    """A result of a province that no further level is asked about."""
    dossier = make.accepted_dossier(regime=code)
    at = make.NOW
    if code == "2019":
        first = make.concluded(dossier, [74, 74, 75])
        at = first.concluded_at
        dossier = cycle.received(Dossier.objects.get(pk=dossier.pk), at=at)
    return make.concluded(dossier, [74, 74, 75], at=at)


@ALL
def test_a_complaint_has_its_window_its_answer_and_one_extension(code: str) -> None:
    rating, rules = province_result(code), regime(code).complaint
    signed = make.signed(make.drafted(rating))
    assert signed.signed_at is not None
    known = legal_day(signed.signed_at)
    days = around(known, 1, rules.window_days)

    possible = days_of(lambda at: make.complaint(rating, at=at), days)

    assert possible == [day for day in days if day <= known + timedelta(days=rules.window_days)]
    complaint = make.complaint(rating, at=evening(known))
    assert complaint.due_on == known + timedelta(days=rules.answer_days)
    by = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    taken = complaints.take(complaint, by=by, at=evening(known))
    longer = complaints.extend(taken, reason="Đi thực tế", by=by, at=evening(known))
    assert longer.due_on == known + timedelta(days=rules.complex_days)


@ALL
def test_an_answer_that_is_late_is_told_each_day_and_still_possible(code: str) -> None:
    rating = province_result(code)
    complaint = make.complaint(rating, at=make.SIGNING)
    due = complaint.due_on

    told = [
        (day - due).days
        for day in around(due, -10, -3, 0, 7)
        if reminders.remind_of_complaints(at=evening(day))
    ]

    assert told == [-3, 0, 1, 6, 7, 8]
    assert Complaint.objects.get().status.is_open


def test_written_opinions_have_their_days_from_the_complete_file() -> None:
    law = regime("2026")
    assert law.renewal is not None
    row = cycle.enrolment(
        regime="2026", kind=EnrolmentKind.RE_EVALUATION, facts=frozenset({RECOGNISED})
    )
    dossier = make.accepted_dossier(regime="2026", row=row)
    held = make.room_for(dossier)
    received = legal_day(make.NOW)
    days = around(received, 0, law.renewal.answer_within_days)

    def asked(due: date) -> None:
        written_opinions.ask(
            held.council, dossiers=[dossier], due_on=due, by=held.officer, at=make.NOW
        )

    possible = [day for day in days if is_possible(partial(asked, day))]

    last = received + timedelta(days=law.renewal.answer_within_days)
    assert possible == [day for day in days if received <= day <= last]
    assert regime("2019").renewal is None


@ALL
def test_a_certificate_is_valid_for_its_months_and_its_end_is_told(code: str) -> None:
    law = regime(code)
    make.signed(make.drafted(province_result(code)))
    held = Certificate.objects.get()
    end = valid_until(held.issued_on, law.certificate_months)
    days = around(end, 0, *[-days for days in law.reminder_days])

    valid = [day for day in days if held.status_on(day) is CertificateStatus.VALID]
    told = [(end - day).days for day in days if reminders.remind_of_expiry(at=evening(day))]

    assert held.valid_until == end
    assert valid == [day for day in days if day <= end]
    assert told == [*law.reminder_days, -1]


def test_a_re_evaluation_is_filed_between_its_two_days_or_after_the_end() -> None:
    law = regime("2026")
    assert law.renewal is not None
    end = valid_until(make.DECIDED_ON, law.certificate_months)
    opens, closes = law.renewal.opens_days, law.renewal.closes_days
    window = filing_window(law.renewal, end)

    open_on = [day for day in around(end, -opens, -closes, 0) if window.is_open(day)]

    assert [(end - day).days for day in open_on] == [opens, opens - 1, closes + 1, closes, -1]


@ALL
def test_a_decision_is_dated_from_its_result_to_the_day_of_its_signature(code: str) -> None:
    rating = province_result(code)
    concluded, signing = legal_day(rating.concluded_at), legal_day(make.SIGNING)
    if signing <= concluded:
        signing = concluded + timedelta(days=2)
    draft = make.drafted(rating)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)
    signer = cycle.holder(Role.AUTHORITY, draft.unit)

    def dated(on: date) -> None:
        at = evening(signing)
        changed = drafts.revise(
            draft, number="7/QĐ-UBND", title="Công nhận", decided_on=on, by=officer, at=at
        )
        decisions.sign(decisions.present(changed, by=officer, at=at), by=signer, at=at)

    days = sorted({*around(concluded, 0), *around(signing, 0)})
    possible = [day for day in days if is_possible(partial(dated, day))]

    assert possible == [day for day in days if concluded <= day <= signing]


def test_who_signs_does_so_up_to_the_day_on_which_the_posting_ends() -> None:
    decision = make.presented(make.drafted(province_result("2026")))
    signer = cycle.holder(Role.AUTHORITY, decision.unit)
    ends = legal_day(make.SIGNING) + timedelta(days=10)
    Posting.objects.filter(user=signer).update(ends_on=ends)
    days = around(ends, 0)

    possible = days_of(lambda at: decisions.sign(decision, by=signer, at=at), days)

    assert possible == [day for day in days if day < ends]


@ALL
def test_a_file_goes_up_at_once_or_with_the_signature(code: str) -> None:
    """A stage forwards with its conclusion, or, where it recognises first, with its decision."""
    law = regime(code)
    dossier = make.accepted_dossier(regime=code)
    at, seen = make.NOW, []
    for stage in law.stages[:-1]:
        rating = make.concluded(Dossier.objects.get(pk=dossier.pk), [92, 93, 94], at=at)
        at = rating.concluded_at
        with_conclusion = Dossier.objects.get(pk=dossier.pk).level != stage.level
        if not with_conclusion:
            decision = make.signed(make.drafted(rating))
            assert decision.signed_at is not None
            at = decision.signed_at
        seen.append((stage.level, with_conclusion))
        dossier = Dossier.objects.get(pk=dossier.pk)
        assert dossier.level == law.next_level(stage.level)
        dossier = cycle.received(dossier, at=at)

    assert seen == [(stage.level, not stage.forward_after_recognition) for stage in law.stages[:-1]]


def test_the_commune_reports_within_its_working_days() -> None:
    law = regime("2026")
    assert law.commune_report_days is not None
    dossier = make.lodged_dossier(regime="2026")

    due = working_calendar().add_working_days(legal_day(make.NOW), law.commune_report_days)

    assert (dossier.level, dossier.due_on) == (Level.COMMUNE, due)
    assert make.lodged_dossier(regime="2019").due_on is None


def test_a_revocation_is_due_within_its_days_of_the_conclusion() -> None:
    law = regime("2026")
    assert law.revocation_days is not None
    make.signed(make.drafted(province_result("2026")))
    measure = make.measure(Certificate.objects.get(), DecisionKind.REVOKE, at=make.SIGNING)

    [effect] = measure_effects(measure)

    concluded = effect.measure.concluded_on
    assert effect.due_on == concluded + timedelta(days=law.revocation_days)
