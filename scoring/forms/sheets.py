"""What a browser sends of a score sheet, and what it is answered: nothing sent is a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.template.defaultfilters import date as date_words
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from registry.domain.errors import RuleBroken
from registry.domain.text import nfc
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import read_choices, tally
from scoring.forms.choices import chosen_in
from scoring.forms.sessions import ReasonForm
from scoring.models import Sheet
from scoring.selectors.boards import choices_of

REVIEW = "nop"
LONGEST_COMMENT = 4000
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Sent:
    """A sending: the choices, the remark, the version that was read, the key, where to go next."""

    choices: dict[str, str | None]
    comment: str
    version: int | None
    key: UUID | None
    hands_in: bool
    go: str


def sent_in(data: Mapping[str, str]) -> Sent:
    """Reads a sending; a version or a key that is none is left out."""
    version = data.get("version", "")
    return Sent(
        choices=chosen_in(data),
        comment=nfc(data.get("comment", "")).strip()[:LONGEST_COMMENT],
        version=int(version) if version.isdecimal() and len(version) <= _LONGEST_NUMBER else None,
        key=_key(data.get("key", "")),
        hands_in=data.get("act") == "submit",
        go=data.get("go", ""),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def known_choices(rubric: Rubric, choices: Mapping[str, str | None]) -> dict[str, str | None]:
    """What was chosen and exists in this rubric: the rest was refused and cannot be drawn."""
    known: dict[str, str | None] = {}
    for code, chosen in choices.items():
        try:
            known |= read_choices(rubric, {code: chosen})
        except RuleBroken:
            continue
    return known


def section_of(rubric: Rubric, code: str) -> str:
    """The section that a section's or a criterion's code leads to; empty: it leads nowhere."""
    for section in rubric.sections():
        if code == section.code or any(code == each.code for each in section.criteria):
            return section.code
    return REVIEW if code == REVIEW else ""


def stored_state(sheet: Sheet, rubric: Rubric) -> dict[str, Any]:
    """What the server holds of a sheet, read back from its rows for the browser that sent it."""
    choices = choices_of(sheet)
    counted = tally(rubric, choices)
    return {
        "state": sheet.state,
        "version": sheet.version,
        "saved_at": sheet.saved_at.isoformat(),
        "saved_at_text": date_words(localtime(sheet.saved_at), "H:i"),
        "choices": choices,
        "comment": sheet.comment,
        "answered": len(choices),
        "asked": len(rubric.by_code),
        "parts": dict(counted.parts),
        "total": counted.total,
        "receipt": sheet.receipt_hash,
        "url": sheet.get_absolute_url() if sheet.state != "draft" else "",
    }


class SubmittedChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A sheet named by its member and the moment it came in."""

    def label_from_instance(self, obj: Sheet) -> str:
        moment = date_words(localtime(obj.submitted_at), "H:i, d/m/Y")
        return f"{obj.member.user} ({moment})"


class ReopenForm(ReasonForm):
    """Whose sheet is given back, and why."""

    field_order = ("sheet", "reason")
    sheet = SubmittedChoice(
        label=_("Phiếu của"),
        queryset=Sheet.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, submitted: QuerySet[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = submitted
