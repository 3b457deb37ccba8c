"""The rows of a sheet: its marks, and the sendings by which they came."""

from datetime import datetime

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.receipt import Sending
from scoring.domain.sheet import Choices
from scoring.models import AgendaItem, Mark, Sheet, SheetSending
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of


def is_stored(sheet: Sheet, choices: Choices, comment: str) -> bool:
    """Whether the sheet holds exactly this already."""
    return sheet.pk is not None and sheet.comment == comment and choices_of(sheet) == dict(choices)


def store(sheet: Sheet, item: AgendaItem, choices: Choices, comment: str, at: datetime) -> None:
    """Writes row and marks; the points beside an option are the rubric's, for reading."""
    points = rubric_of(item.edition).points_of
    sheet.comment, sheet.saved_at = comment, at
    sheet.version += 1
    sheet.save()
    Mark.objects.filter(sheet=sheet).exclude(criterion__in=list(choices)).delete()
    Mark.objects.bulk_create(
        [
            Mark(
                sheet=sheet,
                criterion=code,
                option=chosen,
                points=0 if chosen is None else points[chosen],
            )
            for code, chosen in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["option", "points"],
    )


def sent_before(item: AgendaItem, by: User, sending: Sending) -> Sheet | None:
    """The sheet that the same sending has reached already. Refused: its key for something else."""
    if sending.key is None:
        return None
    found = (
        SheetSending.objects.filter(key=sending.key, sheet__item=item, sheet__member__user=by)
        .select_related("sheet")
        .first()
    )
    if found is None:
        return None
    if found.digest != sending.digest:
        raise RuleBroken(
            "sheet.key_reused", term("Mã gửi này đã dùng cho một lần gửi khác."), field="key"
        )
    return found.sheet


def note_sending(sheet: Sheet, sending: Sending, at: datetime) -> None:
    """Remembers an accepted sending; one without a key is not remembered."""
    if sending.key is not None:
        SheetSending.objects.create(
            sheet=sheet, key=sending.key, digest=sending.digest, version=sheet.version, at=at
        )
