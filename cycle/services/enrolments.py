"""Takes products into rounds, lets them go, and opens their evaluation."""

from datetime import date, datetime

from django.db import transaction

from cycle import signals
from cycle.domain.dossier import AT_THE_COUNCIL, DossierMove, DossierState
from cycle.domain.journey import MILESTONES_DONE, RECOGNISED, EnrolmentKind, JourneyMove
from cycle.domain.steps import Step
from cycle.models import Enrolment, Idea, Round
from cycle.permissions import may_commit, may_enrol, may_write
from cycle.selectors import commune_in, obstacle, under_way, was_recognised
from cycle.services import dossiers, moves
from cycle.services.history import (
    is_repeated,
    locked_dossier,
    locked_enrolment,
    require_active,
    tell,
)
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain import eligibility
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Product, ProductSet, Unit
from registry.selectors import ended, set_of
from registry.selectors import regime as regime_of

NO_FACTS: frozenset[str] = frozenset()


@transaction.atomic
def enrol(
    product: Product,
    *,
    round: Round,  # noqa: A002 - the domain's word; the builtin is not needed here
    kind: EnrolmentKind,
    by: User,
    at: datetime,
    facts: frozenset[str] = NO_FACTS,
) -> Enrolment:
    """The product takes part in a round: the first time with an idea, else with its dossier.

    Refused: a closed round, a product without a place in the round's division, without a set
    under its regime, in a commune that has ended, of a subject the regime does not name, or under
    way elsewhere; an upgrade or re-evaluation of what was never recognised. `facts` may hold
    `RECOGNISED` where an earlier recognition is known from elsewhere (an import). The same request
    again gives the same row.
    """
    kind = EnrolmentKind(kind)
    require(may_enrol(by, product, on=legal_day(at)))
    # Two people of one subject do not enrol the same product at once.
    product = (
        Product.objects.select_for_update(of=("self",))
        .select_related("subject", "commune__parent__parent", "former_commune__parent__parent")
        .get(pk=product.pk)
    )
    going_on = under_way(product).first()
    if going_on is not None and going_on.round_id == round.pk and going_on.kind == kind:
        return going_on
    season = Round.objects.select_related("unit").get(pk=round.pk)
    _check_time(product, season, at=at, going_on=going_on)
    commune, product_set = _place_and_set(product, season, legal_day(at))
    _check_kind(product, kind, facts)
    enrolment = Enrolment.objects.create(
        product=product,
        round=season,
        kind=kind,
        regime=season.regime,
        product_set=product_set,
        commune=commune,
        step=kind.first_step,
        opened_at=at,
    )
    _begin(enrolment, by=by, at=at)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, reason: str, by: User, at: datetime) -> Enrolment:
    """The subject takes its product out of the round; a dossier on its way is withdrawn too.

    Refused while a council has the dossier, and once trade promotion is open.
    """
    require(may_commit(by, enrolment, on=legal_day(at)))
    current = locked_enrolment(enrolment)
    if current.ended_at is not None:
        return current
    if current.step == Step.PROMOTION:
        raise RuleBroken(
            "enrolment.recognised", term("Sản phẩm đã được công nhận, không rút khỏi đợt được.")
        )
    dossier = current.dossier
    if dossier is not None:
        locked = locked_dossier(dossier)
        if locked.state in AT_THE_COUNCIL | {DossierState.FORWARDED}:
            raise RuleBroken(
                "enrolment.at_council", term("Hồ sơ đang ở hội đồng, chưa rút được lúc này.")
            )
        moves.move_dossier(locked, DossierMove.WITHDRAW, by=by, at=at, note=reason)
        signals.dossier_withdrawn.send(sender=type(locked), dossier_id=locked.pk)
    moves.end(current, "withdraw", by=by, at=at, note=reason)
    return current


@transaction.atomic
def finish_implementation(enrolment: Enrolment, *, by: User, at: datetime) -> Enrolment:
    """Opens the evaluation with a draft dossier; every milestone must be done."""
    require(may_write(by, enrolment, on=legal_day(at)))
    current = locked_enrolment(enrolment)
    require_active(current)
    if is_repeated(current, "dossier.start", state=DossierState.DRAFT, by=by):
        return current
    is_open = current.milestones.filter(completed_on__isnull=True).exists()
    facts = NO_FACTS if is_open else frozenset({MILESTONES_DONE})
    moves.advance(current, JourneyMove.FINISH_IMPLEMENTATION, by=by, at=at, facts=facts)
    dossiers.open_for(current, by=by, at=at)
    return current


def _begin(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    tell(
        enrolment,
        "enrolment.enrol",
        "cycle.enrolment.opened",
        before="",
        after=enrolment.step,
        by=by,
        at=at,
    )
    if enrolment.step == Step.IDEA:
        Idea.objects.create(enrolment=enrolment)
    else:
        dossiers.open_for(enrolment, by=by, at=at)
    signals.enrolment_opened.send(
        sender=Enrolment,
        enrolment_id=enrolment.pk,
        product_id=enrolment.product_id,
        kind=str(enrolment.kind),
    )


def _check_time(
    product: Product, season: Round, *, at: datetime, going_on: Enrolment | None
) -> None:
    if not season.is_open(legal_day(at)):
        raise RuleBroken("round.closed", term("Đợt này không nhận sản phẩm vào lúc này."))
    if going_on is not None:
        raise RuleBroken(
            "enrolment.under_way",
            term("Sản phẩm đang tham gia “%(round)s”. Hãy hoàn tất hoặc rút khỏi đợt đó trước."),
            round=going_on.round.name,
        )
    if Enrolment.objects.filter(product=product, round=season, ended_at__isnull=True).exists():
        raise RuleBroken(
            "enrolment.in_round", term("Sản phẩm đã hoàn tất một lượt tham gia trong đợt này.")
        )


def _place_and_set(product: Product, season: Round, on: date) -> tuple[Unit, ProductSet]:
    """Where and as what the product takes part; refused where the round does not take it."""
    if refusal := obstacle(product, season, ended(product.commune, on)):
        raise refusal
    commune = commune_in(product, season.division)
    product_set = set_of(product, season.regime)
    if commune is None or product_set is None:
        raise ValueError("an obstacle was not named")
    eligibility.check(
        SubjectKind(product.subject.kind),
        regime_of(season.regime),
        tourism=product_set.is_tourism,
        field="round",
    )
    return commune, product_set


def _check_kind(product: Product, kind: EnrolmentKind, facts: frozenset[str]) -> None:
    is_recognised = RECOGNISED in facts or was_recognised(product)
    if kind.needs_recognition and not is_recognised:
        raise RuleBroken(
            "enrolment.never_recognised",
            term("Sản phẩm chưa từng được công nhận: hãy chọn đánh giá lần đầu."),
            field="kind",
        )
    if not kind.needs_recognition and is_recognised:
        raise RuleBroken(
            "enrolment.recognised_before",
            term("Sản phẩm đã từng được công nhận: hãy chọn nâng hạng hoặc phân hạng lại."),
            field="kind",
        )
