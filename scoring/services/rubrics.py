"""The only door to the editions of the rubrics: load a draft, publish it, retire it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import ProductSet
from registry.selectors import regime as regime_of
from scoring.domain.content import content_hash, content_of, structure_hash
from scoring.domain.editions import EDITION, EditionMove, EditionState
from scoring.domain.rubric import Rubric
from scoring.models.rubrics import RubricEdition
from scoring.permissions import may_change_rubrics
from scoring.selectors.rubrics import faults_of, rubric_of


class Change(StrEnum):
    """What loading a rubric did."""

    NONE = "unchanged"
    ADDED = "added"
    REWRITTEN = "rewritten"


@dataclass(frozen=True)
class Loaded:
    """The edition that now holds a rubric, and what loading did to get there."""

    edition: RubricEdition
    change: Change


@transaction.atomic
def load(rubric: Rubric, *, by: User | None, at: datetime) -> Loaded:
    """Keeps a rubric as the draft of its set; what is published already is left alone.

    A rubric equal to the published edition, or to the draft, changes nothing. Another draft of
    the set is rewritten; a published edition never is: the draft waits beside it. Refused for a
    set that its regime does not know. `by` is None where a command speaks for the installation.
    """
    _require(by, at)
    product_set = _product_set(rubric)
    named = content_hash(rubric)
    current = RubricEdition.objects.select_for_update().filter(
        regime=rubric.regime, set_number=rubric.number
    )
    same = current.exclude(state=EditionState.RETIRED).filter(content_hash=named)
    kept = same.order_by("-state").first()
    if kept is not None:
        return Loaded(kept, Change.NONE)
    draft = current.filter(state=EditionState.DRAFT).first()
    change = Change.ADDED if draft is None else Change.REWRITTEN
    draft = draft or RubricEdition(created_at=at)
    return Loaded(_write(draft, rubric, product_set, by=by, at=at), change)


@transaction.atomic
def publish(edition: RubricEdition, *, by: User | None, at: datetime) -> RubricEdition:
    """Publishes a draft and retires the edition that it replaces.

    Refused with every fault named, for a regime whose criteria are not known, and for anything
    but a draft.
    """
    _require(by, at)
    edition = RubricEdition.objects.select_for_update().get(pk=edition.pk)
    state = EDITION.decide(edition.status, EditionMove.PUBLISH)
    _require_faultless(edition)
    former = RubricEdition.objects.filter(
        regime=edition.regime, set_number=edition.set_number, state=EditionState.PUBLISHED
    ).first()
    if former is not None:
        retire(former, by=by, at=at)
    edition.state, edition.published_at = state, at
    edition.save(update_fields=["state", "published_at"])
    _record("published", edition, by=by, at=at)
    return edition


@transaction.atomic
def retire(edition: RubricEdition, *, by: User | None, at: datetime) -> RubricEdition:
    """Ends the use of a published edition for new scoring; what was scored by it stands."""
    _require(by, at)
    edition = RubricEdition.objects.select_for_update().get(pk=edition.pk)
    edition.state = EDITION.decide(edition.status, EditionMove.RETIRE)
    edition.retired_at = at
    edition.save(update_fields=["state", "retired_at"])
    _record("retired", edition, by=by, at=at)
    return edition


def _require(by: User | None, at: datetime) -> None:
    if by is not None:
        require(may_change_rubrics(by, on=legal_day(at)))


def _product_set(rubric: Rubric) -> ProductSet:
    found = ProductSet.objects.filter(regime=rubric.regime, number=rubric.number).first()
    if found is None:
        raise RuleBroken(
            "rubric.unknown_set",
            term("Bộ quy định %(regime)s không có bộ sản phẩm số %(number)s."),
            field="number",
            regime=rubric.regime,
            number=rubric.number,
        )
    return found


def _write(
    edition: RubricEdition,
    rubric: Rubric,
    product_set: ProductSet,
    *,
    by: User | None,
    at: datetime,
) -> RubricEdition:
    edition.regime, edition.set_number = rubric.regime, rubric.number
    edition.product_set, edition.name = product_set, rubric.name
    edition.title = f"{rubric.decree}, {rubric.clause}"
    edition.content = content_of(rubric)
    edition.content_hash = content_hash(rubric)
    edition.structure_hash = structure_hash(rubric)
    edition.save()
    _record("loaded", edition, by=by, at=at)
    return edition


def _require_faultless(edition: RubricEdition) -> None:
    regime = regime_of(edition.regime)
    if not regime.scoring:
        raise RuleBroken(
            "rubric.not_scored",
            term("%(decree)s chưa có bảng tiêu chí để chấm điểm."),
            decree=regime.decree,
        )
    found = faults_of(rubric_of(edition))
    if found:
        raise RuleBroken(
            "rubric.faulty",
            term("Bộ tiêu chí còn sai sót nên chưa công bố được: %(faults)s"),
            faults=" ".join(str(fault) for fault in found),
        )


def _record(verb: str, edition: RubricEdition, *, by: User | None, at: datetime) -> None:
    journal.record(
        f"scoring.rubric.{verb}",
        subject=edition,
        actor=by,
        at=at,
        facts={
            "regime": edition.regime,
            "set": edition.set_number,
            "content_hash": edition.content_hash,
        },
    )
