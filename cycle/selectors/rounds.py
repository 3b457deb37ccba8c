"""Rounds: which are open, and which may take a product in."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from cycle.models import Round
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.domain.text import term
from registry.models import Product, Unit
from registry.selectors import ended, set_of

NO_FORMER_COMMUNE = term(
    "Đợt này dùng đơn vị hành chính ba cấp. Hãy chọn xã, phường trước ngày 1/7/2025 "
    "trong thông tin sản phẩm rồi tham gia."
)
OTHER_PLACE = term("Đợt này nhận sản phẩm của địa phương khác.")
NO_SET = term("Sản phẩm chưa được xếp vào bộ sản phẩm nào theo bộ quy định của đợt này.")
NO_RUBRIC = term("Bộ sản phẩm này chưa có bảng tiêu chí nên chưa đánh giá được.")


def rounds() -> QuerySet[Round]:
    """Every round with its place, the newest first."""
    return Round.objects.select_related("unit").order_by("-opens_on", "-id")


def rounds_with_counts() -> QuerySet[Round]:
    """Rounds with the number of enrolments that are still going on in each."""
    return rounds().annotate(
        active=Count("enrolments", filter=Q(enrolments__ended_at__isnull=True))
    )


def open_rounds(on: date) -> QuerySet[Round]:
    """Rounds that take products in on a day."""
    return rounds().filter(opens_on__lte=on, closes_on__gte=on, closed_at__isnull=True)


def commune_in(product: Product, division: Division | str) -> Unit | None:
    """The product's commune in a division; the former one is picked by the subject, not guessed."""
    return product.former_commune if division == Division.THREE_TIER else product.commune


def rounds_for(product: Product, on: date) -> list[tuple[Round, RuleBroken | None]]:
    """The open rounds, each with the reason why it does not take this product, if it does not."""
    gone = ended(product.commune, on)
    return [(season, obstacle(product, season, gone)) for season in open_rounds(on)]


def obstacle(product: Product, season: Round, gone: RuleBroken | None) -> RuleBroken | None:
    """Why a round does not take a product; None where it does. The first thing to be mended.

    `gone` says that the product's commune of today has ended; a round on the units of before
    July 2025 does not ask for it.
    """
    if gone is not None and season.division == Division.TWO_TIER:
        return RuleBroken(gone.code, gone.message, field="round", **gone.facts)
    reason = _reason(product, season)
    return RuleBroken("round.not_for_product", reason, field="round") if reason else None


def _reason(product: Product, season: Round) -> str:
    commune = commune_in(product, season.division)
    if commune is None:
        return NO_FORMER_COMMUNE
    if not season.unit.contains(commune):
        return OTHER_PLACE
    chosen = set_of(product, season.regime)
    if chosen is None:
        return NO_SET
    return "" if chosen.has_rubric else NO_RUBRIC
