"""`manage.py load_rubrics`: the rubrics of every regime, from the files of the repository."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from scoring.services import rubric_files
from scoring.services.rubric_files import FileReport
from scoring.services.rubrics import Change


class Command(BaseCommand):
    help = "Loads the rubrics: complete sets are published, the others stay drafts; safe to repeat."

    def handle(self, *_args: Any, **_options: Any) -> None:
        reports = list(rubric_files.load_all(at=timezone.now()))
        for report in reports:
            if report.change is not Change.NONE or report.faults:
                self.stdout.write(_line(report))
        published = sum(report.published for report in reports)
        unchanged = sum(report.change is Change.NONE for report in reports)
        self.stdout.write(
            f"rubrics: {published} published, {len(reports) - published} drafts, "
            f"{unchanged} unchanged"
        )


def _line(report: FileReport) -> str:
    rubric = report.rubric
    state = "published" if report.published else "draft"
    head = f"rubric {rubric.regime}/{rubric.number} {rubric.name}: {report.change}, {state}"
    return "\n  ".join([head, *(str(fault) for fault in report.faults)])
