"""The public catalogue: what matches a question, and the counts beside its filters."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from promotion.domain.catalogue import Order
from promotion.domain.search import Cell, Question
from promotion.models import Listing, Recognition
from promotion.selectors import recognitions
from registry.domain.regime import Division
from registry.domain.text import fold, slug, sort_key
from registry.models import ProductSet, Unit
from registry.selectors import places
from scoring.domain.certificate_states import CertificateState, CertificateStatus

ORDERINGS: Mapping[Order, tuple[str, ...]] = {
    Order.STARS: ("-stars", "sort_key", "id"),
    Order.NEWEST: ("-issued_on", "-id"),
    Order.NAME: ("sort_key", "id"),
}
# More words than this do not narrow a search, they only cost.
MOST_WORDS = 8
MOST_LETTERS = 80
# How alike two words must be (share of their letter triples), and how many listings are taken.
ALIKE, MOST_ALIKE = 0.45, 200
THRESHOLD = "pg_trgm.word_similarity_threshold"


def provinces() -> dict[str, Unit]:
    """Today's provinces by code, in Vietnamese order; nothing above them is read."""
    rows = places.provinces(Division.TWO_TIER).select_related(None)
    return {unit.code: unit for unit in rows}


def groups() -> dict[str, str]:
    """The industries of all taxonomies by their address word; one word, one industry."""
    names = ProductSet.objects.order_by("industry").values_list("industry", flat=True).distinct()
    return {slug(name): name for name in sorted(names, key=sort_key)}


def matching(question: Question, *, provinces: Mapping[str, Unit]) -> QuerySet[Listing]:
    """The listings that answer the question, in its order; hidden ones never."""
    chosen = _chosen(question, provinces)
    if question.as_of:
        found = Listing.objects.filter(pk__in=_held(question).filter(**chosen).values("listing"))
    else:
        found = _current(question).filter(_in_status(question), **chosen)
    return found.filter(_has_words(question), hidden=False).order_by(*ORDERINGS[question.order])


def cells(question: Question, *, provinces: Mapping[str, Unit]) -> list[Cell]:
    """The table from which every count of the page is read: one query."""
    codes = {unit.pk: unit.code for unit in provinces.values()}
    rows = _rows_of_day(question) if question.as_of else _rows_of_today(question)
    return [
        Cell(
            stars=stars,
            group=group,
            province=codes.get(province, ""),
            regime=regime,
            is_hidden=is_hidden,
            status=CertificateStatus.VALID if is_current else CertificateStatus.EXPIRED,
            count=count,
        )
        for stars, group, province, regime, is_hidden, is_current, count in rows
    ]


def _rows_of_today(question: Question) -> Iterable[tuple[Any, ...]]:
    is_current = Case(
        When(valid_until__gte=question.today, then=Value(True)),  # noqa: FBT003 # an SQL constant
        default=Value(False),  # noqa: FBT003 # an SQL constant
        output_field=BooleanField(),
    )
    return (
        _current(question)
        .filter(_has_words(question))
        .order_by()
        .annotate(is_current=is_current)
        .values_list("stars", "group", "province", "regime", "hidden", "is_current")
        .annotate(count=Count("pk"))
    )


def _rows_of_day(question: Question) -> Iterable[tuple[Any, ...]]:
    held = _held(question).filter(_has_words(question, "listing__"))
    rows = held.order_by().values_list("stars", "group", "province", "regime", "listing__hidden")
    return ((*row[:-1], True, row[-1]) for row in rows.annotate(count=Count("pk")))


def _held(question: Question) -> QuerySet[Recognition]:
    held = recognitions.held(on=question.as_of or question.today)
    return held.filter(year=question.year) if question.year else held


def _current(question: Question) -> QuerySet[Listing]:
    """Listings in the stored state that may be listed; the calendar is asked afterwards."""
    found = Listing.objects.filter(state=CertificateState.VALID)
    return found.filter(issued_on__year=question.year) if question.year else found


def _chosen(question: Question, provinces: Mapping[str, Unit]) -> dict[str, Any]:
    """The plain equalities; the same column names stand in both tables."""
    chosen: dict[str, Any] = {
        "stars": question.stars,
        "group": question.group,
        "regime": question.regime,
    }
    if question.province:
        unit = provinces.get(question.province)
        chosen["province"] = unit.pk if unit else 0
    return {name: value for name, value in chosen.items() if value not in (None, "")}


def alike(text: str) -> frozenset[int]:
    """Listings whose words sound like the mistyped ones, the closest first when there are many.

    Only PostgreSQL with its trigrams can tell; elsewhere nothing sounds alike.
    """
    words = _words(text)
    if not words or not _knows_trigrams():
        return frozenset()
    found = Listing.objects.filter(hidden=False, state=CertificateState.VALID)
    for place, word in enumerate(words):
        nearness = TrigramWordSimilarity(word, "search_text")
        found = found.filter(TrigramWordSimilar(F("search_text"), Value(word)))
        found = found.annotate(**{f"nearness_{place}": nearness})
    closeness = sum((F(f"nearness_{place}") for place in range(len(words))), Value(0.0))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [THRESHOLD, str(ALIKE)])
        best = found.order_by((-closeness).asc(), "id").values_list("pk", flat=True)
        return frozenset(best[:MOST_ALIKE])


def _knows_trigrams() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def _words(text: str) -> list[str]:
    return fold(text[:MOST_LETTERS]).split()[:MOST_WORDS]


def _has_words(question: Question, prefix: str = "") -> Q:
    """Every word must be found, wherever it stands; marks and case do not count."""
    if question.alike:
        return Q(**{f"{prefix}pk__in": question.alike})
    wanted = Q()
    for word in _words(question.text):
        wanted &= Q(**{f"{prefix}search_text__contains": word})
    return wanted


def _in_status(question: Question) -> Q:
    wanted = Q()
    if CertificateStatus.VALID in question.statuses:
        wanted |= Q(valid_until__gte=question.today)
    if CertificateStatus.EXPIRED in question.statuses:
        wanted |= Q(valid_until__lt=question.today)
    return wanted
