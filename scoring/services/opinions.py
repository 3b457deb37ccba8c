"""The advisory team's opinions: kept as a draft, sent to the council, counted nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import term
from scoring import permissions
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import read_choices
from scoring.models import AgendaItem, Opinion, OpinionLine
from scoring.selectors.councils import seat_of
from scoring.selectors.opinions import opinion_of
from scoring.selectors.rubrics import rubric_of
from scoring.services.items import about, locked_item


@dataclass(frozen=True)
class Said:
    """What an adviser says: levels and remarks by criterion, the visit, what is lacking."""

    choices: Mapping[str, str | None] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    visited_on: date | None = None
    visit_note: str = ""
    supplements: str = ""

    @property
    def codes(self) -> set[str]:
        named = {code for code, chosen in self.choices.items() if chosen is not None}
        return named | {code for code, remark in self.remarks.items() if remark}

    @property
    def is_empty(self) -> bool:
        return not (self.codes or self.visit_note or self.supplements)


@transaction.atomic
def save(
    item: AgendaItem, said: Said, *, version: int | None = None, by: User, at: datetime
) -> Opinion:
    """Keeps a draft that nobody else reads.

    Refused: anybody but an adviser in office, a conflict of interest, a product that has an end,
    an opinion that was sent already, an option of another criterion, a stale version.
    """
    opinion = _open(item, version, by, at)
    if opinion.sent_at is not None:
        raise RuleBroken(
            "opinion.sent", term("Ý kiến đã gửi; hãy gửi lại bản sửa thay vì lưu nháp.")
        )
    return _kept(opinion, said, "saved", by, at)


@transaction.atomic
def send(
    item: AgendaItem, said: Said, *, version: int | None = None, by: User, at: datetime
) -> Opinion:
    """Shows the opinion to the members of the council; sent again, it replaces the one before.

    Refused as in `save`, and an opinion that says nothing. A request for supplements is told to
    the council's chair and secretary, once for every wording.
    """
    opinion = _open(item, version, by, at)
    if said.is_empty:
        raise RuleBroken("opinion.empty", term("Hãy nêu ít nhất một ý kiến trước khi gửi."))
    asked_before = opinion.supplements if opinion.sent_at else ""
    opinion.sent_at = at
    stored = _kept(opinion, said, "sent", by, at)
    if said.supplements and said.supplements != asked_before:
        facts = {**about(item), "supplements": said.supplements, "adviser": str(by)}
        journal.record("scoring.supplement.asked", subject=stored, actor=by, at=at, facts=facts)
    return stored


def _open(item: AgendaItem, version: int | None, by: User, at: datetime) -> Opinion:
    current = locked_item(item)
    on = legal_day(at)
    require(permissions.may_advise(by, current, on=on))
    seat = seat_of(by, current.session.council, on)
    if seat is None:
        raise AssertionError("may_advise has found a seat")
    opinion = opinion_of(current, seat) or Opinion(item=current, member=seat, version=0)
    if version is not None and version != opinion.version:
        raise Stale(
            "opinion.stale",
            term("Ý kiến đã được lưu ở một thẻ hoặc máy khác. Hãy tải lại trang rồi viết tiếp."),
        )
    return opinion


def _kept(opinion: Opinion, said: Said, word: str, by: User, at: datetime) -> Opinion:
    rubric = rubric_of(opinion.item.edition)
    choices = read_choices(rubric, said.choices)
    _check_remarks(rubric, said.remarks)
    opinion.visited_on, opinion.visit_note = said.visited_on, said.visit_note
    opinion.supplements, opinion.saved_at = said.supplements, at
    opinion.version += 1
    opinion.save()
    opinion.lines.all().delete()
    OpinionLine.objects.bulk_create(
        OpinionLine(
            opinion=opinion,
            criterion=code,
            option=choices.get(code),
            remark=said.remarks.get(code, ""),
        )
        for code in rubric.by_code
        if code in said.codes
    )
    facts = {**about(opinion.item), "criteria": len(said.codes)}
    journal.record(f"scoring.opinion.{word}", subject=opinion, actor=by, at=at, facts=facts)
    return opinion


def _check_remarks(rubric: Rubric, remarks: Mapping[str, str]) -> None:
    for code in remarks:
        if code not in rubric.by_code:
            raise RuleBroken(
                "sheet.unknown_criterion",
                term("Bộ tiêu chí này không có tiêu chí “%(criterion)s”."),
                field=f"remarks.{code}",
                criterion=code,
            )
