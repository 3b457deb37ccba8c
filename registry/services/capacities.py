"""Keeps what a subject can do: workers, craft village, circular chain."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain import capacity
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import CraftVillage, Subject
from registry.permissions import may_edit_subject
from registry.services.subjects import refuse_stale

COLUMNS = (
    "workers",
    "trained_workers",
    "workers_year",
    "craft_village_id",
    "has_circular_chain",
    "circular_note",
)


@transaction.atomic
def save(
    subject: Subject,
    *,
    version: int,
    workers: int | None,
    trained_workers: int | None,
    workers_year: int | None,
    craft_village: CraftVillage | None,
    has_circular_chain: bool,
    circular_note: str,
    by: User,
    at: datetime,
) -> Subject:
    """The subject with these figures; refused as stale when somebody changed it since `version`.

    Refused too: more trained workers than workers, numbers without their year, a craft village of
    another province, a circular chain without a word how.
    """
    require(may_edit_subject(by, subject, on=legal_day(at)))
    current = Subject.objects.select_for_update().get(pk=subject.pk)
    refuse_stale(current.version, version)
    before = {name: getattr(current, name) for name in COLUMNS}
    current.workers, current.trained_workers = workers, trained_workers
    current.workers_year = workers_year
    current.craft_village = craft_village
    current.has_circular_chain = has_circular_chain
    current.circular_note = nfc(circular_note).strip()
    _check(current, at)
    changed = [name for name in COLUMNS if getattr(current, name) != before[name]]
    if not changed:
        return current
    current.version += 1
    current.save(update_fields=[*changed, "version"])
    journal.record(
        "registry.subject.capacity_saved",
        subject=current,
        actor=by,
        at=at,
        facts={"fields": changed},
    )
    return current


def _check(subject: Subject, at: datetime) -> None:
    capacity.check_workers(
        subject.workers, subject.trained_workers, subject.workers_year, today=legal_day(at)
    )
    capacity.check_circular(subject.circular_note, claimed=subject.has_circular_chain)
    village = subject.craft_village
    if village is not None and _province(village.commune.path) != _province(subject.commune.path):
        raise RuleBroken(
            "capacity.village_elsewhere",
            term("Làng nghề này ở tỉnh khác; hãy chọn làng nghề trong tỉnh của chủ thể."),
            field="craft_village",
        )


def _province(path: str) -> str:
    return path.split("/")[1]
