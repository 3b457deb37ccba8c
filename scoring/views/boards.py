"""What a member without a conflict finds on the page of a product: board, findings, offers."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cycle.selectors import visible_dossiers
from ocop_portal.accounts.models import User
from registry.selectors import regime
from scoring import permissions
from scoring.domain.gates import GateSupport
from scoring.domain.session_states import ItemState
from scoring.domain.stars import band_of
from scoring.forms import GroundForm, ReasonForm
from scoring.models import AgendaItem
from scoring.selectors.boards import Board, board_of, gates_to_find, proposed_findings
from scoring.selectors.councils import seat_of
from scoring.selectors.evidence_flags import flags_of_sheets, links_with_papers
from scoring.selectors.ratings import ratings as all_ratings
from scoring.selectors.rounds import two_rounds
from scoring.selectors.sessions import day_of
from scoring.selectors.sheets import reopenings_of, sheet_of, visible_sheets
from scoring.selectors.tastings import lacks_samples

LIVE = "scoring/_board_live.html"


@dataclass(frozen=True)
class GateRow:
    """A gate with the members' choices beside it; what was found, else what is proposed."""

    support: GateSupport
    name: str
    found: bool | None
    proposed: bool

    @property
    def field(self) -> str:
        return f"gate-{self.support.gate.criterion}-{self.support.gate.star}"

    @property
    def value(self) -> bool:
        return self.proposed if self.found is None else self.found


def open_context(item: AgendaItem, user: User, on: date) -> dict[str, object]:
    """What a member without a conflict sees: the board, and what may be done."""
    board = board_of(item)
    scoring = item.status is ItemState.SCORING
    may_preside = permissions.may_preside(user, item, on=on) if scoring else None
    may_find = permissions.may_find(user, item, on=on) if scoring else None
    return {
        **result_context(item),
        "board": board,
        "names": {criterion.code: criterion.name for criterion in board.rubric.criteria},
        "figures": board.figures,
        "gate_rows": gate_rows(item, board) if board.all_in else [],
        "found_grounds": item.ground_findings.select_related("by").order_by("id"),
        "may_score": permissions.may_score(user, item, on=on) if scoring else None,
        "may_advise": permissions.may_advise(user, item, on=on),
        "may_preside": may_preside,
        "may_find": may_find,
        "own_sheet": sheet_of(item, user),
        "reopenings": reopenings_of(item),
        "shown_sheets": visible_sheets(user, on).filter(item=item),
        "ground_form": GroundForm(rubric=board.rubric, prefix="ground") if may_find else None,
        "ballot_form": ReasonForm(prefix="ballot") if may_preside else None,
        "tests_form": tests_form(board) if may_preside else None,
        "rounds": two_rounds(item, board),
        "missing_gates": missing_gates(item, board),
        "samples": lacks_samples(item),
        "flags": flags_of_sheets(
            item.dossier,
            board.rubric,
            [counted.choices for counted in board.sheets],
            links=links_with_papers(item.dossier),
            on=day_of(item.session),
        ),
        "day": day_of(item.session),
        "waits_for_round": board.spread_too_wide and board.round_left,
        "ends_without": board.spread_too_wide and not board.round_left,
        "limit": item.session.council.max_spread,
    }


def live_url(item: AgendaItem) -> str:
    return reverse("scoring:item-board", args=[item.pk])


def live_context(item: AgendaItem, user: User, on: date) -> dict[str, object]:
    """The part of the board that changes by itself; who has handed in is for who keeps it."""
    board = board_of(item)
    seat = seat_of(user, item.session.council, on)
    return {
        "item": item,
        "board": board,
        "figures": board.figures,
        "keeps": seat is not None and seat.role.keeps,
    }


def tests_form(board: Board) -> ReasonForm | None:
    """Where the round after the test results is due: it names the results."""
    if not board.awaits_tests:
        return None
    form = ReasonForm(prefix="tests")
    form.fields["reason"].label = _("Kết quả kiểm nghiệm")
    form.fields["reason"].help_text = _("Số phiếu, ngày, nơi kiểm nghiệm và kết luận.")
    return form


def result_context(item: AgendaItem) -> dict[str, object]:
    """What anybody who sees the session may read of an item's end."""
    return {
        "rating": all_ratings().filter(item=item).first(),
        "ballots": item.ballots.select_related("opened_by").order_by("number"),
    }


def outside_context(item: AgendaItem, user: User, on: date) -> dict[str, object]:
    """What an office without a seat sees: the end of the item, and the way to the dossier."""
    return {
        **result_context(item),
        "sees_dossier": visible_dossiers(user, on).filter(pk=item.dossier_id).exists(),
    }


def gate_rows(item: AgendaItem, board: Board) -> list[GateRow]:
    """Every gate of the rubric, the lower stars first."""
    proposed = proposed_findings(board)
    found = {(row.criterion, row.star): row.met for row in item.gate_findings.order_by("id")}
    return [
        GateRow(
            support=support,
            name=board.rubric.by_code[support.gate.criterion].name,
            found=found.get((support.gate.criterion, support.gate.star)),
            proposed=proposed[support.gate.criterion, support.gate.star],
        )
        for support in board.gate_support
    ]


def missing_gates(item: AgendaItem, board: Board) -> list[str]:
    """Criteria whose gates of the band, or below, the council has not looked at yet."""
    if board.figures is None:
        return []
    band = band_of(board.figures.mean, regime(item.dossier.regime).bands)
    found = set(item.gate_findings.values_list("criterion", "star"))
    absent = gates_to_find(board.rubric, band)
    return [
        f"{gate.criterion} ({gate.star}★)"
        for gate in absent
        if (gate.criterion, gate.star) not in found
    ]
