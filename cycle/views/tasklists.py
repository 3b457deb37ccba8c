"""The task list of a dossier and its evidence, ready to be drawn."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cycle import facts as told
from cycle.domain.checklist import EvidenceItem
from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.domain.tasklist import Task, TaskGroup, TaskStatus, is_ready, status_of
from cycle.facts import Fact
from cycle.models import Dossier, DossierEvidence
from cycle.panels import Panel
from cycle.selectors import items_of, links_of, missing_items, missing_texts, texts_of

NOTHING: Set[str] = frozenset()


@dataclass(frozen=True)
class EvidenceRow:
    """One item of the checklist with the papers that are attached to it.

    `session_day` is set where the papers are judged by the day of a council's session.
    """

    item: EvidenceItem
    is_required: bool
    papers: list[tuple[DossierEvidence, bool]]  # with whether the paper has run out
    status: TaskStatus
    url: str
    session_day: date | None = None


def evidence_rows(dossier: Dossier, on: date) -> list[EvidenceRow]:
    """Every item that the dossier is asked for, mandatory ones first."""
    links = links_of(dossier)
    day = told.judged_on(dossier, links, on)
    kind = EnrolmentKind(dossier.kind)
    rows = []
    for item in items_of(dossier):
        mine = [each for each in links if each.item == item.code]
        papers = [(each, each.evidence.has_expired(day)) for each in mine]
        rows.append(
            EvidenceRow(
                item=item,
                is_required=item.is_required(kind),
                papers=papers,
                status=_status(papers, is_required=item.is_required(kind)),
                url=reverse("cycle:evidence-item", args=[dossier.pk, item.code]),
                session_day=day if day != on else None,
            )
        )
    return rows


def tasks_of(
    dossier: Dossier, panels: Sequence[Panel], on: date, *, to_mend: Set[str] = NOTHING
) -> list[Task]:
    """What is left to do: texts, each mandatory paper, other papers, what other apps ask.

    `to_mend` names the items that an office asked to be mended and that are still as they were.
    """
    evidence = [
        replace(row, status=TaskStatus.TO_MEND) if row.item.code in to_mend else row
        for row in evidence_rows(dossier, on)
    ]
    tasks = [_text_task(dossier, to_mend)]
    tasks += [
        Task(_(row.item.title), row.url, row.status, _(row.item.why), group=TaskGroup.EVIDENCE)
        for row in evidence
        if row.is_required
    ]
    optional = [row for row in evidence if not row.is_required]
    if optional:
        tasks.append(_optional_task(dossier, optional))
    others = [
        Task(_(panel.title), panel.url, panel.status, _(panel.text) if panel.text else "")
        for panel in panels
        if panel.status is not None
    ]
    return tasks + (others or [_assessment_task(dossier)])


def is_ready_to_check(tasks: list[Task]) -> bool:
    return bool(tasks) and is_ready(tasks)


def obstacles(dossier: Dossier, fact: Fact, on: date) -> list[tuple[str, str]]:
    """What keeps the dossier from being lodged, each with the page where it is mended."""
    text_url = reverse("cycle:dossier-text", args=[dossier.pk])
    found = [(_(text.title), text_url) for text in missing_texts(dossier)]
    found += [
        (_(item.title), reverse("cycle:evidence-item", args=[dossier.pk, item.code]))
        for item in missing_items(dossier, on)
    ]
    if not fact.is_complete:
        found.append(
            (_(fact.reason or "Báo cáo tự đánh giá chưa xong."), dossier.get_absolute_url())
        )
    return found


def _status(papers: list[tuple[DossierEvidence, bool]], *, is_required: bool) -> TaskStatus:
    if not papers:
        return TaskStatus.TODO
    all_gone = all(has_expired for _link, has_expired in papers)
    return TaskStatus.TO_MEND if all_gone and is_required else TaskStatus.DONE


def _text_task(dossier: Dossier, to_mend: Set[str]) -> Task:
    asked = [text for text in texts_of(dossier) if dossier.kind in text.required_for]
    open_texts = missing_texts(dossier)
    status = status_of(len(asked) - len(open_texts), len(asked))
    asked_again = [text for text in texts_of(dossier) if text.name in to_mend]
    if asked_again or (open_texts and dossier.state == DossierState.RETURNED):
        status = TaskStatus.TO_MEND
    hint = ", ".join(_(text.title) for text in (*open_texts, *asked_again))
    url = reverse("cycle:dossier-text", args=[dossier.pk])
    return Task(_("Nội dung hồ sơ"), url, status, hint, group=TaskGroup.TEXTS)


def _optional_task(dossier: Dossier, rows: list[EvidenceRow]) -> Task:
    done = sum(row.status is TaskStatus.DONE for row in rows)
    status = TaskStatus.STARTED if done else TaskStatus.TODO
    if any(row.status is TaskStatus.TO_MEND for row in rows):
        status = TaskStatus.TO_MEND
    hint = _("Đã có %(done)s trên %(all)s mục; mỗi mục giúp chứng minh thêm điểm.") % {
        "done": done,
        "all": len(rows),
    }
    url = reverse("cycle:evidence-list", args=[dossier.pk])
    return Task(
        _("Minh chứng khác"), url, status, hint, is_required=False, group=TaskGroup.EVIDENCE
    )


def _assessment_task(dossier: Dossier) -> Task:
    """Where no app shows the self-assessment, the fact itself says how far it is."""
    fact = told.ask(told.SELF_ASSESSMENT, dossier)
    status = TaskStatus.DONE if fact.is_complete else TaskStatus.TODO
    return Task(_("Tự đánh giá"), "", status, _(fact.reason) if fact.reason else "")
