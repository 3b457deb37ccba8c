"""Enrolments that a person may see, and their history."""

from datetime import date

from django.db.models import Case, DateField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierMove
from cycle.domain.journey import EnrolmentKind, JourneyMove
from cycle.domain.steps import Step
from cycle.models import Dossier, Enrolment, Milestone, Move
from ocop_portal.accounts.models import User
from ocop_portal.journal.selectors import HistoryLine
from ocop_portal.journal.wording import passage, states_of
from registry import shields
from registry.domain.text import term
from registry.models import Product
from registry.selectors import Standing, standing_of

PLACE = "commune__parent__parent"


def enrolments() -> QuerySet[Enrolment]:
    """Every enrolment with what a row of a list shows.

    `next_due` is the day by which somebody has to act in the steps two to four: the appraiser's
    promised day, else the nearest milestone that is not done, else the last day of the round.
    """
    return (
        Enrolment.objects.select_related(
            "product__subject", "round__unit", "product_set", PLACE, "idea", "plan"
        )
        .prefetch_related(Prefetch("dossiers", queryset=Dossier.objects.order_by("id")))
        .annotate(next_due=_next_due())
        .order_by("-opened_at", "-id")
    )


def _next_due() -> Case:
    nearest = Milestone.objects.filter(
        enrolment=OuterRef("pk"), completed_on__isnull=True
    ).order_by("due_on", "id")
    submitted, closes = AppraisalState.SUBMITTED, F("round__closes_on")
    return Case(
        When(step=Step.IDEA, idea__state=submitted, then=F("idea__due_on")),
        When(step=Step.PLAN, plan__state=submitted, then=F("plan__due_on")),
        When(step__in=(Step.IDEA, Step.PLAN), then=closes),
        When(
            step=Step.IMPLEMENTATION,
            then=Coalesce(Subquery(nearest.values("due_on")[:1]), closes),
        ),
        output_field=DateField(),
    )


def in_reach(standing: Standing, *, place: str, subject: str) -> Q:
    """Rows of the person's own subjects, and rows at or below the person's units."""
    if standing.is_nationwide:
        return Q()
    seen = Q(**{f"{subject}__in": standing.subject_ids})
    for path in standing.paths:
        seen |= Q(**{f"{place}__path__startswith": path})
    return seen


def visible_enrolments(user: User, on: date) -> QuerySet[Enrolment]:
    """Enrolments of the person's subjects and of the places of the person's postings."""
    standing = standing_of(user, on)
    seen = in_reach(standing, place="commune", subject="product__subject_id")
    seen = seen | shields.opened(Enrolment, user, on) if seen else seen
    return shields.shielded(enrolments().filter(seen), user, on)


def milestones_in_reach(user: User, on: date) -> QuerySet[Milestone]:
    """The milestones of enrolments that the person may see."""
    seen = visible_enrolments(user, on).order_by().values("pk")
    rows = Milestone.objects.select_related("enrolment__product__subject", "enrolment__round")
    return rows.filter(enrolment__in=seen)


def own_enrolments(user: User, on: date) -> QuerySet[Enrolment]:
    """Enrolments of the subjects that the person works for, those still going on first."""
    return (
        enrolments()
        .filter(product__subject__in=standing_of(user, on).subject_ids)
        .order_by("ended_at", "-opened_at", "-id")
    )


def under_way(product: Product) -> QuerySet[Enrolment]:
    """The enrolments of a product that have not come to trade promotion nor ended."""
    return enrolments().filter(product=product, ended_at__isnull=True).exclude(step=Step.PROMOTION)


def was_recognised(product: Product) -> bool:
    """Whether an earlier passage of the product came to trade promotion."""
    return Enrolment.objects.filter(product=product, step=Step.PROMOTION).exists()


def kinds_for(product: Product) -> list[EnrolmentKind]:
    """Why a product may come: the first time once, afterwards for another star or to keep it."""
    recognised = was_recognised(product)
    return [kind for kind in EnrolmentKind if kind.needs_recognition == recognised]


def timeline_of(enrolment: Enrolment) -> list[HistoryLine]:
    """Everything that happened in the enrolment and its dossiers, the newest first."""
    moves = Move.objects.filter(enrolment=enrolment).select_related("by").order_by("-at", "-id")
    return [
        HistoryLine(
            at=move.at,
            title=title_of_move(move.name),
            text="\n".join(part for part in (_passage(move), move.note) if part),
            actor=str(move.by),
        )
        for move in moves
    ]


def _passage(move: Move) -> str:
    """From which state to which, as the table of the paper calls them."""
    words = states_of(f"cycle.{move.name}")
    return passage(move.from_state, move.to_state, words) if words else ""


def title_of_move(name: str) -> str:
    """What a move is called on the screen."""
    return _TITLES.get(name, name)


_TITLES = {
    "enrolment.enrol": term("Tham gia chu trình"),
    "enrolment.withdraw": term("Rút khỏi đợt"),
    "enrolment.decline": term("Kết thúc: không được chấp nhận"),
    "enrolment.not_recognised": term("Kết thúc: chưa được công nhận"),
    "enrolment.supersede": term("Kết thúc: đã có lượt đánh giá mới hơn"),
    "enrolment.reopen": term("Mở lại để chấm lại sau khiếu nại"),
    "enrolment.rate": term("Cập nhật hạng sao"),
    "dossier.start": term("Mở hồ sơ đánh giá"),
    **{f"enrolment.{move}": move.label for move in JourneyMove},
    **{f"dossier.{move}": move.label for move in DossierMove},
    "idea.prepare": term("Cán bộ soạn hộ ý tưởng, chờ chủ thể xác nhận"),
    "idea.reopen": term("Chủ thể lấy lại ý tưởng để sửa"),
    "idea.submit": term("Gửi ý tưởng"),
    "idea.accept": term("Ý tưởng được chấp nhận"),
    "idea.return_for_changes": term("Ý tưởng được trả lại để sửa"),
    "idea.decline": term("Ý tưởng không được chấp nhận"),
    "plan.submit": term("Gửi phương án"),
    "plan.accept": term("Phương án được chấp nhận"),
    "plan.return_for_changes": term("Phương án được trả lại để sửa"),
    "plan.decline": term("Phương án không được chấp nhận"),
}
