"""The minutes of a session, drawn up from what is stored: nobody's sheet is named in them."""

from dataclasses import dataclass
from datetime import date

from ocop_portal.accounts.models import User
from scoring.domain.council import Seat
from scoring.domain.session_states import ItemState
from scoring.models import AgendaItem, Ballot, CouncilMember, Declaration, Rating, Session
from scoring.selectors.councils import roster
from scoring.selectors.evidence_flags import FlagRow, flags_of_sheets, links_with_papers
from scoring.selectors.ratings import ratings
from scoring.selectors.rechecks import stored_sheets
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sessions import agenda_for, day_of


@dataclass(frozen=True)
class MinutesItem:
    """One dossier in the minutes; without `is_open` only its title stands there."""

    item: AgendaItem
    is_open: bool
    conflicts: tuple[CouncilMember, ...]
    ballots: tuple[Ballot, ...]
    rating: Rating | None
    flags: tuple[FlagRow, ...] = ()

    @property
    def ended_without_result(self) -> bool:
        return self.item.status in {ItemState.WITHOUT_RESULT, ItemState.STOPPED}


@dataclass(frozen=True)
class Minutes:
    """Who was there, who was not, and what came of each dossier."""

    present: tuple[CouncilMember, ...]
    absent: tuple[CouncilMember, ...]
    items: tuple[MinutesItem, ...]

    @property
    def chair(self) -> CouncilMember | None:
        return next((member for member in self.present if member.role.may_preside), None)

    @property
    def secretary(self) -> CouncilMember | None:
        return next((member for member in self.present if member.role is Seat.SECRETARY), None)


def minutes_of(session: Session, user: User, on: date) -> Minutes:
    """The minutes as this reader may see them: what is hidden on the agenda is hidden here."""
    seated = roster(session.council, day_of(session))
    present = set(session.attendance.values_list("member", flat=True))
    agenda = agenda_for(session, user, on)
    items = [row.item.pk for row in agenda]
    conflicts: dict[int, list[CouncilMember]] = {}
    for word in Declaration.objects.filter(item__in=items, has_conflict=True).select_related(
        "member__user"
    ):
        conflicts.setdefault(word.item_id, []).append(word.member)
    ballots: dict[int, list[Ballot]] = {}
    for ballot in Ballot.objects.filter(item__in=items).order_by("item_id", "number"):
        ballots.setdefault(ballot.item_id, []).append(ballot)
    results = {rating.item_id: rating for rating in ratings().filter(item__in=items)}
    return Minutes(
        present=tuple(member for member in seated if member.pk in present),
        absent=tuple(member for member in seated if member.pk not in present),
        items=tuple(
            MinutesItem(
                item=row.item,
                is_open=row.may_read,
                conflicts=tuple(conflicts.get(row.item.pk, ())),
                ballots=tuple(ballots.get(row.item.pk, ())),
                rating=results.get(row.item.pk) if row.may_read else None,
                flags=_flags(results.get(row.item.pk), session) if row.may_read else (),
            )
            for row in agenda
        ),
    )


def _flags(rating: Rating | None, session: Session) -> tuple[FlagRow, ...]:
    """Options of the counted sheets whose papers were missing, or run out, on the day."""
    if rating is None:
        return ()
    sheets = [sheet.choices for sheet in stored_sheets(rating)]
    rubric, dossier = rubric_of(rating.edition), rating.item.dossier
    links = links_with_papers(dossier)
    return tuple(flags_of_sheets(dossier, rubric, sheets, links=links, on=day_of(session)))
