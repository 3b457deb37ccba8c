"""The subject scores its own product on the pinned rubric, before it lodges."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import Stale
from registry.domain.text import term
from scoring import permissions
from scoring.domain.sheet import read_choices
from scoring.models import SelfAssessment
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import edition_to_use


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
    current = Dossier.objects.select_for_update(of=("self",)).select_related(
        "enrolment__product__subject", "product_set"
    )
    locked = current.get(pk=dossier.pk)
    require(permissions.may_save_self_assessment(by, locked, on=legal_day(at)))
    kept = SelfAssessment.objects.select_related("edition").filter(dossier=locked).first()
    edition = edition_to_use(locked, kept)
    read = read_choices(rubric_of(edition), choices)
    if kept is None:
        kept = SelfAssessment(dossier=locked, version=0)
    elif kept.choices == read and kept.edition_id == edition.pk:
        return kept
    _check_version(kept, version)
    kept.edition, kept.choices = edition, read
    kept.updated_at, kept.updated_by = at, by
    kept.version += 1
    kept.save()
    journal.record(
        "scoring.self_assessment.saved",
        subject=kept,
        actor=by,
        at=at,
        facts={"dossier_id": locked.pk, "answered": len(read), "edition": edition.content_hash},
    )
    return kept


def _check_version(kept: SelfAssessment, version: int | None) -> None:
    if version is not None and version != kept.version:
        raise Stale(
            "self_assessment.stale",
            term("Báo cáo tự đánh giá đã được lưu ở nơi khác. Hãy tải lại trang rồi làm tiếp."),
        )
