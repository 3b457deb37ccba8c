"""What ideas, plans and dossiers share: one writes in an open paper, and overwrites nobody.

What is promised of a text: it comes back sign for sign as it was typed, with its spaces at both
ends, its empty lines and its emoji. Three things alone are done to it, once and in this order:
line ends become "\\n", letters are composed (NFC), and signs that nobody can see are taken out
(by the form). The browser's module does the same, so both sides compare the same text.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.models import BusinessPlan, Dossier, Idea
from cycle.selectors import correctable_items, mending_of
from ocop_portal.accounts.models import User
from ocop_portal.journal import selectors as history
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.merging import Merged, Outcome, Seen, outcome, outcome_of_writing
from registry.domain.text import nfc, term

Paper = Idea | BusinessPlan | Dossier
STRETCH = timedelta(minutes=30)
CHANGING = frozenset({Outcome.WRITTEN, Outcome.CONFLICT})
STALE = term(
    "Trong lúc bạn sửa, đã có người lưu nội dung khác. Chữ bạn nhập vẫn còn bên dưới: "
    "hãy so lại rồi lưu lần nữa."
)


def require_open(paper: Paper) -> None:
    """Refuses to write in what is in somebody else's hands."""
    states = DossierState if isinstance(paper, Dossier) else AppraisalState
    state = states(paper.state)
    if not state.is_open:
        raise RuleBroken(
            "paper.not_open",
            term("Không sửa được khi đang ở trạng thái “%(state)s”."),
            state=state.label,
        )


def require_reopened(dossier: Dossier, names: Iterable[str], *, on: date) -> None:
    """Refuses to write in an item that the office did not ask to be mended."""
    mending = mending_of(dossier, on)
    shut = [name for name in names if not mending.is_open(name)]
    if shut:
        titles = {item.name: item.title for item in correctable_items(dossier)}
        raise RuleBroken(
            "paper.item_shut",
            term("Mục “%(item)s” không nằm trong yêu cầu sửa lần này nên chỉ đọc được."),
            field=shut[0],
            item=titles.get(shut[0], shut[0]),
        )


def write(
    paper: Paper,
    values: Mapping[str, Any],
    *,
    version: int,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> list[str]:
    """Writes the values that differ into a locked paper; answers with their names.

    `seen` holds the marks of what the writer had read, field by field; without it the whole
    `version` counts. Refused as stale, with nothing written, when somebody else's change would be
    overwritten; what is equal to what stands there already is no change, whoever wrote it. Refused,
    too: an item of a returned dossier that nobody asked to be mended.
    """
    sent = {name: composed(value) for name, value in values.items()}
    if seen is None:
        changed = [name for name, value in sent.items() if getattr(paper, name) != value]
        _require_reopened(paper, changed, at=at)
        if changed and paper.version != version:
            raise Stale("paper.stale", STALE)
    else:
        found = {name: _outcome(paper, name, sent, seen) for name in sent}
        _require_reopened(paper, [name for name in sent if found[name] in CHANGING], at=at)
        if in_conflict := [name for name in sent if found[name] is Outcome.CONFLICT]:
            raise Stale("paper.conflict", STALE, field=in_conflict[0], fields=tuple(in_conflict))
        changed = [name for name in sent if found[name] is Outcome.WRITTEN]
    _keep(paper, {name: sent[name] for name in changed})
    if changed:
        _tell(paper, changed, by=by, at=at)
    return changed


def merge(
    paper: Paper, values: Mapping[str, Any], *, seen: Mapping[str, Seen], by: User, at: datetime
) -> Merged:
    """Writes the fields that only the sender changed into a locked paper; answers with the rest.

    Every field is sent because it was written in: what stands there now must be what the sender
    had read, or had itself sent before without hearing of it.
    A field that is saved while it is written changes many times: person and field stand in the
    journal once for each half hour of writing, and again as soon as somebody else wrote there.
    """
    sent = {name: composed(value) for name, value in values.items()}
    found = {
        name: outcome_of_writing(getattr(paper, name), value, seen[name])
        for name, value in sent.items()
    }
    _require_reopened(paper, [name for name in sent if found[name] in CHANGING], at=at)
    written = [name for name in sent if found[name] is Outcome.WRITTEN]
    _keep(paper, {name: sent[name] for name in written})
    told = _told_already(paper, by=by, at=at) if written else frozenset()
    if untold := [name for name in written if name not in told]:
        _tell(paper, untold, by=by, at=at)
    conflicts = {name: getattr(paper, name) for name in sent if found[name] is Outcome.CONFLICT}
    return Merged(written=tuple(written), conflicts=conflicts)


def is_unchanged(paper: Paper, values: Mapping[str, Any]) -> bool:
    """Whether all of this stands there already."""
    return all(getattr(paper, name) == composed(value) for name, value in values.items())


def composed(value: Any) -> Any:
    """A text in the one form that is kept; other values as they are."""
    if not isinstance(value, str):
        return value
    return nfc(value.replace("\r\n", "\n").replace("\r", "\n"))


def kind_of(paper: Paper) -> str:
    """The journal's kind of a saved paper."""
    if isinstance(paper, Dossier):
        return "cycle.dossier.saved"
    return "cycle.idea.saved" if isinstance(paper, Idea) else "cycle.plan.saved"


def _outcome(paper: Paper, name: str, sent: Mapping[str, Any], seen: Mapping[str, str]) -> Outcome:
    return outcome(getattr(paper, name), sent[name], seen.get(name))


def _require_reopened(paper: Paper, names: Iterable[str], *, at: datetime) -> None:
    if isinstance(paper, Dossier):
        require_reopened(paper, names, on=legal_day(at))


def _keep(paper: Paper, values: Mapping[str, Any]) -> None:
    if not values:
        return
    for name, value in values.items():
        setattr(paper, name, value)
    paper.version += 1
    paper.save(update_fields=[*values, "version"])


def _told_already(paper: Paper, *, by: User, at: datetime) -> frozenset[str]:
    """The fields whose newest entry of this half hour is this person's."""
    last_writer: dict[str, int | None] = {}
    for entry in history.entries_about(paper, kind=kind_of(paper), since=at - STRETCH):
        for name in entry.facts.get("fields", []):
            last_writer.setdefault(name, entry.actor_id)
    return frozenset(name for name, writer in last_writer.items() if writer == by.pk)


def _tell(paper: Paper, fields: list[str], *, by: User, at: datetime) -> None:
    facts = {"enrolment": paper.enrolment_id, "fields": fields}
    journal.record(kind_of(paper), subject=paper, actor=by, at=at, facts=facts)
