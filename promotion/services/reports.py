"""Reports of misuse: received from anybody, taken by an officer, answered.

The only place that writes a report; its state is set by `answering`.
"""

import secrets
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from cycle.selectors import promised_day
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.reports import ReportKind, check_report
from promotion.models import MisuseReport
from promotion.permissions import may_answer_report
from promotion.selectors.reports import reports
from promotion.services import answering
from registry.domain.clock import legal_day
from registry.domain.text import nfc
from registry.models import Unit
from registry.services import picture_files
from scoring.domain.short_code import new_code
from scoring.models import Certificate
from scoring.selectors.inspections import office_of

PROMISE = "misuse_report"
OVERDUE = "promotion.report.overdue"


def receive(
    *,
    kind: ReportKind,
    text: str,
    certificate: Certificate | None = None,
    province: Unit | None = None,
    product_name: str = "",
    place: str = "",
    contact: str = "",
    photo: "File[Any] | None" = None,
    at: datetime,
) -> MisuseReport:
    """A report of anybody, with a code to ask after it; the office in charge is told.

    A named certificate leads to the office that inspects it, else the named province is asked.
    Refused: too little text, neither certificate nor province, a file that is no photograph.
    """
    check_report(text=text, has_place=certificate is not None or province is not None)
    unit = province if certificate is None else office_of(certificate)
    assert unit is not None  # noqa: S101 - checked above
    report = MisuseReport(
        code=new_code(secrets.randbelow),
        kind=ReportKind(kind),
        certificate=certificate,
        product_name=nfc(product_name).strip() or (certificate.product_name if certificate else ""),
        place=nfc(place).strip(),
        text=nfc(text).strip(),
        contact=nfc(contact).strip(),
        unit=unit,
        received_at=at,
        due_on=promised_day(PROMISE, legal_day(at)),
    )
    if photo:
        made = picture_files.make(photo)
        report.photo.save("anh.webp", ContentFile(made.large), save=False)
    try:
        return _keep(report, at)
    except Exception:
        report.photo.delete(save=False)
        raise


@transaction.atomic
def take(report: MisuseReport, *, by: User, at: datetime) -> MisuseReport:
    """An officer looks into it from now on. Taken twice by the same person is taken once."""
    require(may_answer_report(by, report, on=legal_day(at)))
    current = _locked(report)
    if answering.take(current, by=by):
        _record(current, "taken", by, at)
    return current


@transaction.atomic
def hand_over(report: MisuseReport, *, to: User, by: User, at: datetime) -> MisuseReport:
    """A colleague goes on with what somebody took who leaves; refused as `answering` says."""
    current = _locked(report)
    on = legal_day(at)
    answering.hand_over(
        current, to=to, may_answer=may_answer_report(to, current, on=on), by=by, on=on
    )
    _record(current, "handed_over", by, at)
    return current


@transaction.atomic
def answer(report: MisuseReport, *, text: str, by: User, at: datetime) -> MisuseReport:
    """The answer that whoever holds the code will read; it is given once."""
    require(may_answer_report(by, report, on=legal_day(at)))
    current = _locked(report)
    answering.answer(current, text, by=by, at=at)
    _record(current, "answered", by, at)
    return current


@transaction.atomic
def remind_of_overdue(*, at: datetime) -> int:
    """Reports whose day has passed unanswered, each told once; says how many were new."""
    late = list(answering.newly_overdue(reports(), OVERDUE, on=legal_day(at)))
    for report in late:
        _record(report, "overdue", None, at)
    return len(late)


@transaction.atomic
def _keep(report: MisuseReport, at: datetime) -> MisuseReport:
    report.save(force_insert=True)
    _record(report, "received", None, at)
    return report


def _locked(report: MisuseReport) -> MisuseReport:
    rows = MisuseReport.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=report.pk)


def _record(report: MisuseReport, word: str, by: User | None, at: datetime) -> None:
    """Neither the text nor the contact: a report may name people."""
    record(
        f"promotion.report.{word}",
        subject=report,
        actor=by,
        at=at,
        facts={
            "code": report.shown_code,
            "kind": str(report.kind),
            "unit": report.unit_id,
            "due": f"{report.due_on:%d/%m/%Y}",
        },
    )
