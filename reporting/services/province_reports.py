"""Provinces' reports: written, sent, received, returned, sent again.

The only place that sets the state of a report. What is sent is frozen with its figures and a hash.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.models import Entry
from ocop_portal.journal.services import record
from registry.domain.clock import legal_day
from registry.domain.documents import safe_name
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term
from registry.services import uploads
from reporting.domain.figures import as_values, fingerprint
from reporting.domain.report_states import REPORT, ReportMove
from reporting.models import ProvinceReport, ReportSending
from reporting.permissions import may_ask_provinces, may_write_for
from reporting.selectors import programme
from reporting.selectors.report_figures import figures_for, told_period

WORDS = ("results", "difficulties", "proposals")
OVERDUE, DUE_SOON = "reporting.report.overdue", "reporting.report.due_soon"


@transaction.atomic
def write(
    report: ProvinceReport, words: Mapping[str, str], *, version: int, by: User, at: datetime
) -> ProvinceReport:
    """Keeps the officer's words. Refused while the centre has the report, or on a stale page."""
    current = _locked(report)
    require(may_write_for(by, current.unit, on=legal_day(at)))
    if not current.status.waits_for_the_province:
        raise RuleBroken(
            "province_report.not_yours",
            term("Báo cáo đang không ở chỗ tỉnh nên không sửa được."),
        )
    _check_version(current, version)
    for name in WORDS:
        setattr(current, name, nfc(words.get(name, "")).strip())
    current.version += 1
    current.written_at = at
    current.save(update_fields=[*WORDS, "version", "written_at"])
    _record(current, "written", by, at)
    return current


def send(
    report: ProvinceReport,
    *,
    version: int,
    file: "File[Any] | None" = None,
    by: User,
    at: datetime,
) -> ReportSending:
    """Sends the report with the portal's figures as they stand; a paper may come with it.

    The file is judged and written before the transaction and removed if that fails.
    """
    require(may_write_for(by, report.unit, on=legal_day(at)))
    sending = ReportSending(report=report, sent_by=by, sent_at=at)
    if file is not None:
        found = uploads.inspect(file, at=at)
        sending.file_name = safe_name(file.name or "", found.kind)
        sending.file_type = found.kind.content_type
        sending.file.save("report", file, save=False)
    try:
        return _send(sending, version=version, by=by, at=at)
    except Exception:
        if sending.file:
            sending.file.delete(save=False)
        raise


@transaction.atomic
def receive(report: ProvinceReport, *, by: User, at: datetime) -> ProvinceReport:
    """The centre has the report and is content; twice is once."""
    current = _locked(report)
    require(may_ask_provinces(by, on=legal_day(at)))
    current.state = REPORT.decide(current.status, ReportMove.RECEIVE)
    return _answered(current, "received", by, at)


@transaction.atomic
def return_to_province(
    report: ProvinceReport, *, reason: str, by: User, at: datetime
) -> ProvinceReport:
    """Back to the province with the reason; what was sent stays as it was."""
    return _turn_away(report, ReportMove.RETURN, reason=reason, by=by, at=at)


@transaction.atomic
def cancel(report: ProvinceReport, *, reason: str, by: User, at: datetime) -> ProvinceReport:
    """The province need not report any more."""
    return _turn_away(report, ReportMove.CANCEL, reason=reason, by=by, at=at)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Reports due within three days, and those overdue, each told once; how many were new."""
    today = legal_day(at)
    told = 0
    for kind, reports in (
        (DUE_SOON, programme.due_soon(today)),
        (OVERDUE, programme.overdue(today)),
    ):
        known = set(
            Entry.objects.filter(
                kind=kind, subject_type=ProvinceReport._meta.label_lower
            ).values_list("subject_id", flat=True)
        )
        for report in reports:
            if report.pk not in known:
                _record(report, kind.rpartition(".")[2], None, at)
                told += 1
    return told


@transaction.atomic
def _send(sending: ReportSending, *, version: int, by: User, at: datetime) -> ReportSending:
    current = _locked(sending.report)
    _check_version(current, version)
    facts = frozenset({"words"}) if current.results else frozenset()
    current.state = REPORT.decide(current.status, ReportMove.SEND, facts)
    period = told_period(current.request, today=legal_day(at))
    sending.report = current
    sending.number = current.sendings.count() + 1
    sending.first, sending.as_of = period.first, period.last
    sending.words = {name: getattr(current, name) for name in WORDS}
    sending.figures = as_values(figures_for(current.unit, period, today=legal_day(at), reader=by))
    sending.sha256 = hash_of(sending)
    sending.save(force_insert=True)
    current.version += 1
    current.sent_at, current.reason = at, ""
    current.save(update_fields=["state", "version", "sent_at", "reason"])
    _record(current, "sent", by, at, number=sending.number, sha256=sending.sha256)
    return sending


def hash_of(sending: ReportSending) -> str:
    """What the stored hash has to be: of the words, the figures and their days."""
    return fingerprint(
        {
            "words": sending.words,
            "figures": sending.figures,
            "first": sending.first.isoformat(),
            "as_of": sending.as_of.isoformat(),
        }
    )


def _turn_away(
    report: ProvinceReport, move: ReportMove, *, reason: str, by: User, at: datetime
) -> ProvinceReport:
    current = _locked(report)
    require(may_ask_provinces(by, on=legal_day(at)))
    facts = frozenset({"reason"}) if reason.strip() else frozenset()
    current.state = REPORT.decide(current.status, move, facts)
    current.reason = nfc(reason).strip()
    return _answered(current, current.state, by, at)


def _answered(current: ProvinceReport, word: str, by: User, at: datetime) -> ProvinceReport:
    current.version += 1
    current.answered_at = at
    current.save(update_fields=["state", "version", "reason", "answered_at"])
    _record(current, word, by, at, reason=current.reason)
    return current


def _check_version(current: ProvinceReport, version: int) -> None:
    if current.version != version:
        raise Stale(
            "province_report.stale",
            term("Báo cáo vừa được người khác sửa hoặc gửi. Hãy tải lại trang rồi làm tiếp."),
        )


def _locked(report: ProvinceReport) -> ProvinceReport:
    rows = ProvinceReport.objects.select_for_update(of=("self",))
    return rows.select_related("request", "unit").get(pk=report.pk)


def _record(
    report: ProvinceReport, word: str, by: User | None, at: datetime, **more: object
) -> None:
    record(
        f"reporting.report.{word}",
        subject=report,
        actor=by,
        at=at,
        facts={
            "unit": report.unit_id,
            "unit_name": report.unit.name,
            "title": report.request.title,
            "due": f"{report.request.due_on:%d/%m/%Y}",
            **more,
        },
    )
