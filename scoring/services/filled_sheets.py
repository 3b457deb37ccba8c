"""A sheet that was handed in, on the official form as PDF, with its receipt."""

from typing import Any

from django.core.cache import cache
from django.utils.timezone import localtime

from registry.domain.text import nfc
from scoring.domain.rubric import Criterion
from scoring.domain.sheet import Tally, tally
from scoring.models import Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.services.blank_sheets import form_data, typeset

NONE_MET = -1
_KEPT_SECONDS = 24 * 3600
_LAYOUT = 2


def filled_sheet(sheet: Sheet) -> bytes:
    """Made from the stored rows; a sheet that has not been handed in has no official form."""
    if not sheet.receipt_hash or sheet.state == "draft":
        raise ValueError("a draft is no official sheet")
    grounds = frozenset(sheet.item.ground_findings.values_list("ground", flat=True))
    counted = tally(rubric_of(sheet.item.edition), choices_of(sheet), grounds)
    zeroed = "-".join(counted.zeroed)
    key = f"filled-sheet:{_LAYOUT}:{sheet.pk}:{sheet.version}:{sheet.receipt_hash[:16]}:{zeroed}"
    made = cache.get(key)
    if not isinstance(made, bytes):
        made = typeset(_data(sheet, counted))
        cache.set(key, made, _KEPT_SECONDS)
    return made


def _data(sheet: Sheet, counted: Tally) -> dict[str, Any]:
    edition = sheet.item.edition
    data = form_data(rubric_of(edition), edition)
    return {**data, "filled": _filled(sheet, counted)}


def _filled(sheet: Sheet, counted: Tally) -> dict[str, Any]:
    item = sheet.item
    product = item.dossier.enrolment.product
    choices = choices_of(sheet)
    handed_in = localtime(sheet.submitted_at)
    member = sheet.member
    return {
        "product": product.name,
        "code": product.code or item.dossier.code,
        "subject": product.subject.name,
        "council": item.session.council.name,
        "day": f"{handed_in:%d/%m/%Y}",
        "long_day": f"Ngày {handed_in.day} tháng {handed_in.month} năm {handed_in.year}",
        "member": f"{member.user} – {member.role.label}",
        "name": str(member.user),
        "submitted": f"{handed_in:%H:%M, %d/%m/%Y}, lượt chấm {sheet.ballot}",
        "chosen": {
            criterion.code: _place(criterion, choices[criterion.code])
            for criterion in rubric_of(item.edition).criteria
            if criterion.code in choices
        },
        "points": {code: str(points) for code, points in counted.points.items()},
        "parts": {code: str(points) for code, points in counted.parts.items()},
        "total": str(counted.total),
        "comment": nfc(sheet.comment),
        "receipt": sheet.receipt_hash,
        "notes": _notes(sheet, counted),
    }


def _place(criterion: Criterion, chosen: str | None) -> int:
    """Which box is ticked: the place of the option, or that none is met.

    An option of no points says the same where the form prints one.
    """
    ids = [option.id for option in criterion.options]
    return ids.index(chosen) if chosen in ids else NONE_MET


def _notes(sheet: Sheet, counted: Tally) -> list[str]:
    """What changed after the first handing-in, and what does not count."""
    notes = [
        f"Mở lại lúc {localtime(row.at):%H:%M, %d/%m/%Y} bởi {row.by}: {row.reason}"
        for row in sheet.reopenings.select_related("by").order_by("id")
    ]
    if counted.zeroed:
        notes.append(f"Không tính điểm theo ghi chú của bộ tiêu chí: {', '.join(counted.zeroed)}")
    return notes
