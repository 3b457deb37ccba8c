"""The subject scores its own product on the pinned rubric, before it lodges."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import selectors as history
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.merging import Merged, Outcome, Seen, outcome_of_writing
from registry.domain.text import term
from scoring import permissions
from scoring.domain.answers import answer_of, answered
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import read_choices
from scoring.models import RubricEdition, SelfAssessment
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import edition_to_use

STRETCH = timedelta(minutes=30)
SAVED = "scoring.self_assessment.saved"


@transaction.atomic
def save(
    dossier: Dossier,
    *,
    choices: Mapping[str, str | None],
    version: int | None = None,
    by: User,
    at: datetime,
) -> SelfAssessment:
    """Keeps the whole of the subject's choices: a criterion left out is unanswered.

    `version` is that of what the writer has read (0: nothing yet). Refused: strangers, a dossier
    that is lodged, an option of another criterion or set, a set without a published rubric, a
    version that somebody else has replaced with other choices.
    """
    kept, edition = _locked(dossier, by=by, at=at)
    read = read_choices(rubric_of(edition), choices)
    if kept.pk and kept.choices == read and kept.edition_id == edition.pk:
        return kept
    _check_version(kept, version)
    _keep(kept, edition, read, by=by, at=at)
    _tell(kept, by=by, at=at)
    return kept


@transaction.atomic
def save_answers(
    dossier: Dossier,
    answers: Mapping[str, str],
    *,
    seen: Mapping[str, Seen],
    by: User,
    at: datetime,
) -> Merged:
    """Keeps single answers while the subject chooses; another's answer is not replaced unseen.

    Half an hour of one person's answering is one entry of the journal. Refused as `save`; the
    field of a refusal is the criterion's code.
    """
    kept, edition = _locked(dossier, by=by, at=at)
    for code, answer in answers.items():
        _check_answer(rubric_of(edition), code, answer)
    now: dict[str, str | None] = dict(kept.choices)
    found = {
        code: outcome_of_writing(answer_of(now, code), answer, seen[code])
        for code, answer in answers.items()
    }
    written = {code: answers[code] for code in answers if found[code] is Outcome.WRITTEN}
    if written:
        after = answered(now, written)
        rubric = rubric_of(edition)
        in_order = {code: after[code] for code in rubric.by_code if code in after}
        _keep(kept, edition, in_order, by=by, at=at)
        if not _is_told(kept, by=by, at=at):
            _tell(kept, by=by, at=at)
    conflicts = {code: answer_of(now, code) for code in answers if found[code] is Outcome.CONFLICT}
    return Merged(written=tuple(written), conflicts=conflicts)


def _locked(dossier: Dossier, *, by: User, at: datetime) -> tuple[SelfAssessment, RubricEdition]:
    """What is kept so far (a new, unsaved row before the first answer) and the edition to use."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(
        "enrolment__product__subject", "product_set"
    )
    locked = rows.get(pk=dossier.pk)
    require(permissions.may_save_self_assessment(by, locked, on=legal_day(at)))
    kept = SelfAssessment.objects.select_related("edition").filter(dossier=locked).first()
    edition = edition_to_use(locked, kept)
    return kept or SelfAssessment(dossier=locked, version=0), edition


def _keep(
    kept: SelfAssessment,
    edition: RubricEdition,
    choices: dict[str, str | None],
    *,
    by: User,
    at: datetime,
) -> None:
    kept.edition, kept.choices = edition, choices
    kept.updated_at, kept.updated_by = at, by
    kept.version += 1
    kept.save()


def _check_answer(rubric: Rubric, code: str, answer: str) -> None:
    try:
        read_choices(rubric, answered({}, {code: answer}))
    except RuleBroken as refusal:
        raise RuleBroken(refusal.code, refusal.message, field=code, **refusal.facts) from refusal


def _is_told(kept: SelfAssessment, *, by: User, at: datetime) -> bool:
    last = history.entries_about(kept, kind=SAVED, since=at - STRETCH).first()
    return last is not None and last.actor_id == by.pk


def _tell(kept: SelfAssessment, *, by: User, at: datetime) -> None:
    journal.record(
        SAVED,
        subject=kept,
        actor=by,
        at=at,
        facts={
            "dossier_id": kept.dossier_id,
            "answered": len(kept.choices),
            "edition": kept.edition.content_hash,
        },
    )


def _check_version(kept: SelfAssessment, version: int | None) -> None:
    if version is not None and version != kept.version:
        raise Stale(
            "self_assessment.stale",
            term("Báo cáo tự đánh giá đã được lưu ở nơi khác. Hãy tải lại trang rồi làm tiếp."),
        )
