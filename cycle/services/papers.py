"""What ideas, plans and dossiers share: one writes in an open paper, on its last version."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.models import BusinessPlan, Dossier, Idea
from cycle.selectors import correctable_items, mending_of
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term

Paper = Idea | BusinessPlan | Dossier


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
    paper: Paper, values: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> list[str]:
    """Writes the values that differ into a locked paper; answers with their names.

    Refused: an item of a returned dossier that nobody asked to be mended. Refused as stale when
    another version was read and its own change would be overwritten; what
    is equal to what stands there already is no change, whoever wrote it.
    """
    composed = {
        name: nfc(value).replace("\r\n", "\n").strip() if isinstance(value, str) else value
        for name, value in values.items()
    }
    changed = [name for name, value in composed.items() if getattr(paper, name) != value]
    if not changed:
        return []
    if isinstance(paper, Dossier):
        require_reopened(paper, changed, on=legal_day(at))
    if paper.version != version:
        raise Stale(
            "paper.stale",
            term(
                "Trong lúc bạn sửa, đã có người lưu nội dung khác. Chữ bạn nhập vẫn còn bên dưới: "
                "hãy so lại rồi lưu lần nữa."
            ),
        )
    for name in changed:
        setattr(paper, name, composed[name])
    paper.version += 1
    paper.save(update_fields=[*changed, "version"])
    journal.record(
        f"cycle.{_noun(paper)}.saved",
        subject=paper,
        actor=by,
        at=at,
        facts={"enrolment": paper.enrolment_id, "fields": changed},
    )
    return changed


def _noun(paper: Paper) -> str:
    if isinstance(paper, Dossier):
        return "dossier"
    return "idea" if isinstance(paper, Idea) else "plan"
